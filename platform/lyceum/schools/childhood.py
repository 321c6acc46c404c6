"""Who counts as a child in their schools, since it is known how old they are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from lyceum.events.services import Fact, publish, record_audit
from lyceum.kernel.registries import Registry
from lyceum.schools.models import Membership

if TYPE_CHECKING:
    from lyceum.accounts.models import User

# How higher rooms know that a person is a child; asked of who joins a school.
childhoods: Registry[Callable[[User, datetime], bool]] = Registry("what tells who is a child")


def is_child(user: User, at: datetime) -> bool:
    """Return whether a person is known as a child, at whichever school."""
    return any(tells(user, at) for tells in childhoods)


def count_as_child(user: User, *, by: User | None, at: datetime) -> None:
    """
    Have a person count as a child in every school they are of; only its managers lift that.

    Called within the transaction in which the person tells it, or in which it is found.

    :param by: who told it; None if it was found
    """
    actor = by.uuid if by else None
    places = Membership.objects.select_for_update(of=("self",)).select_related("school")
    for place in places.filter(user=user, is_child=False):
        place.is_child = True
        place.save(update_fields=["is_child"])
        record_audit(
            action="school.member_changed",
            school=place.school.uuid,
            actor=actor,
            target=user.uuid,
            target_type="person",
            changes={"is_child": "changed"},
        )
        publish(
            Fact(
                "member_changed",
                at=at,
                school=place.school.uuid,
                actor=actor,
                subject=user.uuid,
                data={"fields": ["is_child"]},
            )
        )
