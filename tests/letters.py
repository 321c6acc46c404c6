"""Letters for tests: what a plugin, the probe, lets people write and report."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest

from lyceum.accounts.models import User
from lyceum.kernel.clock import now
from lyceum.kernel.identity import new_uuid
from lyceum.schools.current import CurrentSchool
from lyceum.schools.plugins.switching import enable_plugin
from plugins.probe.letters import LETTERS, Letter, unreachable, written
from tests.people import a_school

SLUG = "probe"
TYPE = LETTERS.type

__all__ = ["SLUG", "TYPE", "a_letter", "a_school_with_letters", "letters", "unreachable", "written"]


@pytest.fixture
def letters() -> Iterator[None]:
    """Forget at the end what was written."""
    yield
    written.clear()
    unreachable.clear()


def a_school_with_letters(slug: str, **rules: str) -> CurrentSchool:
    """Make a school that has the probe switched on."""
    return enable_plugin(actor=None, school=a_school(slug, **rules), slug=SLUG, at=now())


def a_letter(
    school: CurrentSchool, author: User, text: str = "Hello", state: str = "shown"
) -> UUID:
    """Write a letter; return its id."""
    id = new_uuid()
    written[id] = Letter(school.id, author.uuid, text, state)
    return id
