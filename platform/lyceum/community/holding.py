"""Holding a thing back until a moderator lets it through."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from lyceum.accounts.models import User
from lyceum.community.models import Case
from lyceum.community.reportables import LONGEST_EXCERPT, Seen
from lyceum.community.reports import open_case
from lyceum.events.services import Fact, publish
from lyceum.schools.current import CurrentSchool


def hold(
    *,
    school: CurrentSchool,
    type: str,
    thing: UUID,
    author: User,
    excerpt: str,
    reasons: Sequence[str],
    at: datetime,
    address: str = "",
) -> None:
    """
    Put a thing into the moderators' queue, as held. Inside the transaction that makes the thing.

    Whoever calls it shows the thing to nobody but its author until its type's `restore` is called.
    """
    seen = Seen(author=author.uuid, excerpt=excerpt, address=address)
    case = open_case(
        school=school,
        type=type,
        thing=thing,
        seen=seen,
        at=at,
        held_for=tuple(reasons) or ("held",),
    )
    if case.origin == Case.Origin.HELD:
        # Nobody has read it yet: what moderators decide upon are its words as they are now.
        case.excerpt = excerpt[:LONGEST_EXCERPT]
    case.thing_state = Case.ThingState.HELD
    case.reasons = sorted({*case.reasons, *reasons})
    case.save(update_fields=["excerpt", "thing_state", "reasons"])
    told = {"case": str(case.uuid), "type": type, "reasons": list(reasons)}
    publish(Fact("thing_held", at=at, school=school.uuid, subject=thing, data=told))
