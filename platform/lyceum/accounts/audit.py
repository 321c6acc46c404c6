"""The audit of accounts, which are the instance's: which school reads of what was done with one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from lyceum.accounts.models import User
from lyceum.events.services import record_audit
from lyceum.schools.models import Membership
from lyceum.schools.scope import current_school


def record_of_account(
    *,
    action: str,
    user: User,
    actor: UUID | None,
    changes: Mapping[str, Sequence[Any] | str] | None = None,
) -> None:
    """Write down what was done with a person's account, in the transaction of the change."""
    record_audit(
        action=action,
        school=school_told_of(user),
        actor=actor,
        target=user.uuid,
        target_type="person",
        changes=changes,
    )


def school_told_of(user: User) -> UUID | None:
    """
    Return the school by whose door something is done, if the person belongs there. One query.

    What a person does at another school's door is none of this one's business, and a stranger's
    log-in none of anybody's: it is the instance's, and its operator's.
    """
    here = current_school()
    if here is None:
        return None
    belongs = Membership.objects.filter(school_id=here.id, user_id=user.pk).exists()
    return here.uuid if belongs else None
