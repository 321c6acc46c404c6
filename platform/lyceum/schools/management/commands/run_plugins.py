"""`manage.py run_plugins`: the process in which the worker runs plugins' code."""

from __future__ import annotations

import json
import logging
import os
import signal
import sys
import threading
from queue import Queue
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections

from lyceum.schools.plugins.orders import work_off
from lyceum.schools.plugins.runner import FAILED

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Run plugins' code for the worker, which starts it, gives it orders and may kill it."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Answer `ready`, then a word to each line of orders, see `Runner`."""
        # Ctrl-C is for the worker, which ends this process by closing its pipe.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", buffering=1)
        # What plugins print is no answer.
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
        orders: Queue[bytes] = Queue()
        threading.Thread(target=_read, args=(orders,), daemon=True).start()
        print("ready", file=answers)
        while True:
            order = json.loads(orders.get())
            close_old_connections()
            try:
                answer = work_off(order, say=lambda word: print(word, file=answers))
            except DatabaseError:
                logger.exception("The order %s could not be worked off", order)
                answer = FAILED
            print(answer, file=answers)


def _read(orders: Queue[bytes]) -> None:
    for line in sys.stdin.buffer:
        orders.put(line)
    # The worker is gone. Whatever is being done is undone, and done again by the next one.
    os._exit(0)
