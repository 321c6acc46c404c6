"""What may be done with learners' work, declared to the access room."""

from __future__ import annotations

from typing import Any

from lyceum.access.registry import declare
from lyceum.accounts.models import User
from lyceum.schools.queries import teaches
from lyceum.schools.roles import MANAGER


def declare_permissions() -> None:
    """Declare who hears and reviews what learners hand in: managers, and their own teachers."""
    declare("learning.review_attempts", "Hear and review answers", MANAGER, rule=_is_taught)


def _is_taught(user: User, work: Any) -> bool:
    owner = getattr(work, "owner_id", None)
    return owner is not None and teaches(
        teacher_id=user.pk, learner_id=owner, school_id=work.school_id
    )
