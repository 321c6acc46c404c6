"""`manage.py serve`: the web server, in as many processes as are asked for."""

from __future__ import annotations

import os
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from deploy.management.commands.demo import port_number
from deploy.processes import python_path
from deploy.serving import THREADS, web_command


class Command(BaseCommand):
    help = "Serve the product on a port of 127.0.0.1, for a proxy that ends TLS before it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=port_number, default=8000, help="8000 by default")
        parser.add_argument("--processes", type=int, default=2, help="2 by default")
        parser.add_argument(
            "--threads", type=int, default=THREADS, help=f"of each process; {THREADS} by default"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        command = web_command(
            options["port"],
            static=settings.STATIC_ROOT,
            workers=options["processes"],
            threads=options["threads"],
        )
        # The server takes this process's place, and the signals that are sent to it.
        os.environ["PYTHONPATH"] = python_path()
        os.execv(command[0], command)
