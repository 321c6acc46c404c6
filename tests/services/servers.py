"""Real servers on loopback, in processes of their own: the product's, for mail and for files."""

from __future__ import annotations

import json
import mailbox
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from pathlib import Path
from typing import Any
from uuid import uuid4

from deploy.engines import MailKeeper, S3Server
from deploy.processes import ROOT, Child, free_port, python_path
from deploy.serving import web_command

PATIENCE = 60.0


@dataclass(frozen=True)
class Reply:
    """What a server answered."""

    status: int
    body: dict[str, Any]
    headers: Mapping[str, str] = field(default_factory=dict)
    content: bytes = b""


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
    # What a request carries whoever sends it: its school, and what a proxy would add.
    manners: Mapping[str, str] = field(default_factory=lambda: {"X-School": "toto"})
    web: Child | None = None  # where a test looks at the processes themselves

    def call(
        self, method: str, path: str, data: dict[str, Any] | None = None, **headers: str
    ) -> Reply:
        """Send JSON to the school, and return what comes back, refusals included."""
        body = None if data is None else json.dumps(data).encode()
        return self.send(method, path, body, **{"Content-Type": "application/json", **headers})

    def log_in(self, email: str, password: str) -> dict[str, str]:
        """Log a person in; return the header that their requests carry from then on."""
        reply = self.auth("POST", "auth/login", {"email": email, "password": password})
        return {"Authorization": f"Bearer {reply.body['meta']['access_token']}"}

    def workers(self) -> list[int]:
        """Return the processes that answer, as they are now."""
        assert self.web is not None
        ask = ["ps", "-o", "pid=,args=", "--ppid", str(self.web.pid)]
        told = subprocess.run(ask, capture_output=True, text=True)
        # Beside them there is what Python starts to look after shared memory.
        lines = [line.split(None, 1) for line in told.stdout.splitlines()]
        return [int(pid) for pid, command in lines if "resource_tracker" not in command]

    def send(
        self, method: str, path: str, body: bytes | Iterable[bytes] | None, **headers: str
    ) -> Reply:
        """Send bytes to the school, and return what comes back; a redirect is not followed."""
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}",
            method=method,
            data=body,
            headers={**self.manners, **headers},
        )
        try:
            with OPENER.open(request, timeout=PATIENCE) as response:
                return _reply(response)
        except urllib.error.HTTPError as refusal:
            with refusal:
                return _reply(refusal)

    def upload(self, path: str, name: str, content: bytes, kind: str, **headers: str) -> Reply:
        """Send one file as a form does."""
        edge = uuid4().hex  # a new one each time, as browsers do
        head = f'Content-Disposition: form-data; name="file"; filename="{name}"'
        body = f"--{edge}\r\n{head}\r\nContent-Type: {kind}\r\n\r\n".encode() + content
        form = {"Content-Type": f"multipart/form-data; boundary={edge}"}
        return self.send("POST", path, body + f"\r\n--{edge}--\r\n".encode(), **form, **headers)

    def auth(self, method: str, path: str, data: Any = None, **headers: str) -> Reply:
        return self.call(method, f"/_allauth/app/v1/{path}", data, **headers)


class _StayingHere(urllib.request.HTTPRedirectHandler):
    """Follows no redirect: what it leads to is a test's own matter."""

    def redirect_request(self, *_: Any) -> None:
        return None


OPENER = urllib.request.build_opener(_StayingHere)


def _reply(response: Any) -> Reply:
    content = response.read()
    is_json = "json" in response.headers.get("Content-Type", "")
    return Reply(
        status=response.status,
        body=json.loads(content) if content and is_json else {},
        headers=dict(response.headers),
        content=content,
    )


@contextmanager
def mail_server(folder: Path) -> Iterator[MailServer]:
    """Run an SMTP server for the length of a block."""
    folder.mkdir(parents=True, exist_ok=True)
    with running(MailKeeper(folder)) as keeper:
        yield MailServer(port=keeper.port, folder=keeper.folder)


@contextmanager
def s3_server(folder: Path) -> Iterator[str]:
    """Run a server that speaks S3 for the length of a block; yields its address."""
    with running(S3Server(folder)) as server:
        yield server.address


@contextmanager
def product_server(
    data: Path, *, workers: int, port: int = 0, **environment: str
) -> Iterator[Server]:
    """
    Run the product over the database in `data` for the length of a block; its files too.

    On a free port, unless what is asked beforehand has to know it.
    """
    port = port or free_port()
    static = data / "static"
    web = Child(
        name="web server",
        command=web_command(port, workers=workers, static=static if static.exists() else None),
        environment=local(data) | environment,
        port=port,
        log=data / "web.log",
    )
    with running(web):
        yield Server(port=port, web=web)


def local(data: Path) -> dict[str, str]:
    """Return what tells a process to work on the database in `data`."""
    return {"DJANGO_SETTINGS_MODULE": "deploy.settings.local", "LYCEUM_DATA": str(data)}


def environment_of(data: Path, **more: str) -> dict[str, str]:
    """Return the environment of a process that works on the database in `data`."""
    return {**os.environ, "PYTHONPATH": python_path(), **local(data), **more}


def run_in(environment: Mapping[str, str], script: str) -> str:
    """Run Python with the product's environment, in a process of its own; return what it prints."""
    return subprocess.run(
        [sys.executable, "-c", f"import django\ndjango.setup()\n{script}"],
        cwd=ROOT,
        env=environment,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    ).stdout


@contextmanager
def running(child: Any) -> Iterator[Any]:
    """Start a process for the length of a block."""
    child.start_and_wait()
    try:
        yield child
    finally:
        child.stop(PATIENCE)
