"""Who inside the house is told of events, each in its own transaction, each once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from lyceum.kernel.registries import Registry


@dataclass(frozen=True)
class News:
    """One event as consumers get it. People and schools are named by UUID alone."""

    uuid: UUID
    type: str
    school: UUID | None
    actor: UUID | None
    subject: UUID | None
    data: Mapping[str, Any]
    at: datetime
    version: int = 1  # of the type's data, as its publisher counts


@dataclass(frozen=True)
class Consumer:
    """
    A part of the house that lives from events.

    `apply` gets what happened, oldest first, inside a transaction: what it writes and the note
    that it was told are one change, so it is told once even if the process is killed. Orders
    across transactions can differ: it must come to the same figures whichever news is first.

    One that is a `plugin` is told by the worker, one event at a time, and only of what happens in
    schools where it is in force.
    """

    name: str
    types: frozenset[str]
    apply: Callable[[Sequence[News]], None]
    plugin: str = ""

    def is_told_where(self, in_force: frozenset[str], type: str) -> bool:
        """Return whether, where these plugins are in force, this one is told of a type of event."""
        if not self.plugin:
            return True
        # News of a plugin's own, as `moments.comment_written`, end with it.
        source, dot, _ = type.partition(".")
        return self.plugin in in_force and (not dot or source in in_force)


@dataclass
class PluginsOfSchools:
    """What the spine asks of the room that knows them; that room fills it in when it is ready."""

    # Which plugins are in force in a school.
    in_force: Callable[[UUID], frozenset[str]] = field(default=lambda school: frozenset())
    # Tells the worker that there is news for some.
    wake: Callable[[], None] = field(default=lambda: None)


consumers: Registry[Consumer] = Registry("event consumers")
plugins_of_schools = PluginsOfSchools()


def register_consumer(
    name: str, *, types: Sequence[str], apply: Callable[[Sequence[News]], None]
) -> None:
    """Have `apply` told of all events of `types` from now on. Called in `AppConfig.ready()`."""
    consumers.register(name, Consumer(name=name, types=frozenset(types), apply=apply))
