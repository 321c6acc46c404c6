"""Measures a page of the leaderboards of badges, among few learners and among very many.

python3 manage.py bench leaderboards [--small 1000] [--large 100000] [--rounds 60]

As the feed's: a PostgreSQL of its own with two databases, which it asks in turn. Each learner has
the points of ten weeks.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import Any

from deploy.bench.feed import (
    LARGE,
    SMALL,
    Databases,
    Read,
    compare,
    connect,
    measure,
    report,
    say,
    using,
)
from deploy.engines import Postgres

FEWEST = 100  # learners of whom enough are listed for a page further down


def main() -> None:
    parser = ArgumentParser(
        prog="manage.py bench leaderboards", description="Measure the leaderboards."
    )
    compare(parser, run, large=100_000, fewest=FEWEST)


def run(postgres: Postgres, options: Namespace) -> bool:
    """Make both databases and measure; return whether all is within the limit."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connections
    from django.test import Client

    from deploy.bench.leaderboards_seeding import SLUG, more_learners, seed_school
    from deploy.databases import make_cache_table

    say("Making the tables…")
    call_command("migrate", verbosity=0, interactive=False)
    make_cache_table()
    reader, cohort = seed_school()
    more_learners(reader, 1, options.small)
    client = Client(headers={"host": f"{SLUG}.localhost"})
    client.force_login(reader, backend="lyceum.accounts.backends.AuthenticationBackend")
    connections["default"].close()
    databases = {SMALL: connect(postgres, SMALL), LARGE: connect(postgres, LARGE, copy_of=SMALL)}
    say(f"Making {options.large:,} learners…")
    with using(databases[LARGE]):
        more_learners(reader, options.small + 1, options.large)
    try:
        pages = pages_of(client, databases, cohort, deep=min(100, options.small // 8))
        found = measure(databases, pages, options.rounds)
    finally:
        for database in databases.values():
            database.close()
    return report(found, options)


def pages_of(
    client: Any, databases: Databases, cohort: Any, *, deep: int
) -> dict[str, dict[str, Read]]:
    """
    Return what is measured: by name, how it is read in each database.

    :param deep: the length of the pages, four of them, beyond which it is further down
    """
    from deploy.bench.leaderboards_seeding import LAST_WEEK

    def page(**query: Any) -> Any:
        answer = client.get("/api/v1/badges/leaderboards", query)
        assert answer.status_code == 200, answer.content
        assert len(answer.json()["items"]) > 10, answer.content
        return answer.json()

    late = {}
    for name, database in databases.items():
        with using(database):
            late[name] = page(week=LAST_WEEK, limit=deep)
            for _ in range(3):
                late[name] = page(week=LAST_WEEK, limit=deep, cursor=late[name]["next"])
    return {
        "of a week": dict.fromkeys(databases, lambda: page(week=LAST_WEEK)),
        "further down": {
            name: lambda at=late[name]["next"]: page(week=LAST_WEEK, cursor=at)
            for name in databases
        },
        "of all time": dict.fromkeys(databases, lambda: page(week="all")),
        "of a class": dict.fromkeys(databases, lambda: page(week=LAST_WEEK, cohort=cohort)),
    }


if __name__ == "__main__":
    main()
