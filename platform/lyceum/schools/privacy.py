"""What schools hold on a person: where they belong, their classes, and invitations."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from lyceum.kernel.privacy import (
    DELETE,
    UNLINK,
    Holding,
    Person,
    Provider,
    RecordedColumn,
    SchoolHolding,
)
from lyceum.schools.membership import keep_an_admin
from lyceum.schools.models import Membership, PluginFailure, PluginInstall


def places() -> Provider:
    """Return what is held of memberships, classes and invitations."""
    return Provider(
        holdings=(
            Holding("schools.Membership", "user", DELETE, untold=("user",)),
            Holding("schools.Cohort_members", "membership__user", DELETE, part="classes"),
            Holding("schools.Cohort_teachers", "membership__user", DELETE, part="taught-classes"),
            Holding(
                "schools.Invitation",
                "accepted_by",
                DELETE,
                untold=("code_digest", "invited_by"),
                part="invitations-accepted",
            ),
            # To whom is another person's affair.
            Holding(
                "schools.Invitation",
                "invited_by",
                UNLINK,
                told=("school", "roles", "created_at", "expires_at"),
                part="invitations-sent",
            ),
            Holding(
                "schools.Invitation",
                "email",
                DELETE,
                untold=("code_digest", "invited_by", "accepted_by"),
                part="invitations-received",
            ),
        ),
        of_schools=(
            SchoolHolding("schools.Cohort"),
            SchoolHolding("schools.Membership"),
            SchoolHolding("schools.Invitation", untold=("code_digest",)),
            SchoolHolding("schools.PluginSwitch"),
            SchoolHolding("schools.PluginSettings", untold=("secrets",)),
            SchoolHolding("schools.PluginFailure", untold=("*",)),
        ),
        erase=_erase,
    )


def columns_of_plugins() -> Iterator[RecordedColumn]:
    """Yield the columns that name people in plugins' tables, as noted when they were installed."""
    for people in PluginInstall.objects.values_list("people", flat=True):
        for column in people:
            yield RecordedColumn(column["table"], column["column"], column["by_uuid"])


def files_of_plugins() -> Iterator[tuple[str, str]]:
    """Yield the columns that name files in plugins' tables, as noted when they were installed."""
    for files in PluginInstall.objects.values_list("files", flat=True):
        for column in files:
            yield column["table"], column["column"]


def _erase(person: Person, at: datetime) -> None:
    # What a plugin raised may quote what it was given.
    for word in {*person.addresses, str(person.uuid), person.name if " " in person.name else ""}:
        if word:
            PluginFailure.objects.filter(error__icontains=word).update(error="")


def keep_admins(person: Person) -> None:
    """
    Refuse that a person goes without whom a school would have no admin.

    :raises LastAdmin: naming the school
    """
    nobody: frozenset[str] = frozenset()
    for place in Membership.objects.active().filter(user_id=person.id).order_by("school_id"):
        keep_an_admin(place, roles=nobody, status=Membership.Status.INACTIVE)
