"""The migrated, empty database of each engine: made once for a state of migrations, then copied.

Migrating takes half a minute of a processor, and many tests begin with a database of their own.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deploy.engines import Postgres
from deploy.processes import ROOT, python_path

KEPT = ROOT / ".data"
MIGRATE_A_FILE = """
import sys, django
django.setup()
from django.core.management import call_command
from django.db import connection
call_command("migrate", verbosity=0)
with connection.cursor() as cursor:
    cursor.execute("VACUUM INTO %s", sys.argv[1:])
"""


def sqlite_file() -> Path:
    """Return the file of SQLite that the migrations make. Nobody may write to it."""
    path = _kept("sqlite3")
    with _one_at_a_time():
        if not path.exists():
            with tempfile.TemporaryDirectory(prefix="lyceum-migrated-", dir=KEPT) as folder:
                made = Path(folder, "made")
                _run_ours("-c", MIGRATE_A_FILE, str(made), LYCEUM_TEST_DATABASE_URL="")
                _keep(made, path)
    return path


def fill(postgres: Postgres, database: str) -> None:
    """Make a database of a running PostgreSQL, with what the migrations make in it."""
    path, address = _kept("dump"), postgres.url(database)
    postgres.make_database(database)
    with _one_at_a_time():
        if path.exists():
            _run(postgres, "pg_restore", "--exit-on-error", "--dbname", address, str(path))
            return
        migrate_postgresql(address)
        with tempfile.TemporaryDirectory(prefix="lyceum-migrated-", dir=KEPT) as folder:
            dump = Path(folder, "dump")
            _run(postgres, "pg_dump", "--format=custom", "--file", str(dump), address)
            _keep(dump, path)


def migrate_postgresql(address: str) -> None:
    """Migrate an empty database at an address."""
    _run_ours("manage.py", "migrate", "--verbosity", "0", LYCEUM_TEST_DATABASE_URL=address)


def _run_ours(*arguments: str, **environment: str) -> None:
    """Run Python on the suite's settings: its plugin's tables belong to what is kept."""
    settings = {
        "DJANGO_SETTINGS_MODULE": "deploy.settings.test",
        "PYTHONPATH": python_path(),
        # What is kept is for every run, and other shelves are of some.
        "LYCEUM_PLUGIN_SHELVES": "",
    }
    command = [sys.executable, *arguments]
    subprocess.run(command, cwd=ROOT, env={**os.environ, **settings, **environment}, check=True)


def _run(postgres: Postgres, program: str, *arguments: str) -> None:
    subprocess.run([str(postgres.programs / program), *arguments], check=True)


def _kept(ending: str) -> Path:
    """Return where what the migrations make is kept: a name for each state of them."""
    digest = hashlib.sha256()
    for source in (
        *sorted(ROOT.glob("platform/**/migrations/*.py")),
        *sorted(ROOT.glob("content_types/migrations/*.py")),
        *sorted(ROOT.glob("plugins/*/migrations/*.py")),
        *sorted(ROOT.glob("tests/plugins/*/migrations/*.py")),
        ROOT / "deploy/requirements.lock",
        ROOT / "deploy/settings/base.py",
    ):
        digest.update(source.read_bytes())
    return KEPT / f"test-template-{digest.hexdigest()[:16]}.{ending}"


def _keep(made: Path, path: Path) -> None:
    for old in KEPT.glob(f"test-template-*{path.suffix}"):
        old.unlink(missing_ok=True)
    # Renamed into place: whoever is killed meanwhile must not leave half a file.
    made.rename(path)


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    KEPT.mkdir(exist_ok=True)
    with open(KEPT / "test-template.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
