"""What `manage.py test --engines` runs the suite on: PostgreSQL and Redis, started for it alone."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deploy.engines import Postgres, RedisServer
from tests.migrated import fill

TEMPLATE = "lyceum_template"  # the database that the suite's processes copy

# Tests need not survive a loss of power. They do survive a killed server: what was acknowledged
# must be written, so `synchronous_commit` stays.
QUICK = {
    "fsync": "off",
    "full_page_writes": "off",
    "max_connections": "120",
    # To make and empty tables by the hundred, as every test database does, needs many locks.
    "max_locks_per_transaction": "256",
}


@contextmanager
def engines() -> Iterator[None]:
    """Run PostgreSQL and Redis for the length of a block, and tell the test settings of them."""
    # Told to end, as by a time limit, the suite must not leave them behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("The suite was told to end."))
    with a_folder() as folder:
        parts = postgres, redis = Postgres(folder, settings=QUICK), RedisServer(folder)
        try:
            for part in parts:
                part.start_and_wait()
            fill(postgres, TEMPLATE)
            os.environ["LYCEUM_TEST_DATABASE_URL"] = postgres.url()
            os.environ["LYCEUM_TEST_REDIS_URL"] = redis.url().removesuffix("/0")
            yield
        finally:
            for part in parts:
                part.stop()


@contextmanager
def a_folder() -> Iterator[Path]:
    """Make a folder that the engines may keep their files in, for the length of a block."""
    folder = Path(tempfile.mkdtemp(prefix="lyceum-engines-"))
    # PostgreSQL, which root starts as somebody else, must get to its own folder in this one.
    folder.chmod(0o711)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)
