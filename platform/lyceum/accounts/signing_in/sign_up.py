"""What follows when somebody signs up."""

from __future__ import annotations

from datetime import datetime

from lyceum.accounts.models import User
from lyceum.events.services import Fact, publish, record_audit
from lyceum.schools.current import CurrentSchool
from lyceum.schools.membership import join
from lyceum.schools.models import School

# Where joining asks for nothing; elsewhere one joins with a code or an invitation, once signed up.
JOINED_BY_SIGNING_UP = {School.SignUp.OPEN, School.SignUp.APPROVAL}


def complete_sign_up(*, user: User, school: CurrentSchool | None, at: datetime) -> None:
    """Give a new person their place at the school whose door they came by, and write it down."""
    record_audit(
        action="account.signed_up",
        school=school.uuid if school else None,
        actor=user.uuid,
        target=user.uuid,
        target_type="person",
    )
    publish(
        Fact(
            "person_signed_up",
            at=at,
            school=school.uuid if school else None,
            actor=user.uuid,
            subject=user.uuid,
        )
    )
    if school is not None and school.signup_policy in JOINED_BY_SIGNING_UP:
        join(user=user, school=school, at=at)
