"""Letters: a plugin made in the test, whose things people write and report, kept in memory."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

import pytest

from lyceum.accounts.models import User
from lyceum.kernel.clock import now
from lyceum.kernel.identity import new_uuid
from lyceum.kernel.plugins.hooks import hooks
from lyceum.kernel.plugins.host import host
from lyceum.kernel.plugins.manifest import Manifest
from lyceum.kernel.plugins.plugins import Plugin, State
from lyceum.plugin.community import Party, Reportable, Seen
from lyceum.plugin.hooks import Refusal, hookimpl
from lyceum.schools.current import CurrentSchool
from lyceum.schools.plugins.switching import enable_plugin
from tests.people import a_school

SLUG = "letters"
TYPE = "letters.letter"


@dataclass
class Letter:
    """One letter, where it was written, and whether it is shown."""

    school: int
    author: UUID
    text: str
    state: str = "shown"


written: dict[UUID, Letter] = {}
# Whom the plugin keeps from being written to, and who makes it break.
unreachable: set[UUID] = set()


@contextmanager
def letters_installed() -> Iterator[None]:
    """Make the plugin one of this instance for the length of a block."""
    manifest = Manifest.model_validate(
        {
            "slug": SLUG,
            "name": "Letters",
            "summary": "Letters.",
            "version": "1.0.0",
            "requires_lyceum": ">=1.0",
            "privacy": {"none": "In memory."},
        }
    )
    plugin = Plugin(SLUG, Path(__file__).parent, __name__, "test", manifest, State.LOADED)
    host.plugins[SLUG] = plugin
    host.order.append(plugin)
    hooks.add(plugin, sys.modules[__name__])
    yield
    hooks._manager.unregister(name=SLUG)
    hooks._kept.clear()
    host.order.remove(plugin)
    del host.plugins[SLUG]
    written.clear()
    unreachable.clear()


@pytest.fixture
def letters() -> Iterator[None]:
    """Make the plugin one of this instance for the length of a test."""
    with letters_installed():
        yield


def a_school_with_letters(slug: str, **rules: str) -> CurrentSchool:
    """Make a school that has the plugin switched on."""
    return enable_plugin(actor=None, school=a_school(slug, **rules), slug=SLUG, at=now())


def a_letter(
    school: CurrentSchool, author: User, text: str = "Hello", state: str = "shown"
) -> UUID:
    """Write a letter; return its id."""
    id = new_uuid()
    written[id] = Letter(school.id, author.uuid, text, state)
    return id


def _look(school: CurrentSchool, id: UUID, reader: Party) -> Seen | None:
    letter = written.get(id)
    if letter is None or letter.school != school.id or letter.state != "shown":
        return None
    _break_at(letter)
    return Seen(letter.author, letter.text, f"/letters/{id}")


def _become(state: str) -> Callable[[CurrentSchool, UUID, datetime], None]:
    def change(school: CurrentSchool, id: UUID, at: datetime) -> None:
        _break_at(written[id])
        written[id].state = state

    return change


def _break_at(letter: Letter) -> None:
    if letter.text == "broken":
        raise RuntimeError("The plugin is broken.")


@hookimpl
def register_reportables(school: CurrentSchool) -> list[object]:
    letter = Reportable(
        type=TYPE,
        label="Letter",
        look=_look,
        hide=_become("hidden"),
        restore=_become("shown"),
        erase=_become("erased"),
    )
    # What is none, or another plugin's, is left out.
    return [letter, "letters.other", Reportable("moments.moment", "M", _look, *[_become("x")] * 3)]


@hookimpl
def veto_contact(sender: Party, receiver: Party) -> Refusal | None:
    if receiver.uuid in unreachable:
        return Refusal("unreachable", "They are on holiday.")
    if sender.uuid in unreachable:
        raise RuntimeError("The plugin is broken.")
    return None
