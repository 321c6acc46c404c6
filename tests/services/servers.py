"""Real servers on loopback, in processes of their own: the product's, for mail and for files."""

from __future__ import annotations

import json
import mailbox
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0


@dataclass(frozen=True)
class Reply:
    """What a server answered."""

    status: int
    body: dict[str, Any]


@dataclass(frozen=True)
class MailServer:
    """An SMTP server that keeps what it takes in a folder."""

    port: int
    folder: Path

    def take_mail_to(self, address: str) -> Message:
        """Wait for a mail to this address, and take it out of the folder."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            box = mailbox.Maildir(self.folder)
            for key, mail in box.items():
                if mail["To"] == address:
                    box.remove(key)
                    return mail
            time.sleep(0.05)
        raise AssertionError(f"No mail to {address} came.")


@dataclass(frozen=True)
class Server:
    """The product, serving one school in several processes."""

    port: int

    def call(
        self, method: str, path: str, data: dict[str, Any] | None = None, **headers: str
    ) -> Reply:
        """Send JSON to the school, and return what comes back, refusals included."""
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}",
            method=method,
            data=None if data is None else json.dumps(data).encode(),
            headers={"Content-Type": "application/json", "X-School": "toto", **headers},
        )
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as response:
                return _reply(response.status, response.read())
        except urllib.error.HTTPError as refusal:
            with refusal:
                return _reply(refusal.code, refusal.read())

    def auth(self, method: str, path: str, data: Any = None, **headers: str) -> Reply:
        return self.call(method, f"/_allauth/app/v1/{path}", data, **headers)


def _reply(status: int, body: bytes) -> Reply:
    return Reply(status, json.loads(body) if body else {})


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def mail_server(folder: Path) -> Iterator[MailServer]:
    """Run an SMTP server for the length of a block."""
    port = free_port()
    command = [sys.executable, "-m", "aiosmtpd", "-n", "-l", f"127.0.0.1:{port}"]
    with _running([*command, "-c", "aiosmtpd.handlers.Mailbox", str(folder)], port=port):
        yield MailServer(port=port, folder=folder)


@contextmanager
def s3_server() -> Iterator[str]:
    """Run a server that speaks S3 for the length of a block; yields its address."""
    port = free_port()
    # Not by its command `moto_server`, which is not on the path.
    start = "from moto.server import main; main()"
    with _running([sys.executable, "-c", start, "-H", "127.0.0.1", "-p", str(port)], port=port):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def product_server(data: Path, *, workers: int, **environment: str) -> Iterator[Server]:
    """Run the product over the database in `data` for the length of a block."""
    port = free_port()
    command = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1"),
        *("--port", str(port), "--workers", str(workers), "deploy.wsgi:application"),
    ]
    with _running(command, port=port, environment=environment_of(data, **environment)):
        yield Server(port=port)


def environment_of(data: Path, **more: str) -> dict[str, str]:
    """Return the environment of a process that works on the database in `data`."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "deploy.settings.local",
        "LYCEUM_DATA": str(data),
        "PYTHONPATH": f"{ROOT / 'platform'}:{ROOT}",
        **more,
    }


@contextmanager
def _running(
    command: list[str], *, port: int, environment: dict[str, str] | None = None
) -> Iterator[None]:
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(port, process)
        yield
    finally:
        process.terminate()
        try:
            process.wait(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise AssertionError(f"{process.args!r} ended with {process.returncode}.")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError(f"Nothing listens on {port}.")
