"""Measures a page of the feed of moments, among few of them and among very many.

python3 manage.py bench feed [--small 1000] [--large 1000000] [--rounds 60]

It runs a PostgreSQL of its own with two databases, which it asks in turn, so that a busy machine
hits both alike.
"""

from __future__ import annotations

import os
import sys
import tempfile
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from deploy.engines import Postgres

SMALL, LARGE = "small", "large"
PEOPLE, FOLLOWED = 500, 40
LIMIT = 1.3  # how many times a page among many may cost one among few
SETTINGS = {"fsync": "off", "shared_buffers": "256MB", "max_wal_size": "4GB"}

Read = Callable[[], Any]
Databases = Mapping[str, Any]
# By page and database: a request's milliseconds, and those of them spent in the database.
Found = dict[str, dict[str, list[tuple[float, float]]]]


def main() -> None:
    parser = ArgumentParser(prog="manage.py bench feed", description="Measure the feed.")
    compare(parser, run, large=1_000_000)


def compare(
    parser: ArgumentParser,
    run: Callable[[Postgres, Namespace], bool],
    *,
    large: int,
    fewest: int = 1,
) -> None:
    """
    Measure among few and among many, as the command line says, and exit with the verdict.

    :param fewest: how many there must be at least for all pages to be there
    """
    parser.add_argument("--small", type=int, default=1000)
    parser.add_argument("--large", type=int, default=large)
    parser.add_argument("--rounds", type=int, default=60)
    options = parser.parse_args()
    if not fewest <= options.small < options.large:
        parser.error(f"Measure {fewest} or more (--small) against more than those (--large).")
    with tempfile.TemporaryDirectory(prefix="lyceum-bench-") as folder:
        # PostgreSQL, which root starts as somebody else, must get to its own folder in this one.
        Path(folder).chmod(0o711)
        os.environ["LYCEUM_DATA"] = folder
        with a_postgres(Path(folder)) as postgres:
            is_within = run(postgres, options)
    sys.exit(not is_within)


@contextmanager
def a_postgres(folder: Path) -> Iterator[Postgres]:
    """Run PostgreSQL for the length of a block, and tell the settings of it."""
    postgres = Postgres(folder, settings=SETTINGS)
    try:
        postgres.start_and_wait()
        postgres.make_database(SMALL)
        os.environ["DATABASE_URL"] = postgres.url(SMALL)
        os.environ["DJANGO_SETTINGS_MODULE"] = "deploy.bench.feed_settings"
        yield postgres
    finally:
        postgres.stop()


def run(postgres: Postgres, options: Namespace) -> bool:
    """Make both databases and measure; return whether all is within the limit."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connections
    from django.test import Client

    from deploy.bench.feed_seeding import SLUG, more_moments, seed_people
    from deploy.databases import make_cache_table

    say("Making the tables…")
    call_command("migrate", verbosity=0, interactive=False)
    make_cache_table()
    reader = seed_people(PEOPLE, FOLLOWED)
    more_moments(reader, 1, options.small)
    client = Client(headers={"host": f"{SLUG}.localhost"})
    client.force_login(reader, backend="lyceum.accounts.backends.AuthenticationBackend")
    connections["default"].close()
    databases = {SMALL: connect(postgres, SMALL), LARGE: connect(postgres, LARGE, copy_of=SMALL)}
    say(f"Making {options.large:,} moments…")
    with using(databases[LARGE]):
        more_moments(reader, options.small + 1, options.large)
    try:
        found = measure(databases, pages_of(client, databases), options.rounds)
    finally:
        for database in databases.values():
            database.close()
    return report(found, options)


def connect(postgres: Postgres, name: str, *, copy_of: str = "") -> Any:
    """Return Django's connection to a database; with `copy_of`, make it of that one first."""
    import psycopg
    from django.db import connections

    if copy_of:
        with psycopg.connect(postgres.url("postgres"), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{copy_of}"')
    made = connections.create_connection("default")
    made.settings_dict = {**made.settings_dict, "NAME": name}
    return made


@contextmanager
def using(database: Any) -> Iterator[None]:
    """Have all that is asked for the length of a block asked of one of the two databases."""
    from django.db import connections

    before = connections["default"]
    connections["default"] = database
    try:
        yield
    finally:
        connections["default"] = before


def pages_of(client: Any, databases: Databases) -> dict[str, dict[str, Read]]:
    """Return what is measured: by name, how it is read in each database."""

    def page(**query: Any) -> Any:
        answer = client.get("/api/v1/moments", query)
        assert answer.status_code == 200, answer.content
        return answer.json()

    late = {}
    for name, database in databases.items():
        with using(database):
            late[name] = cursor_of_the_middle()
    return {
        "first page": dict.fromkeys(databases, page),
        "a page in the middle": {name: lambda at=late[name]: page(cursor=at) for name in databases},
        "of whom one follows": {name: lambda: page(of="following") for name in databases},
        "featured": {name: lambda: page(featured="true") for name in databases},
    }


def cursor_of_the_middle() -> str:
    """Return the cursor of a page in the middle of all moments."""
    from django.apps import apps

    from lyceum.http.pagination import Paging, paginate

    moments = apps.get_model("moments", "Moment").objects
    middle = moments.order_by("id")[moments.count() // 2].created_at
    page = paginate(
        moments.filter(created_at__lte=middle),
        order=("-created_at", "-uuid"),
        paging=Paging(limit=1),
        view=lambda row: row,
    )
    return str(page["next"])


class Clock:
    """Counts what a request waits for its database, in milliseconds."""

    def __init__(self) -> None:
        self.waited = 0.0

    def __call__(self, execute: Any, *query: Any) -> Any:
        began = perf_counter()
        try:
            return execute(*query)
        finally:
            self.waited += (perf_counter() - began) * 1000


def measure(databases: Databases, pages: dict[str, dict[str, Read]], rounds: int) -> Found:
    """Return what each reading of each page took, and what of it the database, by database."""
    took: Found = {page: {name: [] for name in databases} for page in pages}
    for number in range(rounds + 3):
        for page, reads in pages.items():
            # Forwards and backwards, so that none is always measured after the same other.
            for name in list(databases)[:: 1 if number % 2 else -1]:
                clock = Clock()
                with using(databases[name]), databases[name].execute_wrapper(clock):
                    began = perf_counter()
                    reads[name]()
                    passed = (perf_counter() - began) * 1000
                if number >= 3:  # the first ones warm up
                    took[page][name].append((passed, clock.waited))
    return took


def report(took: Found, options: Namespace) -> bool:
    """Print a table; return whether each page is within the limit."""
    head = f"{options.small:>12,}{options.large:>12,}{'times':>8}"
    print(f"{'medians, in ms':24}{'a request: ' + head:>44}{'its database: ' + head:>47}")
    is_within = True
    for page, found in took.items():
        row = f"{page:24}"
        for part in (0, 1):
            small, large = ([each[part] for each in found[name]] for name in (SMALL, LARGE))
            ratio = median(more / less for less, more in zip(small, large, strict=True))
            row += (
                f"{median(small):>{24 if part == 0 else 27}.2f}{median(large):>12.2f}{ratio:>8.2f}"
            )
            is_within &= ratio <= LIMIT
        print(row)
    print(f"At most {LIMIT} times: {'yes' if is_within else 'NO'}.")
    return is_within


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
