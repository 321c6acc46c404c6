"""The demo as a newcomer meets it: started, tried, interrupted, started again, in a fresh copy."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT

pytestmark = pytest.mark.long

FIRST_START = 600  # seconds, on a slow machine
SCHOOLS = ("toto", "learnify", "campus")


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy the sources to a new folder, so that its `.data` begins empty."""
    house = tmp_path_factory.mktemp("house")
    listed = subprocess.check_output(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"], cwd=ROOT, text=True
    )
    for name in listed.splitlines():
        if (ROOT / name).is_file():
            (house / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, house / name)
    return house


def command(house: Path, *options: str) -> list[str]:
    return [sys.executable, str(house / "manage.py"), "demo", *options]


def environment(**variables: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    return {**kept, "LYCEUM_NO_ENVIRONMENT": "1", "PYTHONPATH": "", **variables}


def run(house: Path, *options: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(house, *options),
        cwd=house,
        env=environment(**variables),
        capture_output=True,
        text=True,
        timeout=FIRST_START,
    )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/v1/health/live", timeout=5) as it:
            return bool(it.status == 200)
    except OSError:
        return False


def wait_until(condition: object, *, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < deadline, "It did not happen in time."
        time.sleep(0.2)


@contextmanager
def running(house: Path, port: int) -> Iterator[tuple[subprocess.Popen[bytes], Path]]:
    """Run the demo for the length of a block; yield its process and what it prints."""
    printed = house / f"printed-{port}.txt"
    with printed.open("wb") as output:
        demo = subprocess.Popen(
            command(house, "--port", str(port)),
            cwd=house,
            env=environment(),
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        wait_until(lambda: "Ctrl-C stops" in printed.read_text(), seconds=FIRST_START)
        yield demo, printed
    finally:
        demo.send_signal(signal.SIGTERM)
        demo.wait(timeout=30)


def children_of(pid: int) -> list[int]:
    told = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True)
    return [int(line) for line in told.stdout.split()]


def test_check_tries_every_school_and_leaves_nothing_running(house: Path) -> None:
    done = run(house, "--check")

    assert done.returncode == 0, done.stdout + done.stderr
    for school in SCHOOLS:
        assert f"{school}: signed in as learner@{school}.test" in done.stdout
        assert re.search(rf"{school}: answered .*score", done.stdout)
        assert f"{school}: read progress" in done.stdout


def test_what_the_welcome_prints_works_as_pasted(house: Path) -> None:
    with running(house, free_port()) as (_, printed):
        lines = [line for line in printed.read_text().splitlines() if "curl -s" in line]
        told = [subprocess.check_output(["bash", "-c", line], text=True) for line in lines]

    assert len(lines) == len(SCHOOLS)
    assert all(answer.startswith('{"items":[{') for answer in told), told


def test_what_the_readme_says_works_as_pasted(house: Path, tmp_path: Path) -> None:
    text = (house / "README.md").read_text(encoding="utf-8")
    blocks = [
        block for block in re.findall(r"```sh\n(.*?)```", text, re.S) if "manage.py" not in block
    ]
    port = free_port()
    script = "\n".join(blocks).replace(":8000", f":{port}")

    with running(house, port):
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", script],
            cwd=tmp_path,
            capture_output=True,
            text=True,
        )

    assert done.returncode == 0, done.stderr
    assert '"email":"learner@toto.test"' in done.stdout.replace('": "', '":"')
    assert '"status":"marked"' in done.stdout.replace('": "', '":"')
    assert done.stdout.rstrip().endswith("}")
    assert "not_authenticated" in done.stdout


def test_a_second_start_keeps_the_data_and_takes_seconds(house: Path) -> None:
    database = house / ".data" / "lyceum.sqlite3"
    run(house, "--check")
    made = database.stat().st_ino

    begun = time.monotonic()
    with running(house, free_port()) as (_, printed):
        assert "Founding" not in printed.read_text()

    assert time.monotonic() - begun < 60
    assert database.stat().st_ino == made


def test_a_server_that_dies_is_started_anew(house: Path) -> None:
    port = free_port()
    with running(house, port) as (demo, printed):
        for child in children_of(demo.pid):
            os.kill(child, signal.SIGKILL)
        wait_until(lambda: printed.read_text().count("started anew") == 2, seconds=30)
        wait_until(lambda: answers(port), seconds=60)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_the_whole_tree(house: Path, number: int) -> None:
    port = free_port()
    with running(house, port) as (demo, _):
        tree = children_of(demo.pid)
        demo.send_signal(number)
        assert demo.wait(timeout=30) == 0

    assert len(tree) == 2
    assert not answers(port)
    assert not any(Path(f"/proc/{pid}").exists() for pid in tree)


def test_a_taken_port_is_said_plainly(house: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        done = run(house, "--port", str(other.getsockname()[1]))

    assert done.returncode == 1
    assert "is taken, perhaps by a demo" in done.stderr


@pytest.mark.parametrize(
    "variables",
    [
        {"LYCEUM_PRODUCTION": "1"},
        {"DATABASE_URL": "postgres://db/lyceum"},
        {"DJANGO_SETTINGS_MODULE": "deploy.settings.test"},
        {"EMAIL_HOST": "mail.example.org"},
    ],
)
def test_it_refuses_to_start_where_a_production_setting_is_on(
    house: Path, variables: dict[str, str]
) -> None:
    done = run(house, "--check", **variables)

    assert done.returncode == 1
    assert "The demo does not start here" in done.stderr
    assert next(iter(variables)) in done.stderr


def test_reset_refuses_while_the_demo_runs_and_then_starts_over(house: Path) -> None:
    with running(house, free_port()):
        refused = run(house, "--reset", "--check")
    database = house / ".data" / "lyceum.sqlite3"
    made = database.stat().st_ctime

    done = run(house, "--reset", "--check")

    assert refused.returncode == 1
    assert "is running" in refused.stderr
    assert "Deleting .data/lyceum.sqlite3" in done.stdout
    assert done.returncode == 0
    assert database.stat().st_ctime > made
    assert (house / "README.md").exists()
