"""Managed accounts for tests, and how a child logs in."""

from __future__ import annotations

from typing import Any

from lyceum.accounts.managed.making import Credentials, NewAccount, make_accounts
from lyceum.accounts.models import User
from lyceum.kernel.clock import now
from lyceum.schools.current import CurrentSchool
from lyceum.schools.models import Cohort, Membership
from tests.clients import AppClient
from tests.people import a_member

CHILD_PASSWORD = "frog milk sun 42"


def a_class(school: CurrentSchool, teacher: User | None = None, name: str = "Sunflowers") -> Cohort:
    """Make a class, taught by a teacher if one is named."""
    cohort = Cohort.objects.create(school_id=school.id, name=name)
    if teacher is not None:
        cohort.teachers.add(Membership.objects.get(school_id=school.id, user=teacher))
    return cohort


def a_child(
    school: CurrentSchool,
    username: str = "sara",
    *,
    cohort: Cohort | None = None,
    password: str = CHILD_PASSWORD,
) -> Credentials:
    """Make a managed account, as the school's manager does."""
    [made] = make_accounts(
        actor=a_member(school, "manager"),
        school=school,
        wanted=[NewAccount(username.title(), username=username, password=password)],
        cohort=cohort.uuid if cohort else None,
        at=now(),
    )
    return made


def user_of(child: Credentials) -> User:
    return User.objects.get(uuid=child.account.person)


def child_logs_in(
    school: str, username: str = "sara", password: str = CHILD_PASSWORD, client: str = "app"
) -> tuple[AppClient, Any]:
    """Log a child in at a school; return the app and the answer."""
    app = AppClient(school)
    answer = app.auth("POST", "auth/login", {"username": username, "password": password})
    return app, answer
