"""Schools and people for tests: say only what matters to the test."""

from __future__ import annotations

from itertools import count
from typing import Any

from allauth.usersessions.models import UserSession
from django.test import Client

from lyceum.accounts.models import User
from lyceum.accounts.tokens.personal import make_token
from lyceum.content.founding import found_school
from lyceum.kernel.clock import now
from lyceum.schools.current import CurrentSchool
from lyceum.schools.models import Cohort, Membership
from lyceum.schools.roles import names_of

PASSWORD = "correct-horse-battery"

_numbers = count(1)


def a_school(slug: str | None = None, **rules: Any) -> CurrentSchool:
    """Make a school, open and public unless the test says otherwise."""
    slug = slug or f"school-{next(_numbers)}"
    defaults: dict[str, Any] = {
        "name": slug.title(),
        "host": f"{slug}.test",
        "languages": ["en", "es", "ar"],
        "signup_policy": "open",
        "catalogue": "public",
    }
    return found_school(slug=slug, **{**defaults, **rules})


def a_person(email: str | None = None, **fields: Any) -> User:
    """Make a person who belongs to no school."""
    return User.objects.create_user(
        email or f"person-{next(_numbers)}@example.test", PASSWORD, **fields
    )


def a_member(
    school: CurrentSchool, *roles: str, level: str = "", is_child: bool = False, **fields: Any
) -> User:
    """
    Make a person who belongs to a school, as a student unless roles are named.

    Those of plugins are among them; where the plugin is off they count for nothing.
    """
    user = a_person(**fields)
    Membership.objects.create(
        school_id=school.id,
        user=user,
        roles=names_of(roles or ("student",)),
        level=level,
        is_child=is_child,
    )
    return user


def a_learner(school: CurrentSchool, *, time_zone: str = "", **fields: Any) -> User:
    user = a_member(school, "student", **fields)
    if time_zone:
        user.profile.time_zone = time_zone
        user.profile.save(update_fields=["time_zone"])
    return user


def a_class(school: CurrentSchool, *learners: User, teacher: User | None = None) -> Cohort:
    """Make a class of members, with a teacher if the test has one."""
    cohort = Cohort.objects.create(school_id=school.id, name=f"Class {next(_numbers)}")
    places = Membership.objects.filter(school_id=school.id)
    cohort.members.set(places.filter(user__in=learners))
    if teacher is not None:
        cohort.teachers.set(places.filter(user=teacher))
    return cohort


def signed_in(user: User, school: str) -> Client:
    """Return a browser in which a person is signed in on a school's own host."""
    client = Client(headers={"host": f"{school}.test"})
    client.force_login(user, backend="lyceum.accounts.backends.AuthenticationBackend")
    # allauth, by whose doors browsers log in, lists their sessions.
    UserSession.objects.create(
        user=user, session_key=client.session.session_key, ip="127.0.0.1", user_agent="A browser"
    )
    return client


def proved(client: Client) -> Client:
    """Let who is signed in have given their password just now."""
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": now().timestamp()}]
    session["account_authentication_methods_user"] = session["_auth_user_id"]
    session.save()
    return client


def a_token(user: User, school: CurrentSchool, *scopes: str) -> str:
    """Make a personal token of a person at a school, and return it."""
    made = make_token(user=user, school=school, name="A program", scopes=scopes, days=30, at=now())
    return made.token


def a_program(token: str, school: str = "") -> Client:
    """Return a client that shows a personal token, and names a school in the header."""
    headers = {"authorization": f"Bearer {token}", **({"x-school": school} if school else {})}
    return Client(headers=headers)
