"""
Draining: a process that can no longer be trusted takes no more requests, and ends.

Code that hangs and cannot be interrupted keeps its thread for ever. The process then answers 503,
gives the requests that are under way some time, and goes; whoever watches it starts another.
"""

from __future__ import annotations

import itertools
import logging
import os
import threading
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from lyceum.http.problems import problem_of
from lyceum.kernel.errors import Unavailable
from lyceum.kernel.plugins.watchdog import Watch, watchdog

LIMIT = 20.0  # seconds that requests under way have
LOOKS_EVERY = 0.05
LAST_BYTES = 0.2  # seconds that the server has for sending what was answered
COME_AGAIN = 3  # seconds, in which a process starts
EXIT_CODE = 75  # a failure for the time being (sysexits.h, EX_TEMPFAIL)

GetResponse = Callable[[HttpRequest], HttpResponse]

logger = logging.getLogger(__name__)


class Restarting(Unavailable):
    """The process that got the request is about to end. Try again after `Retry-After` seconds."""

    code = "restarting"
    detail = "This server is restarting. Try again in a moment."


class Draining:
    """Whether this process takes requests, and those that are under way, with their threads."""

    def __init__(self) -> None:
        self.is_on = False
        self.under_way: dict[int, int] = {}

    def arm(self) -> None:
        """End this process when a plugin hangs in it for good. For servers, which are watched."""
        watchdog.on_stuck.append(self.begin)

    def begin(self, stuck: Watch) -> None:
        """Take no more requests; go once those are answered that do not hang."""
        if self.is_on:
            return
        self.is_on = True
        logger.error("A plugin hangs (%s): this process takes no more requests.", stuck.doing)
        threading.Thread(target=self._finish, name="draining", daemon=True).start()

    def _finish(self) -> None:
        deadline = time.monotonic() + LIMIT
        while time.monotonic() < deadline and self._waits():
            time.sleep(LOOKS_EVERY)
        time.sleep(LAST_BYTES)
        logger.error("This process ends, to be started anew.")
        logging.shutdown()
        # Not by an exception or a signal: either would wait for the thread that hangs.
        os._exit(EXIT_CODE)

    def _waits(self) -> bool:
        hanging = watchdog.stuck_threads()
        return any(thread not in hanging for thread in list(self.under_way.values()))


class DrainingMiddleware:
    """Count requests in and out, or turn them away. Only what every answer carries is before it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self._numbers = itertools.count()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if draining.is_on:
            return problem_of(Restarting(retry_after=COME_AGAIN))
        number = next(self._numbers)
        under_way = draining.under_way
        under_way[number] = threading.get_ident()
        try:
            response = self.get_response(request)
        except BaseException:
            del under_way[number]
            raise
        # Until its last byte is handed over, which of a file is long after this.
        closers = response._resource_closers  # type: ignore[attr-defined]
        closers.append(lambda: under_way.pop(number, None))
        return response


draining = Draining()
