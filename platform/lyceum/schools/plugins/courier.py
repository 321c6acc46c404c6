"""The courier: tells plugins their news, in a thread of the worker and a process of its own."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator

from django.db import DatabaseError, close_old_connections, connections

from lyceum.events import deliveries
from lyceum.events.deliveries import Due
from lyceum.kernel.clock import now
from lyceum.schools.plugins.news import put_off, tell_of
from lyceum.schools.plugins.orders import order_of
from lyceum.schools.plugins.runner import FAILED, DidNotFinish, Runner

DEADLINE = 30.0  # seconds that a plugin has for one event

logger = logging.getLogger(__name__)


class Courier:
    """Tells what is due, whenever it is woken."""

    def __init__(self, deadline: float = DEADLINE) -> None:
        self.runner = Runner()
        self.deadline = deadline
        self._woken = threading.Event()
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None

    def wake(self) -> None:
        """Have a thread tell what is due; it ends with its process, and so does its runner."""
        self._woken.set()
        with self._starting:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._work, name="courier", daemon=True)
                self._thread.start()

    def deliver(self) -> int:
        """Tell what is due, in the runner; return how many deliveries were gone through."""
        hung: set[str] = set()
        count = 0
        for due in _each_due():
            if due.consumer in hung:
                continue
            try:
                told = self.runner.run(order_of(due), seconds=self.deadline)
            except DidNotFinish as error:
                put_off(due, error)
                # What else it is to hear waits, so that others need not.
                hung.add(due.consumer)
            else:
                if told == FAILED:
                    break
            count += 1
        return count

    def _work(self) -> None:
        while True:
            self._woken.wait()
            self._woken.clear()
            close_old_connections()
            try:
                self.deliver()
            except (DatabaseError, DidNotFinish, OSError):
                # Looked at again with the next news, or in a minute.
                logger.exception("Plugins could not be told their news")
            finally:
                connections.close_all()


def deliver_here() -> int:
    """Tell what is due in this very process, as tests do; return how many deliveries that were."""
    count = 0
    for due in _each_due():
        tell_of(due)
        count += 1
    return count


def _each_due() -> Iterator[Due]:
    """Yield what is due, and what becomes due meanwhile; each once, whatever comes of it."""
    seen: set[int] = set()
    while fresh := [due for due in deliveries.due_to_plugins(now()) if due.id not in seen]:
        for due in fresh:
            seen.add(due.id)
            yield due


courier = Courier()
