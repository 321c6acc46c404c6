"""What follows when somebody signs up."""

from __future__ import annotations

from datetime import datetime

from lyceum.accounts.models import User
from lyceum.events.services import record_audit
from lyceum.schools.current import CurrentSchool


def record_sign_up(*, user: User, school: CurrentSchool | None, at: datetime) -> None:
    """
    Write down that a person signed up, in the transaction that made them.
    """
    record_audit(
        action="account.signed_up",
        school=school.uuid if school else None,
        actor=user.uuid,
        target=user.uuid,
        target_type="person",
    )
