"""Processes that belong together: started, waited for, kept alive and stopped without remains."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 10.0  # seconds that a child has for stopping by itself
START = 180.0  # seconds that a child has for listening on its port, on a busy machine
QUICK = 5.0  # a child that lived less than these seconds died at its start
MOST_QUICK_DEATHS = 4


class DidNotStart(Exception):
    """A process ended at its start, or did not listen in time. Its own words follow."""


@dataclass
class Child:
    """One process, with all that it starts itself."""

    name: str
    command: list[str]
    environment: Mapping[str, str] = field(default_factory=dict)  # beside what is set already
    port: int | None = None  # where it listens on loopback once it is ready
    log: Path | None = None  # where its words go; to the caller's own output without one
    user: str | None = None  # who it runs as, where it is not who starts it
    stop_signal: int = signal.SIGTERM
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    quick_deaths: int = 0

    def start(self) -> None:
        environment = {**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONPATH": python_path()}
        self.started = time.monotonic()
        words = self._open_log()
        try:
            # A group of its own: Ctrl-C reaches the parent alone, which then stops all in order.
            self.process = subprocess.Popen(
                self.command,
                cwd="/" if self.user else ROOT,
                env={**environment, **self.environment},
                stdout=words,
                stderr=words,
                process_group=0,
                user=self.user,
                group=self.user,
                extra_groups=[] if self.user else None,
            )
        finally:
            if words is not None:
                words.close()

    def start_and_wait(self) -> None:
        """
        Start, and return when the process listens on its port.

        :raises DidNotStart: if it ends instead, or takes more than `START` seconds
        """
        self.start()
        deadline = time.monotonic() + START
        while time.monotonic() < deadline:
            if self.is_dead():
                break
            if self.answers():
                return
            time.sleep(0.05)
        self.kill()
        raise DidNotStart(f"The {self.name} did not start.\n{self.last_words()}")

    def answers(self) -> bool:
        """Whether somebody takes connections on the process's port."""
        with socket.socket() as probe:
            probe.settimeout(1)
            return self.port is not None and probe.connect_ex(("127.0.0.1", self.port)) == 0

    def is_dead(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    @property
    def pid(self) -> int:
        assert self.process is not None, f"The {self.name} was not started."
        return self.process.pid

    def tell(self, number: int) -> None:
        """Send a signal to the process, if it is there."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(number)

    def stop(self, patience: float = PATIENCE) -> bool:
        """Stop, and return whether the process did so by itself within `patience` seconds."""
        self.tell(self.stop_signal)
        return self.wait(patience)

    def wait(self, patience: float) -> bool:
        """Wait for the process's end for `patience` seconds, then end it; leave nothing behind."""
        if self.process is None:
            return True
        try:
            self.process.wait(timeout=patience)
            by_itself = True
        except subprocess.TimeoutExpired:
            by_itself = False
        self.sweep()
        self.process.wait()
        return by_itself

    def kill(self) -> None:
        """End the process and all that it started as a loss of power would."""
        self.sweep()
        if self.process is not None:
            self.process.wait()

    def pause(self) -> None:
        """Let the process hang: connections to it are taken and never answered."""
        os.killpg(self.pid, signal.SIGSTOP)

    def resume(self) -> None:
        """Let a process that hangs go on."""
        os.killpg(self.pid, signal.SIGCONT)

    def sweep(self) -> None:
        """Kill what a dead process left behind of its group, so that it frees the port."""
        if self.process is not None:
            try:
                os.killpg(self.process.pid, signal.SIGKILL)
            except ProcessLookupError:
                return

    def last_words(self) -> str:
        """Return the end of what the process said, where it was kept."""
        if self.log is None or not self.log.exists():
            return ""
        return self.log.read_text(encoding="utf-8", errors="replace")[-2000:]

    def _open_log(self) -> IO[bytes] | None:
        return self.log.open("ab") if self.log is not None else None


@dataclass
class Family:
    """The children, watched until a signal or a child that will not live ends it all."""

    children: list[Child]
    say: Callable[[str], None]
    whole: str = "demo"  # what the children make together
    stopping: bool = False
    failed: bool = False
    before: dict[int, object] = field(default_factory=dict)

    def __enter__(self) -> Family:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            self.before[number] = signal.signal(number, self._stop)
        for child in self.children:
            if not child.is_running():
                child.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.say("Stopping…")
        for child in self.children:
            child.tell(child.stop_signal)
        deadline = time.monotonic() + PATIENCE
        for child in self.children:
            if not child.wait(max(0.1, deadline - time.monotonic())):
                self.say(f"The {child.name} does not stop; it is ended.")
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
                self.say(
                    f"The {child.name} dies again and again; see above. The {self.whole} stops."
                )
                self.stopping = self.failed = True
                return
            self.say(f"The {child.name} ended by itself; it is started anew.")
            child.start()

    def _stop(self, *_: object) -> None:
        self.stopping = True


def free_port() -> int:
    """Return a port of 127.0.0.1 that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def python_path() -> str:
    """Return the rooms' folders for children, before what the caller's environment names."""
    rooms = [str(ROOT), str(ROOT / "platform")]
    return os.pathsep.join([*rooms, *filter(None, [os.environ.get("PYTHONPATH")])])
