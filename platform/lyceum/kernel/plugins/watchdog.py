"""
The watchdog: no plugin's code holds up a request for longer than its budget.

One thread a process looks every 50 ms at what each thread is doing. At the budget it interrupts
the plugin's code with `Overran`; code that is still stuck some seconds later cannot be interrupted
at all (it sleeps, or catches everything), and whoever is `on_stuck` is told.
"""

from __future__ import annotations

import ctypes
import logging
import os
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections

from lyceum.kernel.plugins.cutting import cut_off

LOOKS_EVERY = 0.05  # seconds
PATIENCE = 5.0  # seconds after the interruption

logger = logging.getLogger(__name__)


class Overran(SystemExit):
    """
    A plugin's code took more than its budget.

    No `Exception`, so that `except Exception` lets it pass; and of those that are none, the one at
    which psycopg gives up a query that is under way and keeps the connection sound.
    """


class Watch:
    """What one thread is doing for a plugin at the moment, and since when."""

    __slots__ = ("database", "deadline", "doing", "fired", "lock", "thread", "told")

    def __init__(self) -> None:
        self.thread = threading.get_ident()
        self.database = connections[DEFAULT_DB_ALIAS]
        self.deadline: float | None = None
        # Of which deadline: what is late about one call says nothing of the next.
        self.fired: float | None = None
        self.told: float | None = None
        self.doing: tuple[Any, ...] = ()
        self.lock = threading.Lock()

    def run(
        self,
        doing: tuple[Any, ...],
        function: Callable[..., Any],
        arguments: Mapping[str, Any],
        budget: float,
    ) -> tuple[Any, BaseException | None]:
        """
        Call a plugin's function; return its result, or what it raised instead.

        :param doing: the plugin's slug, what it is asked for, and the school's id, if any
        :param budget: in seconds
        """
        if self.deadline is not None:
            return self._run_within(doing, function, arguments, budget)
        self.doing = doing
        deadline = self.deadline = time.monotonic() + budget
        try:
            try:
                result = function(**arguments)
            finally:
                self.deadline = None
                if self.fired == deadline:
                    self._settle()
        except Overran as error:
            self._settle()
            return None, error
        except (Exception, SystemExit) as error:
            return None, error
        # It may have swallowed the interruption; its time was up all the same.
        return (None, Overran("It took too long.")) if self.fired == deadline else (result, None)

    def interrupt(self, deadline: float) -> None:
        """Raise `Overran` in the thread, unless what had this deadline is done meanwhile."""
        with self.lock:
            # In this order: either the thread sees `fired`, or we see that it is done.
            self.fired = deadline
            if self.deadline == deadline:
                _raise_in(self.thread, Overran)

    def _run_within(
        self,
        doing: tuple[Any, ...],
        function: Callable[..., Any],
        arguments: Mapping[str, Any],
        budget: float,
    ) -> tuple[Any, BaseException | None]:
        """Call for the sake of a plugin's code that called the platform; its clock stands still."""
        with self.lock:
            outer, asking = self.deadline, self.doing
            if outer is None or self.fired == outer:
                raise Overran("It goes on though it was interrupted.")
            self.deadline = None
        began = time.monotonic()
        try:
            return self.run(doing, function, arguments, budget)
        finally:
            self.doing = asking
            self.deadline = outer + time.monotonic() - began

    def _settle(self) -> None:
        """Take back an interruption that did not arrive before the plugin's code ended."""
        self.deadline = None
        with self.lock:
            _raise_in(self.thread, None)


class Watchdog:
    """The watches of this process's threads, and the thread that looks at them."""

    def __init__(self) -> None:
        self.on_stuck: list[Callable[[Watch], None]] = []
        self._own = threading.local()
        self._watches: dict[int, Watch] = {}
        self._process = 0

    def watch(self) -> Watch:
        """Return the watch of the running thread."""
        try:
            return self._own.watch
        except AttributeError:
            watch = self._own.watch = self._watches[threading.get_ident()] = Watch()
            self._begin()
            return watch

    def stuck_threads(self) -> set[int]:
        """Return the threads in which code hangs that could not be interrupted."""
        watches = list(self._watches.values())
        return {
            watch.thread
            for watch in watches
            if watch.deadline is not None and watch.told == watch.deadline
        }

    def _begin(self) -> None:
        # A process that forked has no thread of its parent.
        if self._process != os.getpid():
            self._process = os.getpid()
            threading.Thread(target=self._look, name="plugin watchdog", daemon=True).start()

    def _look(self) -> None:
        while True:
            time.sleep(LOOKS_EVERY)
            now = time.monotonic()
            for watch in list(self._watches.values()):
                deadline = watch.deadline
                if deadline is None or now < deadline:
                    continue
                if watch.fired != deadline:
                    watch.interrupt(deadline)
                elif now > deadline + PATIENCE and watch.told != deadline:
                    watch.told = deadline
                    # First: who is told may have to write what it keeps others from writing.
                    _cut_off(watch)
                    self._tell(watch)

    def _tell(self, watch: Watch) -> None:
        for listener in self.on_stuck:
            try:
                listener(watch)
            except Exception:
                # The thread that looks must live, whatever becomes of those that are told.
                logger.exception("%s could not be dealt with", watch.doing)


def _cut_off(watch: Watch) -> None:
    """Take from code that hangs what it holds of the database."""
    try:
        cut_off(watch.database)
    except Exception:
        logger.exception("What %s holds of the database stays held", watch.doing)


def _raise_in(thread: int, error: type[BaseException] | None) -> None:
    """Let a thread raise `error` at its next step; with None, let it not raise what is waiting."""
    raised = ctypes.py_object(error) if error is not None else None
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), raised)


watchdog = Watchdog()
