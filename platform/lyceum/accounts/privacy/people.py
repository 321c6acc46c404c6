"""A person by all the names under which tables may know them."""

from __future__ import annotations

from allauth.account.models import EmailAddress

from lyceum.accounts.models import User
from lyceum.kernel.privacy import Person


def person_of(user: User) -> Person:
    """Return a person as providers know them. One query."""
    rows = list(EmailAddress.objects.filter(user_id=user.pk).values_list("email", "verified"))
    proved = {address.lower() for address, verified in rows if verified}
    if user.email:
        proved.add(user.email.lower())
    return Person(
        id=user.pk,
        uuid=user.uuid,
        addresses=frozenset({*proved, *(address.lower() for address, _ in rows)}),
        proved=frozenset(proved),
        username=user.username,
        name=user.get_full_name(),
    )
