"""A process for plugins' code alone, which may be killed when an order takes too long."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from typing import Any

COMMAND = "run_plugins"
DONE = "done"
BROKE = "broke"  # the plugin's fault, and noted
FAILED = "failed"  # our own: the database was away, say
WRITES = "writes"  # said before the end: nobody else can write until then
SECONDS_TO_WRITE = 3.0  # fewer than others wait for the lock
START = 180.0  # seconds that the process has until it takes orders, on a busy machine


class DidNotFinish(Exception):
    """The process hung over an order, or ended in it. It was killed, and the next one is new."""


class Runner:
    """
    One process that works orders off, one after the other; started when the first one comes.

    An order is a JSON object, see the command `run_plugins`. The process ends with this one.
    """

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._one_at_a_time = threading.Lock()

    def run(self, order: Mapping[str, Any], *, seconds: float) -> str:
        """
        Have an order worked off; return `DONE`, `BROKE` or `FAILED`.

        :raises DidNotFinish: if it took longer than `seconds`, or took the process with it
        """
        with self._one_at_a_time:
            process = self._started()
            assert process.stdin is not None
            process.stdin.write(json.dumps(order).encode() + b"\n")
            process.stdin.flush()
            return self._answer(process, seconds)

    def stop(self) -> None:
        """End the process, if there is one."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is not None:
            self.stop()
        if self._process is None:
            self._process = subprocess.Popen(  # noqa: S603  # our own interpreter and command
                [sys.executable, "-m", "django", COMMAND],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            )
            self._answer(self._process, START)
        return self._process

    def _answer(self, process: subprocess.Popen[bytes], seconds: float) -> str:
        assert process.stdout is not None
        began = time.monotonic()
        deadline = began + seconds
        said = b""
        while not said.endswith(b"\n") or said == WRITES.encode() + b"\n":
            if said.endswith(b"\n"):
                said = b""
                deadline = min(deadline, time.monotonic() + SECONDS_TO_WRITE)
            left = max(0.0, deadline - time.monotonic())
            ready, _, _ = select.select([process.stdout], [], [], left)
            # One at a time: words are few, and the next one may follow at once.
            more = os.read(process.stdout.fileno(), 1) if ready else b""
            if not more:
                self.stop()
                taken = time.monotonic() - began
                told = "ended its process" if ready else f"was cut off after {taken:.0f} seconds"
                raise DidNotFinish(f"It {told}.")
            said += more
        return said.decode().strip()
