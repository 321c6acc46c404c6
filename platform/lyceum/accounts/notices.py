"""Mails that tell a person of a change in how their account is entered, wherever it was made."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings

from lyceum.accounts import mail
from lyceum.accounts.models import User
from lyceum.kernel.context import current
from lyceum.schools.current import CurrentSchool, school_by_id
from lyceum.schools.models import Membership
from lyceum.schools.scope import current_school


def notify(
    *,
    user: User,
    kind: str,
    at: datetime,
    address: str = "",
    school: CurrentSchool | None = None,
    **values: Any,
) -> None:
    """
    Mail a person that something of their account changed, at the address that they proved.

    `kind` is one of those that the template `security_notice.txt` has a sentence for. `address` is
    another one to write to, such as that which was theirs until now. Who has none is not written.
    It is written in the name of `school`; else of where it was done, or of the one they are at.
    """
    to = address or user.email
    if not to:
        return
    school = school or current_school() or _only_school_of(user)
    mail.post(
        room="accounts",
        name="security_notice",
        to=to,
        school=school,
        language=user.profile.language or _language_of(school),
        values={"kind": kind, "at": at, "from": current().address, **values},
    )


def _only_school_of(user: User) -> CurrentSchool | None:
    """Return the school of who belongs to one alone: a worker knows of no other."""
    places = Membership.objects.filter(user_id=user.pk).values_list("school_id", flat=True)[:2]
    return school_by_id(places[0]) if len(places) == 1 else None


def _language_of(school: CurrentSchool | None) -> str:
    return school.language if school is not None else settings.LANGUAGE_CODE
