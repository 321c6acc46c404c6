"""Cards for children: where to log in, as whom, and with what; to be printed and cut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import qrcode
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language_info
from qrcode.image.svg import SvgPathImage

from lyceum.accounts.managed.making import Credentials
from lyceum.schools.current import CurrentSchool


@dataclass(frozen=True)
class Labels:
    """What is written on a card beside its values, in one language."""

    username: str
    password: str


# In the school's language, not in the teacher's: the card goes home.
LABELS = {
    "en": Labels("User name", "Password"),
    "es": Labels("Usuario", "Contraseña"),
    "ar": Labels("اسم المستخدم", "كلمة المرور"),
    "fr": Labels("Nom d’utilisateur", "Mot de passe"),
    "de": Labels("Benutzername", "Passwort"),
    "pt": Labels("Utilizador", "Palavra-passe"),
    "tr": Labels("Kullanıcı adı", "Parola"),
}


def show_cards(
    request: HttpRequest, *, school: CurrentSchool, given: Sequence[Credentials]
) -> HttpResponse:
    """
    Answer a page of cards. The passwords are in this answer, and nothing keeps it.

    The QR code holds the address alone: who photographs a card from afar has no log-in.
    """
    language = school.language if school.language in LABELS else "en"
    address = request.build_absolute_uri("/")
    values: dict[str, Any] = {
        "given": given,
        "school": school,
        "address": address,
        "host": request.get_host(),
        "code": _qr(address),
        "labels": LABELS[language],
        "language": language,
        "direction": "rtl" if get_language_info(language)["bidi"] else "ltr",
    }
    response = render(request, "content/admin/cards.html", values)
    add_never_cache_headers(response)
    return response


def _qr(address: str) -> SafeString:
    image = qrcode.make(address, image_factory=SvgPathImage, border=0)
    return mark_safe(image.to_string(encoding="unicode"))
