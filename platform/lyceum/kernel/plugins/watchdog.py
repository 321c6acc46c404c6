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

LOOKS_EVERY = 0.05  # seconds
PATIENCE = 5.0  # seconds after the interruption

logger = logging.getLogger(__name__)


class Overran(BaseException):
    """A hook took more than its budget. No `Exception`, so that `except Exception` lets it pass."""


class Watch:
    """What one thread is doing for a plugin at the moment, and since when."""

    __slots__ = ("deadline", "doing", "fired", "lock", "thread", "told")

    def __init__(self) -> None:
        self.thread = threading.get_ident()
        self.deadline: float | None = None
        self.fired = False
        self.told = False
        self.doing: tuple[Any, ...] = ()
        self.lock = threading.Lock()

    def run(
        self, function: Callable[..., Any], arguments: Mapping[str, Any], budget: float
    ) -> tuple[Any, BaseException | None]:
        """Call a plugin's function; return its result, or what it raised instead."""
        self.fired = self.told = False
        self.deadline = time.monotonic() + budget
        try:
            try:
                result = function(**arguments)
            finally:
                self.deadline = None
                if self.fired:
                    self._settle()
        except Overran as error:
            self._settle()
            return None, error
        except (Exception, SystemExit) as error:
            return None, error
        # It may have swallowed the interruption; its time was up all the same.
        return (None, Overran("It took too long.")) if self.fired else (result, None)

    def interrupt(self) -> None:
        """Raise `Overran` in the thread, unless it is done meanwhile."""
        with self.lock:
            # In this order: either the thread sees `fired`, or we see that it is done.
            self.fired = True
            if self.deadline is not None:
                _raise_in(self.thread, Overran)

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
        return {watch.thread for watch in watches if watch.told and watch.deadline is not None}

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
                if not watch.fired:
                    watch.interrupt()
                elif now > deadline + PATIENCE and not watch.told:
                    watch.told = True
                    self._tell(watch)

    def _tell(self, watch: Watch) -> None:
        for listener in self.on_stuck:
            try:
                listener(watch)
            except Exception:
                # The thread that looks must live, whatever becomes of those that are told.
                logger.exception("%s could not be dealt with", watch.doing)


def _raise_in(thread: int, error: type[BaseException] | None) -> None:
    """Let a thread raise `error` at its next step; with None, let it not raise what is waiting."""
    raised = ctypes.py_object(error) if error is not None else None
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), raised)


watchdog = Watchdog()
