"""Measures the API, side by side with an empty view and with Wagtail's own API, in one run.

python3 manage.py bench [--lessons 1000] [--large 100000] [--rounds 9]
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from http.client import HTTPConnection
from pathlib import Path
from uuid import uuid4

from deploy.bench.client import Call, Client, Headers
from deploy.bench.measuring import Case, measure
from deploy.bench.processes import Server, serving
from deploy.bench.report import report
from deploy.bench.seeding import HOST, PASSWORD, Seeded
from deploy.engines import Postgres

OFTEN, SELDOM = 200, 40  # requests of a case in a round


def main() -> None:
    parser = ArgumentParser(prog="manage.py bench", description="Measure what the API costs.")
    parser.add_argument("--lessons", type=int, default=1000)
    parser.add_argument("--large", type=int, default=0, help="also lists among so many lessons")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--connections", type=int, default=4, help="requests under way at once")
    parser.add_argument(
        "--postgresql", action="store_true", help="on a PostgreSQL, started for the purpose"
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="lyceum-bench-") as folder:
        # Of this process the server's command line alone is asked, which names a folder in here.
        os.environ["LYCEUM_DATA"] = folder
        # Whatever this machine serves is none of a benchmark's business.
        os.environ.pop("DATABASE_URL", None)
        Path(folder, "static").mkdir()
        with a_postgresql(Path(folder)) if options.postgresql else nullcontext():
            run(Path(folder), options)


@contextmanager
def a_postgresql(folder: Path) -> Iterator[None]:
    """Run PostgreSQL for the length of a block, and have the settings name it."""
    # PostgreSQL, which root starts as somebody else, must get to its own folder in this one.
    folder.chmod(0o711)
    postgres = Postgres(folder)
    try:
        postgres.start_and_wait()
        os.environ["DATABASE_URL"] = postgres.url("postgres")
        for name in ("small", "large"):
            postgres.make_database(name)
        yield
    finally:
        postgres.stop()


def run(folder: Path, options: Namespace) -> None:
    with a_school(folder / "small", options.lessons) as (server, seeded):
        cases = cases_of(server, seeded)
        if not options.large:
            measure(cases, rounds=options.rounds, connections=options.connections)
            report(cases, options)
            return
        with a_school(folder / "large", options.large) as (larger, seeded_larger):
            cases |= lists_of(server, seeded, options.lessons)
            cases |= lists_of(larger, seeded_larger, options.large)
            measure(cases, rounds=options.rounds, connections=options.connections)
            report(cases, options)


@contextmanager
def a_school(data: Path, lessons: int) -> Iterator[tuple[Server, Seeded]]:
    """Make a school with so many lessons, and serve it for the length of a block."""
    say(f"Seeding {lessons:,} lessons…")
    environment = {**os.environ, "LYCEUM_DATA": str(data)}
    if address := environment.get("DATABASE_URL"):
        environment["DATABASE_URL"] = f"{address.rpartition('/')[0]}/{data.name}"
    made = subprocess.run(
        [sys.executable, "-m", "deploy.bench.seeding", str(lessons)],
        env=environment,
        stdout=subprocess.PIPE,
        check=True,
    )
    with serving(environment) as server:
        yield server, Seeded(**json.loads(made.stdout))


def cases_of(server: Server, seeded: Seeded) -> dict[str, Case]:
    """Return what is measured, in the order of the table."""
    token, cookie = token_of(server, seeded), cookie_of(server, seeded)
    detail, list_ = f"/api/v1/content/lessons/{seeded.lesson}", "/api/v1/content/lessons"
    gated = f"{list_}/{seeded.gated_lesson}"
    wagtail = "/api/v1/content/bench/wagtail/pages"
    listed = f"{wagtail}/?type=content_types.Lesson&limit=20"
    one = f"{wagtail}/{seeded.lesson_pk}/"
    creator = {"Authorization": f"Bearer {seeded.wagtail_token}"}
    tag = {"If-None-Match": tag_of(server, detail)}
    tag_of_list = {"If-None-Match": tag_of(server, list_)}
    attempt = Call(
        f"/api/v1/learning/exercises/{seeded.exercise}/attempts", token, an_answer, expected=201
    )
    calls: dict[str, tuple[str, Call, int]] = {
        "bare": ("an empty view, without middleware", Call("/bench/bare"), OFTEN),
        "floor": ("an empty view: the floor", Call("/api/v1/content/bench/empty"), OFTEN),
        "signed": (
            "the same, with our authentication",
            Call("/api/v1/content/bench/signed", token),
            OFTEN,
        ),
        "detail": ("lesson, anonymous", Call(detail), OFTEN),
        "list": ("20 lessons, anonymous", Call(list_), OFTEN),
        "304": ("lesson, anonymous, 304", Call(detail, tag, expected=304), OFTEN),
        "list304": ("20 lessons, anonymous, 304", Call(list_, tag_of_list, expected=304), OFTEN),
        "own detail": ("lesson, a learner by token", Call(detail, token), OFTEN),
        "own list": ("20 lessons, a learner by token", Call(list_, token), OFTEN),
        "gated": ("lesson with a prerequisite, by token", Call(gated, token), OFTEN),
        "cookie detail": ("lesson, a learner by cookie", Call(detail, cookie), OFTEN),
        "cookie list": ("20 lessons, a learner by cookie", Call(list_, cookie), OFTEN),
        "attempt": ("an attempt, by token", attempt, SELDOM),
        "v3 detail": ("Wagtail v3: lesson, anonymous", Call(one), SELDOM),
        "v3 list": ("Wagtail v3: 20 lessons, anonymous", Call(listed), SELDOM),
        "v3 own detail": ("Wagtail v3: lesson, a manager", Call(one, creator), SELDOM),
        "v3 own list": ("Wagtail v3: 20 lessons, a manager", Call(listed, creator), SELDOM),
    }
    return {
        key: Case(name=name, call=call, server=server, times=times)
        for key, (name, call, times) in calls.items()
    }


def lists_of(server: Server, seeded: Seeded, lessons: int) -> dict[str, Case]:
    """Return the lists that are measured among few lessons and among many."""
    token = token_of(server, seeded)
    path = "/api/v1/content/lessons"
    narrowed = f"{path}?category={seeded.category}&level=B1"
    far = {
        order: cursor_far_behind(server, lessons, order)
        for order in ("order", "title", "created", "updated")
    }
    calls = {
        "first": ("first page", Call(path)),
        "narrowed": ("of a category and level", Call(narrowed)),
        "own first": ("first page, a learner", Call(path, token)),
        "tagged": ("with a tag", Call(f"{path}?tag=spoken")),
        "short": ("of an hour at most", Call(f"{path}?duration_max=60")),
        "found": ("found by a rare word", Call(f"{path}?q=practice")),
        "narrowed by title": ("of a category, by title", Call(f"{narrowed}&order=title")),
        "own by title": ("by title, a learner", Call(f"{path}?order=title", token)),
    }
    for order, cursor in far.items():
        for turned in ("", "-"):
            asked = f"{path}?order={turned}{order}"
            calls[f"by {turned}{order}"] = (f"by {turned}{order}", Call(asked))
        calls[f"far by {order}"] = (
            f"by {order}, far behind",
            Call(f"{path}?order={order}&cursor={cursor}"),
        )
    return {
        f"{key} {lessons}": Case(
            name=f"{name}, of {lessons:,}", call=call, server=server, times=SELDOM
        )
        for key, (name, call) in calls.items()
    }


def an_answer() -> dict[str, object]:
    """Return an answer that has never been sent."""
    return {"answer": {"text": "The big dog sleep 0 hours."}, "client_id": str(uuid4())}


def token_of(server: Server, seeded: Seeded) -> Headers:
    """Log in as an app does; return the headers that say so."""
    connection = HTTPConnection("127.0.0.1", server.port)
    answer = log_in(connection, server, seeded, "/_allauth/app/v1/auth/login", {})
    return {"Authorization": f"Bearer {answer['meta']['access_token']}"}


def cookie_of(server: Server, seeded: Seeded) -> Headers:
    """Log in as a browser does; return the headers that say so."""
    connection = HTTPConnection("127.0.0.1", server.port)
    cookies: dict[str, str] = {}
    connection.request("GET", "/_allauth/browser/v1/config", headers={"Host": host_of(server)})
    keep_cookies(connection, cookies)
    headers = {"Cookie": jar(cookies), "X-CSRFToken": cookies["csrftoken"]}
    log_in(connection, server, seeded, "/_allauth/browser/v1/auth/login", headers, cookies)
    return {"Cookie": jar(cookies)}


def log_in(
    connection: HTTPConnection,
    server: Server,
    seeded: Seeded,
    path: str,
    headers: Headers,
    cookies: dict[str, str] | None = None,
) -> dict[str, dict[str, str]]:
    connection.request(
        "POST",
        path,
        json.dumps({"email": seeded.learner, "password": PASSWORD}),
        {"Host": host_of(server), "Content-Type": "application/json", **headers},
    )
    answer: dict[str, dict[str, str]] = json.loads(
        keep_cookies(connection, cookies if cookies is not None else {})
    )
    return answer


def keep_cookies(connection: HTTPConnection, cookies: dict[str, str]) -> bytes:
    response = connection.getresponse()
    for header in response.headers.get_all("Set-Cookie") or ():
        name, _, value = header.partition(";")[0].partition("=")
        cookies[name] = value
    return response.read()


def jar(cookies: dict[str, str]) -> str:
    return "; ".join(f"{name}={value}" for name, value in cookies.items())


def host_of(server: Server) -> str:
    return f"{HOST}:{server.port}"


def tag_of(server: Server, path: str) -> str:
    response, _ = Client(server.port, 1).once(Call(path))
    return str(response.headers["ETag"])


def cursor_far_behind(server: Server, lessons: int, order: str) -> str:
    """Return the cursor of a page that lies behind three quarters of all lessons."""
    client = Client(server.port, 1)
    cursor = ""
    for _ in range(lessons * 3 // 4 // 100):
        path = f"/api/v1/content/lessons?limit=100&order={order}&fields=id&cursor={cursor}"
        _, content = client.once(Call(path))
        cursor = json.loads(content)["next"]
    return cursor


def say(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
