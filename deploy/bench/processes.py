"""The server under measurement: started as the demo starts it, its CPU read from the kernel."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PATIENCE = 60.0
CPU_CLOCK = 2  # of a whole process, see clock_getcpuclockid(3)


@dataclass(frozen=True)
class Server:
    """A running server: where it listens, and which processes it is made of."""

    port: int
    processes: tuple[int, ...]

    def cpu(self) -> float:
        """Return the seconds of CPU, user's and system's, that all its processes have used."""
        return sum(time.clock_gettime((~pid << 3) | CPU_CLOCK) for pid in self.processes)


@contextmanager
def serving(environment: Mapping[str, str]) -> Iterator[Server]:
    """Serve a seeded database for the length of a block, by the demo's own server."""
    from deploy.processes import python_path
    from deploy.serving import web_command

    port = free_port()
    *options, _ = web_command(port)
    process = subprocess.Popen(
        [*options, "deploy.bench.server:application"],
        env={
            **environment,
            "DJANGO_SETTINGS_MODULE": "deploy.bench.settings",
            "PYTHONPATH": python_path(),
        },
        process_group=0,
    )
    try:
        wait_for(port, process)
        yield Server(port, (process.pid, *children_of(process.pid)))
    finally:
        process.terminate()
        try:
            process.wait(timeout=PATIENCE)
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise SystemExit(f"The server ended with {process.returncode}.")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise SystemExit("The server does not listen.")


def children_of(parent: int) -> tuple[int, ...]:
    """Return the processes below one, however deep."""
    found: list[int] = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal() and parent_of(entry) == parent:
            found += (int(entry.name), *children_of(int(entry.name)))
    return tuple(found)


def parent_of(process: Path) -> int:
    try:
        stat = (process / "stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    # The name, in brackets, may hold anything.
    return int(stat.rpartition(")")[2].split()[1])
