"""The same done by many threads that start together, on the database that the tests have."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from django.db import connections


def at_once(work: Callable[[int], Any], *, threads: int) -> list[Any]:
    """Do the same in several threads that start together; return what each made, or raised."""
    gate = threading.Barrier(threads)
    made: list[Any] = [None] * threads

    def run(number: int) -> None:
        try:
            gate.wait()
            made[number] = work(number)
        except Exception as error:
            made[number] = error
        finally:
            connections.close_all()

    running = [threading.Thread(target=run, args=(number,)) for number in range(threads)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    return made


def kinds(made: list[Any]) -> dict[str, int]:
    """Return how many threads made, or raised, what; by the names of the classes."""
    names = [type(thing).__name__ for thing in made]
    return {name: names.count(name) for name in sorted(set(names))}
