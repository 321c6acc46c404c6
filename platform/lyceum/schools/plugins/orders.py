"""What the worker has done in a process for plugins' code, as it is written on the pipe to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from lyceum.events import deliveries
from lyceum.events.deliveries import Due
from lyceum.schools.plugins.jobs import Call, run_here
from lyceum.schools.plugins.news import tell_of
from lyceum.schools.plugins.runner import BROKE, DONE, WRITES


def order_of(work: Due | Call) -> dict[str, Any]:
    """Write an order down."""
    if isinstance(work, Call):
        return {"call": [work.slug, work.name, work.school_id, work.arguments]}
    return {"tell": [work.id, work.consumer, work.type, work.school and str(work.school)]}


def work_off(order: Mapping[str, Any], *, say: Callable[[str], None] = lambda word: None) -> str:
    """
    Do what an order says, in this process; return how it ended.

    :param say: told `WRITES` when news has begun to write, on SQLite, where one writes at a time
    :raises DatabaseError: if the database was away
    """
    if "call" in order:
        return DONE if run_here(Call(*order["call"])) else BROKE
    number, consumer, type, school = order["tell"]
    with deliveries.at_first_write(lambda: say(WRITES)):
        tell_of(Due(number, consumer, type, UUID(school) if school else None))
    return DONE
