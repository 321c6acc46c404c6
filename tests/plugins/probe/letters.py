"""Letters: what people write to each other by the probe, kept in this process alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lyceum.plugin.community import Party, Reportable, Seen
from lyceum.plugin.schools import CurrentSchool


@dataclass
class Letter:
    """One letter, where it was written, and whether it is shown; a `broken` one cannot be read."""

    school: int
    author: UUID
    text: str
    state: str = "shown"


written: dict[UUID, Letter] = {}
# To whom nobody may write, and whose writing cannot be checked.
unreachable: set[UUID] = set()


def look(school: CurrentSchool, id: UUID, reader: Party) -> Seen | None:
    """Return a letter as a reader sees it."""
    letter = written.get(id)
    if letter is None or letter.school != school.id or letter.state != "shown":
        return None
    _break_at(letter)
    return Seen(letter.author, letter.text, f"/letters/{id}")


def become(state: str) -> Callable[[CurrentSchool, UUID, datetime], None]:
    """Return what brings a letter into a state."""

    def change(school: CurrentSchool, id: UUID, at: datetime) -> None:
        _break_at(written[id])
        written[id].state = state

    return change


def _break_at(letter: Letter) -> None:
    if letter.text == "broken":
        raise RuntimeError("The letter is broken.")


LETTERS = Reportable(
    type="probe.letter",
    label="Letter",
    look=look,
    hide=become("hidden"),
    restore=become("shown"),
    erase=become("erased"),
)
# Another plugin's, which the host leaves out.
STRANGE = Reportable("moments.moment", "Moment", look, *[become("shown")] * 3)
