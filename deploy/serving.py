"""The command lines of the web server and the worker: the same wherever they run."""

from __future__ import annotations

import sys
from pathlib import Path

from deploy.processes import ROOT

THREADS = 4  # that wait for the database and other services, in each process


def web_command(
    port: int, *, static: Path | None = None, workers: int = 1, threads: int = THREADS
) -> list[str]:
    """Return the server's command line: worker processes, and threads for waiting requests."""
    options = {
        "--interface": "wsgi",
        "--host": "127.0.0.1",
        "--port": str(port),
        "--workers": str(workers),
        "--blocking-threads": str(threads),
        "--log-level": "warning",
        "--workers-kill-timeout": "5",
    }
    if static is not None:
        options |= {"--static-path-route": "/static", "--static-path-mount": str(static)}
    flat = [part for option in options.items() for part in option]
    # A process of several that dies is started anew; the parent of one dies with it, and whoever
    # watches the parent starts both.
    again = ["--respawn-failed-workers", "--respawn-interval", "0.5"] if workers > 1 else []
    return [sys.executable, "-m", "granian", *flat, *again, "--no-ws", "deploy.wsgi:application"]


def worker_command() -> list[str]:
    """Return the command line of the worker that does what need not be waited for."""
    # Told to stop, it finishes the task in hand.
    options = ["--workers", "1", "--quiet", "--graceful-signal", "TERM"]
    return [sys.executable, str(ROOT / "manage.py"), "run_huey", *options]
