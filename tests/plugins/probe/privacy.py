"""What the probe holds on people: notes go with their author, who read the rules stays."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from lyceum.plugin.privacy import DELETE, KEEP, Holding, Part, Person, Provider, SchoolHolding
from plugins.probe.letters import written


def export(person: Person) -> Iterator[Part]:
    """Tell the letters that somebody wrote, of which no table knows."""
    own = [{"text": each.text} for each in written.values() if each.author == person.uuid]
    yield Part("letters.json", own)


def erase(person: Person, at: datetime) -> None:
    """Forget the letters that somebody wrote."""
    for id in [id for id, each in written.items() if each.author == person.uuid]:
        del written[id]


PRIVACY = Provider(
    holdings=(
        Holding("probe.Note", "author", DELETE, told=("text", "written_at")),
        Holding("probe.Reading", "person", KEEP, reason="The school has to show it.", told=("at",)),
    ),
    of_schools=(
        SchoolHolding("probe.Note", told=("text", "written_at")),
        SchoolHolding("probe.Reading", told=("person", "at")),
    ),
    export=export,
    erase=erase,
)
