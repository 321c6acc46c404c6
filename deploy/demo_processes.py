"""The demo's process tree: web server and worker, kept alive together and stopped together."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from django.conf import settings

PATIENCE = 10.0  # seconds that a child has for stopping by itself
QUICK = 5.0  # a child that lived less than these seconds died at its start
MOST_QUICK_DEATHS = 4


def web_command(port: int) -> list[str]:
    """Return the server's command line: one worker process, and threads for waiting requests."""
    options = {
        "--interface": "wsgi",
        "--host": "127.0.0.1",
        "--port": str(port),
        "--workers": "1",
        "--blocking-threads": "4",
        "--log-level": "warning",
        "--workers-kill-timeout": "5",
        "--static-path-route": "/static",
        "--static-path-mount": str(settings.STATIC_ROOT),
    }
    flat = [part for option in options.items() for part in option]
    return [sys.executable, "-m", "granian", *flat, "--no-ws", "deploy.wsgi:application"]


def worker_command() -> list[str]:
    """Return the command line of the worker that does what need not be waited for."""
    # Told to stop, it finishes the task in hand.
    options = ["--workers", "1", "--quiet", "--graceful-signal", "TERM"]
    return [sys.executable, str(settings.ROOT / "manage.py"), "run_huey", *options]


@dataclass
class Child:
    """One process of the tree, with all that it starts itself."""

    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    quick_deaths: int = 0

    def start(self) -> None:
        environment = {**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONPATH": python_path()}
        self.started = time.monotonic()
        # A group of its own: Ctrl-C reaches the parent alone, which then stops all in order.
        self.process = subprocess.Popen(
            self.command, cwd=settings.ROOT, env=environment, process_group=0
        )

    def is_dead(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def tell(self, number: int) -> None:
        """Send a signal to the process, if it is there."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(number)

    def sweep(self) -> None:
        """Kill what a dead process left behind of its group, so that it frees the port."""
        if self.process is not None:
            try:
                os.killpg(self.process.pid, signal.SIGKILL)
            except ProcessLookupError:
                return


@dataclass
class Family:
    """The children, watched until a signal or a child that will not live ends it all."""

    children: list[Child]
    say: Callable[[str], None]
    stopping: bool = False
    failed: bool = False
    before: dict[int, object] = field(default_factory=dict)

    def __enter__(self) -> Family:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            self.before[number] = signal.signal(number, self._stop)
        for child in self.children:
            child.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.say("Stopping…")
        for child in self.children:
            child.tell(signal.SIGTERM)
        deadline = time.monotonic() + PATIENCE
        for child in self.children:
            if child.process is not None:
                try:
                    child.process.wait(timeout=max(0.1, deadline - time.monotonic()))
                except subprocess.TimeoutExpired:
                    self.say(f"The {child.name} does not stop; it is ended.")
            child.sweep()
            if child.process is not None:
                child.process.wait()
        for number, handler in self.before.items():
            signal.signal(number, handler)  # type: ignore[arg-type]

    def watch(self) -> None:
        """Start dead children anew until it is time to stop."""
        while not self.stopping:
            self.look_after()
            time.sleep(0.3)

    def look_after(self) -> None:
        """Start each dead child anew; give up on one that keeps dying at its start."""
        for child in self.children:
            if not child.is_dead() or self.stopping:
                continue
            quick = time.monotonic() - child.started < QUICK
            child.quick_deaths = child.quick_deaths + 1 if quick else 0
            child.sweep()
            if child.quick_deaths >= MOST_QUICK_DEATHS:
                self.say(f"The {child.name} dies again and again; see above. The demo stops.")
                self.stopping = self.failed = True
                return
            self.say(f"The {child.name} ended by itself; it is started anew.")
            child.start()

    def _stop(self, *_: object) -> None:
        self.stopping = True


def python_path() -> str:
    """Return the rooms' folders for children, before what the caller's environment names."""
    rooms = [str(settings.ROOT), str(settings.ROOT / "platform")]
    return os.pathsep.join([*rooms, *filter(None, [os.environ.get("PYTHONPATH")])])
