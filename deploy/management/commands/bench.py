"""`manage.py bench`: what the API costs; or how fast answers are marked, and plugins called."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from deploy.processes import python_path

BENCHES = ("web", "marking", "hooks", "feed", "leaderboards")


class Command(BaseCommand):
    help = "Measure the API, marking, hooks, or a plugin's lists. Options: bench WHICH --help"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("which", nargs="?", choices=BENCHES, default="web")

    def run_from_argv(self, argv: list[str]) -> None:
        """Run a bench in a process with settings of its own, and hand it the options."""
        if argv[2:] in (["-h"], ["--help"]):
            # Which there are; `bench web --help` tells the options of the first.
            super().run_from_argv(argv)
            return
        which, *options = argv[2:] if argv[2:3] and argv[2] in BENCHES else ["web", *argv[2:]]
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "deploy.bench.settings",
            "PYTHONPATH": python_path(),
        }
        command = [sys.executable, "-m", f"deploy.bench.{which}", *options]
        sys.exit(subprocess.call(command, env=environment))

    def handle(self, *args: Any, **options: Any) -> None:
        """Run nothing: `run_from_argv` has."""
