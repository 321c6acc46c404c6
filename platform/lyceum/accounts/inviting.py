"""Mails to who is invited to a school."""

from __future__ import annotations

from urllib.parse import quote

from lyceum.accounts.languages import language_of_address
from lyceum.accounts.mail import post
from lyceum.schools.current import CurrentSchool


def mail_invitation(*, school: CurrentSchool, email: str, code: str) -> None:
    """Mail the code of an invitation, in the language of who has the address, or the school's."""
    post(
        room="accounts",
        name="invitation",
        to=email,
        school=school,
        language=language_of_address(email) or school.language,
        values={"code": code, "address": address_of_invitation(school, code)},
    )


def address_of_invitation(school: CurrentSchool, code: str) -> str:
    """Return where an invited person signs in or up, and is led on to the code, filled in."""
    joining = f"/me?invitation={code}"
    return f"{school.origin}/sign-in?next={quote(joining, safe='/')}"
