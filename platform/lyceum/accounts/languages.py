"""In which language a person is written to."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language_from_request

from lyceum.accounts.models import Profile


def languages() -> frozenset[str]:
    """Return the codes of the deployment's languages."""
    return frozenset(code for code, _ in settings.LANGUAGES)


def language_of_request(request: HttpRequest) -> str:
    """Return what the request asks for: `?lang=`, else `Accept-Language`; "" if it says nothing."""
    asked = request.GET.get("lang", "")
    if asked in languages():
        return asked
    if request.headers.get("Accept-Language"):
        return get_language_from_request(request)
    return ""


def language_of_address(address: str) -> str:
    """Return what is chosen in the profile of whose address it is; "" if nobody's says it."""
    chosen = (
        Profile.objects.filter(user__emailaddress__email=address.lower())
        .order_by("-user__emailaddress__verified", "-pk")
        .values_list("language", flat=True)
        .first()
    )
    return chosen or ""


def language_of_reader(*, address: str, request: HttpRequest) -> str:
    """Return whose address it is reads: their profile's language, the request's, the school's."""
    school = getattr(request, "school", None)
    of_school = school.language if school is not None else settings.LANGUAGE_CODE
    return language_of_address(address) or language_of_request(request) or of_school
