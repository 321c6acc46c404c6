"""Who inside the house is told of events, each in its own transaction, each once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Consumer:
    """
    A part of the house that lives from events.

    `apply` gets what happened, oldest first, inside a transaction: what it writes and the note
    that it was told are one change, so it is told once even if the process is killed. Orders
    across transactions can differ: it must come to the same figures whichever news is first.
    """

    name: str
    types: frozenset[str]
    apply: Callable[[Sequence[News]], None]


consumers: Registry[Consumer] = Registry("event consumers")


def register_consumer(
    name: str, *, types: Sequence[str], apply: Callable[[Sequence[News]], None]
) -> None:
    """Have `apply` told of all events of `types` from now on. Called in `AppConfig.ready()`."""
    consumers.register(name, Consumer(name=name, types=frozenset(types), apply=apply))
