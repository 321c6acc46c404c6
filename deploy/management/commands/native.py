"""`manage.py native`: a production instance with all its engines, on this machine alone."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from deploy.engines import MissingProgram
from deploy.management.commands.demo import port_number
from deploy.processes import DidNotStart, Family
from deploy.topology import PROCESSES, Ports, Topology


class Command(BaseCommand):
    help = (
        "Run PostgreSQL, Redis, a stand-in for S3 and for a mail server, web processes and a "
        "worker on 127.0.0.1, with the production settings."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--data",
            type=Path,
            default=settings.ROOT / ".data" / "native",
            help="the folder that everything is kept in; .data/native by default",
        )
        parser.add_argument("--port", type=port_number, default=8000, help="8000 by default")
        for part in ("postgres", "redis", "s3", "mail"):
            parser.add_argument(f"--{part}-port", type=port_number, help="a free one by default")
        parser.add_argument("--web-processes", type=int, default=PROCESSES)
        parser.add_argument(
            "--https",
            action="store_true",
            help="as behind a proxy that ends TLS and sets X-Forwarded-Proto",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            topology = self.topology_of(options)
            with Family([], self.say, whole="topology") as family:
                # The signal that stops all is listened to from the first process on.
                self.serve(topology, family)
        except (MissingProgram, DidNotStart) as problem:
            raise CommandError(str(problem)) from problem
        if family.failed:
            raise CommandError("Not everything stayed alive; see the logs in the folder.")

    def topology_of(self, options: dict[str, Any]) -> Topology:
        ports = Ports(
            web=options["port"],
            postgres=options["postgres_port"],
            redis=options["redis_port"],
            s3=options["s3_port"],
            mail=options["mail_port"],
        )
        return Topology(
            options["data"],
            ports=ports,
            web_processes=options["web_processes"],
            more={} if options["https"] else {"LYCEUM_HTTPS": "0", "LYCEUM_PROXIES": "0"},
        )

    def serve(self, topology: Topology, family: Family) -> None:
        """Start one after the other, watch over all, and stop them in order."""
        try:
            self.say("Starting PostgreSQL, Redis, S3 and mail…")
            topology.start_engines()
            self.say("Bringing the database up to date…")
            topology.prepare()
            topology.start_product()
            family.children.extend([*topology.product, *reversed(topology.engines)])
            self.say(self.welcome(topology))
            family.watch()
        finally:
            topology.stop()

    def welcome(self, topology: Topology) -> str:
        file = topology.folder / "environment"
        parts = [*topology.engines, *topology.product]
        return "\n".join(
            [
                f"Serving on http://127.0.0.1:{topology.port} from {topology.folder}.",
                *(
                    f"  {child.name:<12} pid {child.pid:<8} port {child.port or '-'}"
                    for child in parts
                ),
                f"Commands on this instance: set -a; . {file}; python3 manage.py …",
                "Ctrl-C stops everything.",
            ]
        )

    def say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
