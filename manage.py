#!/usr/bin/env python3
"""Lyceum's one entrance: makes its own environment when needed, then runs the command in it.

`python3 manage.py demo` and `python3 manage.py test` are all the set-up there is. This file runs
before anything is installed, so its first half uses the standard library alone.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent
ENVIRONMENT = ROOT / ".venv"
LOCK_FILE = ROOT / "deploy" / "requirements.lock"
STAMP = ENVIRONMENT / "lyceum.stamp"
PYTHON = (3, 11)


def main() -> int:
    """Run one command in Lyceum's environment, making the environment first where it must."""
    # An image whose interpreter holds the packages already needs no second environment.
    if not os.environ.get("LYCEUM_NO_ENVIRONMENT"):
        interpreter = ensure_environment()
        if Path(sys.prefix).resolve() != ENVIRONMENT.resolve():
            os.execv(interpreter, [str(interpreter), str(ROOT / "manage.py"), *sys.argv[1:]])
    return run(sys.argv)


def ensure_environment() -> Path:
    """Make `.venv` from the lock file if it is missing or out of date; return its interpreter."""
    interpreter = ENVIRONMENT / "bin" / "python"
    if is_current():
        return interpreter
    with only_one_at_a_time():
        if is_current():
            return interpreter
        build_environment(interpreter)
    return interpreter


def is_current() -> bool:
    return STAMP.exists() and STAMP.read_text() == wanted_stamp()


def wanted_stamp() -> str:
    digest = hashlib.sha256(LOCK_FILE.read_bytes()).hexdigest()
    return f"{digest} {PYTHON[0]}.{PYTHON[1]} {ROOT}\n"


def build_environment(interpreter: Path) -> None:
    base = find_python()
    say(f"Making the environment in {ENVIRONMENT} (once)…")
    shutil.rmtree(ENVIRONMENT, ignore_errors=True)
    made = subprocess.run([base, "-m", "venv", str(ENVIRONMENT)], capture_output=True, text=True)
    if made.returncode:
        shutil.rmtree(ENVIRONMENT, ignore_errors=True)
        sys.exit(
            "Python's venv module could not make an environment here. On Debian and Ubuntu:\n"
            "    apt-get install python3.11-venv\n" + made.stdout[-500:]
        )
    say("Installing the packages of deploy/requirements.lock: up to some minutes, in silence…")
    install = [str(interpreter), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    if subprocess.call([*install, "--require-hashes", "--no-deps", "-r", str(LOCK_FILE)]):
        sys.exit("The packages could not be installed (see above). Run the same command again.")
    put_rooms_on_the_path(interpreter)
    STAMP.write_text(wanted_stamp())
    say("The environment is ready.")


def put_rooms_on_the_path(interpreter: Path) -> None:
    """Let every interpreter of the environment import the rooms, wherever it is started."""
    packages = subprocess.check_output(
        [str(interpreter), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        text=True,
    )
    Path(packages.strip(), "lyceum.pth").write_text(f"{ROOT / 'platform'}\n{ROOT}\n")


def find_python() -> str:
    if sys.version_info[:2] == PYTHON:
        # Run by the environment that is out of date, its interpreter is about to go.
        return str(getattr(sys, "_base_executable", sys.executable))
    name = f"python{PYTHON[0]}.{PYTHON[1]}"
    found = shutil.which(name)
    if found is None:
        sys.exit(f"Lyceum needs {name}; this is Python {sys.version.split()[0]}. Install {name}.")
    return found


@contextlib.contextmanager
def only_one_at_a_time() -> Iterator[None]:
    import fcntl

    with open(ROOT / ".venv.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def say(message: str) -> None:
    print(f"lyceum: {message}", file=sys.stderr, flush=True)


def run(argv: list[str]) -> int:
    """Run the everyday suite for `test`, a Django command for anything else."""
    os.chdir(ROOT)
    for room in (str(ROOT), str(ROOT / "platform")):
        if room not in sys.path:
            sys.path.insert(0, room)
    if argv[1:2] == ["test"]:
        return run_tests(argv[2:])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "deploy.settings.local")
    from django.core.management import execute_from_command_line

    execute_from_command_line(argv)
    return 0


def run_tests(options: list[str]) -> int:
    """
    Run pytest: the everyday suite; with `--all` the long tests too; with `--engines` what touches
    SQL, on PostgreSQL and Redis, which are started for it. The other options are pytest's.
    """
    import pytest

    ours = {option for option in ("--all", "--engines") if option in options}
    rest = [option for option in options if option not in ours]
    if not rest:
        # A whole suite takes every core; what somebody asks for by name takes one.
        rest = ["-n", "auto"]
    marks = ["django_db"] if "--engines" in ours else []  # what touches SQL
    marks += [] if "--all" in ours else ["not long"]
    marker = ["-m", " and ".join(marks)] if marks else []
    with engines_where("--engines" in ours):
        # Named, since the tests of a plugin on another shelf lie in no folder of ours.
        return int(pytest.main(["-c", str(ROOT / "pyproject.toml"), *marker, *rest]))


def engines_where(wanted: bool) -> contextlib.AbstractContextManager[None]:
    """Return what starts and stops the engines of the tests, or what does nothing."""
    if not wanted:
        return contextlib.nullcontext()
    from tests.engines import engines

    return engines()


if __name__ == "__main__":
    sys.exit(main())
