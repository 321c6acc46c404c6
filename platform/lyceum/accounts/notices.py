"""Mails that tell a person of a change in how their account is entered, wherever it was made."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.template.loader import select_template

from lyceum.accounts import mail
from lyceum.accounts.models import User
from lyceum.kernel.context import current
from lyceum.schools.current import CurrentSchool
from lyceum.schools.scope import current_school


def notify(*, user: User, kind: str, at: datetime, address: str = "", **values: Any) -> None:
    """
    Mail a person that something of their account changed, at the address that they proved.

    `kind` is one of those that the template `security_notice.txt` has a sentence for. `address` is
    another one to write to, such as that which was theirs until now. Who has none is not written.
    """
    to = address or user.email
    if not to:
        return
    school = current_school()
    language = user.profile.language or _language_of(school)
    sender = school.name if school is not None else settings.WAGTAIL_SITE_NAME
    template = select_template(
        [f"accounts/mail/{language}/security_notice.txt", "accounts/mail/en/security_notice.txt"]
    )
    text = template.render(
        {"kind": kind, "school": sender, "at": at, "address": current().address, **values}
    )
    mail.deliver(text, name=f"security_notice {kind}", to=to, sender=sender, language=language)


def _language_of(school: CurrentSchool | None) -> str:
    return school.language if school is not None else settings.LANGUAGE_CODE
