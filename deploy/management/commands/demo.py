"""`manage.py demo`: three schools with lessons and people, served from this machine alone."""

from __future__ import annotations

import os
import sys
import time
from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from deploy import demo_data, demo_guard, demo_life
from deploy.demo_check import check_schools
from deploy.demo_client import Client, Refused
from deploy.demo_schools import TOTO
from deploy.demo_welcome import welcome
from deploy.processes import START, Child, Family, free_port
from deploy.serving import web_command, worker_command


class Command(BaseCommand):
    help = "Serve three demo schools on 127.0.0.1, with web server and worker."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=port_number, default=8000, help="8000 by default")
        parser.add_argument(
            "--check", action="store_true", help="Try each school over HTTP, then stop."
        )
        parser.add_argument(
            "--reset",
            action="store_true",
            help=f"Delete all data in {demo_data.folder()}, and start over.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if signs := demo_guard.production_signs():
            raise CommandError(
                "The demo does not start here, for its passwords are public:\n  "
                + "\n  ".join(signs)
            )
        if options["reset"]:
            self.start_over()
        port = free_port() if options["check"] else options["port"]
        claim = demo_data.claim_port(port)
        if claim is None or not demo_guard.is_free(port):
            raise CommandError(
                f"Port {port} is taken, perhaps by a demo that is running. Choose another one:\n"
                f"    python3 manage.py demo --port {port + 1 if port < 65535 else 8000}"
            )
        demo_data.prepare(self.say)
        lock = demo_data.hold_while_serving()
        worked = self.serve(port, check=options["check"])
        lock.close()
        claim.close()
        if not worked:
            sys.exit(1)

    def serve(self, port: int, *, check: bool) -> bool:
        """Run web server and worker until told to stop; return whether all went well."""
        children = [
            Child("web server", web_command(port, static=settings.STATIC_ROOT)),
            Child("worker", worker_command()),
        ]
        with Family(children, self.say) as family:
            if not wait_for(port, family):
                if not family.stopping:
                    self.say(f"The web server did not answer within {START:.0f} seconds.")
                return family.stopping and not family.failed
            demo_life.begin(port, self.say)
            if check:
                return check_schools(port, self.say)
            self.say(welcome(port))
            family.watch()
        self.say(f"Stopped. The data are kept in {demo_data.folder()}.")
        return not family.failed

    def start_over(self) -> None:
        """Delete the data, then begin again in a new process: this one knows the old secrets."""
        demo_data.refuse_while_serving()
        demo_data.forget(self.say)
        rest = [argument for argument in sys.argv[1:] if argument != "--reset"]
        sys.stdout.flush()
        os.execv(sys.executable, [sys.executable, str(settings.ROOT / "manage.py"), *rest])

    def say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()


def wait_for(port: int, family: Family) -> bool:
    """Wait for the server's first answer; return whether it came."""
    client = Client(port, TOTO.slug)
    deadline = time.monotonic() + START
    while not family.stopping and time.monotonic() < deadline:
        family.look_after()
        try:
            client.get("/api/v1/health/live")
        except (OSError, Refused):
            time.sleep(0.2)
        else:
            return True
    return False


def port_number(text: str) -> int:
    """Return a port that a program without privileges may listen on."""
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise ArgumentTypeError("a port is a number from 1 to 65535")
    return int(text)
