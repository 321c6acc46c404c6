"""
What a test may ask for by name: the plugin under test, two schools, people and their browsers.

Everything is made where a test asks for it, and what the platform brings is imported there alone:
this module is loaded before Django is set up.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from django.test import Client

    from lyceum.accounts.models import User
    from lyceum.schools.current import CurrentSchool


@pytest.fixture
def plugin(request: pytest.FixtureRequest) -> str:
    """The slug of the plugin under test: the one in whose folder the test lies; "" if in none."""
    manifests = (folder / "plugin.toml" for folder in request.path.parents)
    manifest = next((file for file in manifests if file.is_file()), None)
    if manifest is None:
        return ""
    return str(tomllib.loads(manifest.read_text(encoding="utf-8"))["slug"])


@pytest.fixture
def plugin_settings() -> dict[str, Any]:
    """The settings without which the plugin cannot be switched on: none, unless overridden."""
    return {}


@pytest.fixture
def school(db: None, plugin: str, plugin_settings: dict[str, Any]) -> CurrentSchool:
    """A school, `here`, in which the plugin under test is in force, with what it requires."""
    from lyceum.testing.people import a_school
    from lyceum.testing.plugins import a_school_with

    return a_school_with(plugin, "here", **plugin_settings) if plugin else a_school("here")


@pytest.fixture
def other_school(db: None) -> CurrentSchool:
    """Another school, `elsewhere`, in which no plugin is on."""
    from lyceum.testing.people import a_school

    return a_school("elsewhere")


@pytest.fixture
def learner(school: CurrentSchool) -> User:
    """A learner of `school`."""
    from lyceum.testing.people import a_learner

    return a_learner(school)


@pytest.fixture
def colleague(school: CurrentSchool) -> User:
    """Another learner of `school`."""
    from lyceum.testing.people import a_learner

    return a_learner(school)


@pytest.fixture
def teacher(school: CurrentSchool) -> User:
    """A teacher of `school`."""
    from lyceum.testing.people import a_member

    return a_member(school, "teacher")


@pytest.fixture
def manager(school: CurrentSchool) -> User:
    """A manager of `school`."""
    from lyceum.testing.people import a_member

    return a_member(school, "manager")


@pytest.fixture
def stranger(other_school: CurrentSchool) -> User:
    """A learner of `other_school`, who belongs to no other."""
    from lyceum.testing.people import a_learner

    return a_learner(other_school)


@pytest.fixture
def as_nobody(school: CurrentSchool) -> Client:
    """A browser at `school` in which nobody is signed in."""
    from django.test import Client

    return Client(headers={"host": school.host})


@pytest.fixture
def as_learner(school: CurrentSchool, learner: User) -> Client:
    """A browser at `school` in which `learner` is signed in."""
    return _signed_in(learner, school)


@pytest.fixture
def as_colleague(school: CurrentSchool, colleague: User) -> Client:
    """A browser at `school` in which `colleague` is signed in."""
    return _signed_in(colleague, school)


@pytest.fixture
def as_teacher(school: CurrentSchool, teacher: User) -> Client:
    """A browser at `school` in which `teacher` is signed in."""
    return _signed_in(teacher, school)


@pytest.fixture
def as_manager(school: CurrentSchool, manager: User) -> Client:
    """A browser at `school` in which `manager` is signed in."""
    return _signed_in(manager, school)


@pytest.fixture
def as_stranger(school: CurrentSchool, stranger: User) -> Client:
    """A browser at `school` in which `stranger` is signed in, who does not belong there."""
    return _signed_in(stranger, school)


@pytest.fixture
def deliver_news(db: None) -> Callable[[], int]:
    """A function that does what the worker does with news; it returns how many plugins heard."""
    from lyceum.testing.news import deliver_news

    return deliver_news


@pytest.fixture(autouse=True)
def counters_start_at_zero() -> None:
    """Let no test meet the limits that another one used up."""
    if _runs_on_lyceum():
        from django.core.cache import cache

        cache.clear()


@pytest.fixture(scope="session", autouse=True)
def committing_tests_are_undone() -> Iterator[None]:
    """Let Django empty the tables after a test that commits, the audit's too."""
    if not _runs_on_lyceum():
        yield
        return
    from django.test import TransactionTestCase

    from lyceum.testing.emptying import with_the_audit

    own = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]
    if own.__module__.startswith("django."):  # a suite may undo it in a way of its own
        TransactionTestCase._fixture_teardown = with_the_audit(own)  # type: ignore[attr-defined]
    yield
    TransactionTestCase._fixture_teardown = own  # type: ignore[attr-defined]


def _signed_in(user: User, school: CurrentSchool) -> Client:
    from lyceum.testing.people import signed_in

    return signed_in(user, school.slug)


def _runs_on_lyceum() -> bool:
    """Return whether this run has settings of Django's, and they are those of a Lyceum."""
    if "django" not in sys.modules:
        return False
    from django.conf import settings

    return settings.configured and "lyceum.schools" in settings.INSTALLED_APPS
