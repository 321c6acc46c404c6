"""Small things that are large within, sent to a real server: refused, in little memory."""

from __future__ import annotations

import re
import shutil
import socket
import struct
import subprocess
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.processes import ROOT
from tests.migrated import sqlite_file
from tests.people import PASSWORD
from tests.services.servers import Server, environment_of, product_server

# For the tables alone, which `data` copies: the server has a database of its own.
pytestmark = pytest.mark.long

MOST_GROWTH = 100_000  # kB
FOUND_THE_SCHOOL = f"""
import django
django.setup()
from django.core.management import call_command
from lyceum.accounts.models import User
from lyceum.content.founding import found_school
call_command("createcachetable", database="cache")
found_school(slug="toto", name="Toto", host="toto.test", languages=["en"],
             signup_policy="open", catalogue="public")
User.objects.create_user("ana@example.test", "{PASSWORD}")
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("data")
    shutil.copy(sqlite_file(), folder / "lyceum.sqlite3")
    found = [sys.executable, "-c", FOUND_THE_SCHOOL]
    subprocess.run(found, cwd=ROOT, env=environment_of(folder), check=True)
    with product_server(folder, workers=1) as running:
        yield running


def a_png(width: int, height: int) -> bytes:
    """Return a whole picture of one colour: hundreds of megapixels in some kilobytes."""
    packer = zlib.compressobj(9)
    row = b"\0" * (1 + width // 8)
    pixels = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", pixels), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )


def a_gif(width: int, height: int, frames: int) -> bytes:
    frame = b"," + struct.pack("<HHHHB", 0, 0, width, height, 0) + b"\x02\x02\x44\x01\x00"
    head = b"GIF89a" + struct.pack("<HHBBB", width, height, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff"
    return head + frame * frames + b";"


def raw(server: Server, request: bytes) -> bytes:
    """Send bytes as they are; return what comes back until the server closes or falls silent."""
    answer = b""
    with socket.create_connection(("127.0.0.1", server.port), timeout=60) as line:
        line.sendall(request)
        line.settimeout(5)
        try:
            while part := line.recv(65536):
                answer += part
        except TimeoutError:
            pass
    return answer


def put_picture(server: Server, token: str, content: bytes) -> bytes:
    form = (
        b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\n'
        + content
        + b"\r\n--b--\r\n"
    )
    head = (
        "PUT /api/v1/me/avatar HTTP/1.1\r\nHost: 127.0.0.1\r\nX-School: toto\r\n"
        f"Authorization: Bearer {token}\r\nContent-Type: multipart/form-data; boundary=b\r\n"
        f"Content-Length: {len(form)}\r\nConnection: close\r\n\r\n"
    )
    return raw(server, head.encode() + form)


def peak_memory_of_servers(server: Server) -> int:
    """Return the most kilobytes that any process at the server's port ever held."""
    found = 0
    for folder in Path("/proc").iterdir():
        try:
            if f"--port\0{server.port}\0".encode() in (folder / "cmdline").read_bytes():
                told = re.search(r"VmHWM:\s+(\d+)", (folder / "status").read_text())
                found = max(found, int(told.group(1)) if told else 0)
        except (OSError, ProcessLookupError):
            continue
    return found


def test_bombs_are_refused_and_the_memory_stays_small(server: Server) -> None:
    log_in = server.auth("POST", "auth/login", {"email": "ana@example.test", "password": PASSWORD})
    token = log_in.body["meta"]["access_token"]
    bearer = {"Authorization": f"Bearer {token}"}
    assert b" 204 " in put_picture(server, token, a_png(800, 600))
    before = peak_memory_of_servers(server)
    assert before > 0

    for bomb in (a_png(20_000, 20_000), a_gif(65_000, 65_000, 1), a_gif(20_000, 20_000, 5_000)):
        assert len(bomb) < 200_000
        assert b"not_an_image" in put_picture(server, token, bomb)
    for body in ({"bio": "x" * 9_000_000}, {"preferences": {"a": [[]] * 100_000}}):
        assert server.call("PATCH", "/api/v1/me", body, **bearer).status in {413, 422}

    growth = peak_memory_of_servers(server) - before
    sys.stdout.write(f"{before} kB before, {growth} kB more at most\n")
    assert growth < MOST_GROWTH
    assert server.call("GET", "/api/v1/me", **bearer).status == 200


@pytest.mark.parametrize(
    "request_head",
    [
        "POST /api/v1/me HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n",
        "POST /api/v1/me HTTP/1.1\r\nContent-Length: 5\r\nContent-Length: 50\r\n",
        "POST /api/v1/me HTTP/1.1\r\nTransfer-Encoding: xchunked\r\n",
        "POST /api/v1/me HTTP/1.1\r\nContent-Length: -1\r\n",
        "GET /api/v1/me HTTP/1.1\r\nX-School: " + "x" * 2_000_000 + "\r\n",
        "GET /" + "x" * 2_000_000 + " HTTP/1.1\r\n",
    ],
    ids=["two lengths", "one length twice", "a strange coding", "below zero", "header", "address"],
)
def test_a_request_that_two_servers_would_read_differently_hides_no_second(
    request_head: str, server: Server
) -> None:
    second = "0\r\n\r\nGET /api/v1/health/live?hidden=1 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"

    answer = raw(server, f"{request_head}Host: 127.0.0.1\r\n\r\n{second}".encode())

    statuses = re.findall(rb"HTTP/1\.1 (\d{3})", answer)
    assert not any(status.startswith(b"5") for status in statuses)
    assert b'"status":"ok"' not in answer.replace(b" ", b"")
    assert server.call("GET", "/api/v1/health/live").status == 200
