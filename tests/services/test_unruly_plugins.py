"""Plugins that break or hang when they are called: it costs them alone, and at worst a process."""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import threading
import time
from collections.abc import Callable
from contextlib import closing, suppress
from http.client import HTTPException
from pathlib import Path
from typing import Any

import pytest

from deploy.processes import ROOT, Child
from deploy.serving import worker_command
from tests.services.servers import (
    Reply,
    Server,
    environment_of,
    local,
    product_server,
    run_in,
)

# For the tables alone, which `data` copies: the servers have a database of their own.
pytestmark = [pytest.mark.long, pytest.mark.django_db]

SHELF = {"LYCEUM_PLUGIN_SHELVES": str(ROOT / "tests" / "plugins" / "broken" / "calling")}
PATIENCE = 120.0

SWITCH_ON = """
from django.db import transaction
from lyceum.events.models import Delivery
from lyceum.events.services import Fact, publish
from lyceum.kernel.clock import now
from lyceum.schools.current import school_by_slug
from lyceum.schools.models import PluginFailure
from lyceum.schools.plugins.courier import Courier
from lyceum.schools.plugins.switching import enable_plugin
PluginFailure.objects.all().delete()
Delivery.objects.all().delete()
school = school_by_slug("toto")
for slug in ("stage", "polite", "unruly"):
    enable_plugin(actor=None, school=school, slug=slug, at=now())

def say(how):
    with transaction.atomic():
        publish(Fact("stage.asked", at=now(), school=school.uuid, data={"how": how}))
"""
TELL = """
for how in ("fine", "end", "sleep", "fine again"):
    say(how)
courier = Courier(deadline=2)
print(courier.deliver())
courier.runner.stop()
"""

WRITE_AND_HANG = """
say("write and sleep")
courier = Courier()
courier.deliver()
courier.runner.stop()
"""
TELL_BY_TWO = """
from threading import Thread
from time import sleep
from django.db import connections
for number in range(40):
    say(f"once {number}")
two = [Courier(), Courier()]

def work(courier):
    courier.deliver()
    courier.runner.stop()
    connections.close_all()

threads = [Thread(target=work, args=(courier,)) for courier in two]
for thread in threads:
    thread.start()
while any(thread.is_alive() for thread in threads):
    # Somebody else writes all the time, as requests do.
    PluginFailure.objects.create(school_id=school.id, slug="nobody", hook="none", error="none")
    sleep(0.01)
"""
EMPTY_THE_BINS = """
from datetime import timedelta
from uuid import uuid4
from lyceum.community.models import BinnedThing
from lyceum.community.tasks import empty_the_bins
old = {"type": "unruly.thing", "thing": uuid4(), "kept_until": now() - timedelta(days=1)}
BinnedThing.objects.create(school_id=school.id, **old)
empty_the_bins()
"""

SOMETHING_OF_IT = """
import json
from lyceum.community.reports import report
from lyceum.kernel.identity import new_uuid
from lyceum.schools.scope import within
from lyceum.testing.people import a_learner, a_member, a_token
from tests.exercises import an_exercise
from tests.pages import a_lesson
school = school_by_slug("toto")
with within(school):
    exercise = an_exercise(a_lesson(school), kind="unruly_part")
    ana, moderator = a_learner(school), a_member(school, "moderator")
    report(reporter=ana, school=school, type="unruly.thing", thing=new_uuid(), kind="spam",
           at=now())
    learns = a_token(ana, school, "learning:write")
    moderates = a_token(moderator, school, "moderation:read", "moderation:write")
print(json.dumps({"exercise": str(exercise.uuid), "learns": learns, "moderates": moderates}))
"""

WRITE = """
from lyceum.schools.models import School
School.objects.update(name="Written")
"""


@pytest.fixture
def environment(data: Path) -> dict[str, str]:
    """What tells a process of the school in which these plugins are on."""
    return environment_of(data, **SHELF)


@pytest.fixture
def switched_on(environment: dict[str, str]) -> None:
    run_in(environment, SWITCH_ON)


@pytest.fixture(scope="module")
def made(data: Path) -> dict[str, str]:
    """An exercise of the plugin's kind, a thing of it that was reported, and who may go to them."""
    told = run_in(environment_of(data, **SHELF), SWITCH_ON + SOMETHING_OF_IT)
    found: dict[str, str] = json.loads(told.splitlines()[-1])
    return found


def noted(data: Path, what: str) -> list[Any]:
    """Return the rows of a query: what the host wrote down."""
    with closing(sqlite3.connect(data / "lyceum.sqlite3")) as database:
        return database.execute(what).fetchall()


def failures(data: Path) -> list[str]:
    return [
        error for (error,) in noted(data, "SELECT error FROM schools_pluginfailure ORDER BY id")
    ]


def in_force(data: Path) -> list[str]:
    ((plugins,),) = noted(data, "SELECT plugins FROM schools_school WHERE slug = 'toto'")
    return sorted(json.loads(plugins))


def suspended_because(data: Path) -> str:
    what = "SELECT suspended_because FROM schools_pluginswitch WHERE slug = 'unruly'"
    ((because,),) = noted(data, what)
    return str(because)


def polite_heard(data: Path) -> list[str]:
    what = "SELECT changes FROM events_auditentry WHERE action = 'polite.heard' ORDER BY id"
    return [json.loads(changes)["how"][1] for (changes,) in noted(data, what)]


def played(server: Server, how: str) -> Any:
    return server.call("GET", f"/api/v1/stage/play?how={how}").body["said"]


@pytest.mark.usefixtures("switched_on")
def test_a_hook_that_breaks_costs_its_own_result_and_one_that_keeps_breaking_is_suspended(
    data: Path,
) -> None:
    with product_server(data, workers=1, **SHELF) as server:
        before = server.workers()

        assert played(server, "fine") == ["polite: fine", "unruly: fine"]
        for how in ("raise", "exit", "busy", "raise", "exit", "fine"):
            assert played(server, how) == [f"polite: {how}"]

        assert server.workers() == before
    told = [error.split(":")[0] for error in failures(data)]
    assert told == ["RuntimeError", "SystemExit", "Overran", "RuntimeError", "SystemExit"]
    assert in_force(data) == ["polite", "stage"]
    assert suspended_because(data) == "It failed 5 times within 10 minutes, last in play."
    audit = "SELECT target_type FROM events_auditentry WHERE action = 'plugin.suspended'"
    assert ("plugin:unruly",) in noted(data, audit)


@pytest.mark.usefixtures("switched_on")
def test_a_process_in_which_one_hangs_for_good_is_replaced_and_the_site_is_up(data: Path) -> None:
    with product_server(data, workers=2, **SHELF) as server:
        before = set(server.workers())
        hang(server, "swallow")
        statuses = []

        def is_replaced() -> bool:
            statuses.append(server.call("GET", "/api/v1/school").status)
            there = set(server.workers())
            return len(there) == 2 and len(there - before) == 1

        until(is_replaced)

        # The process that is leaving says so; the other one answers, and nobody is cut off.
        assert set(statuses) <= {200, 503}
        assert statuses.count(200) > statuses.count(503)
        assert played(server, "swallow") == ["polite: swallow"]
    assert in_force(data) == ["polite", "stage"]
    assert suspended_because(data) == "It hung in play and could not be interrupted."


@pytest.mark.usefixtures("switched_on")
def test_an_only_process_ends_whole_so_that_its_supervisor_starts_it_anew(data: Path) -> None:
    with product_server(data, workers=1, **SHELF) as server:
        assert server.web is not None
        hang(server, "sleep")

        until(server.web.is_dead)
        server.web.start_and_wait()

        assert played(server, "sleep") == ["polite: sleep"]


def test_news_that_hangs_or_ends_its_process_is_cut_off_and_others_hear_it_all(
    data: Path, environment: dict[str, str]
) -> None:
    run_in(environment, SWITCH_ON + TELL)

    assert polite_heard(data)[-4:] == ["fine", "end", "sleep", "fine again"]
    assert failures(data) == ["DidNotFinish: It ended its process."]
    # What ended the process waits its minutes; what came after it, for the next round.
    waiting = noted(data, "SELECT consumer, attempts FROM events_delivery ORDER BY event_id")
    assert waiting == [("plugin:unruly", attempts) for attempts in (1, 0, 0)]


def test_one_that_hangs_while_nobody_else_can_write_is_cut_off_before_they_give_up(
    data: Path, environment: dict[str, str]
) -> None:
    run_in(environment, SWITCH_ON + WRITE_AND_HANG)

    (failure,) = failures(data)
    assert failure in {f"DidNotFinish: It was cut off after {n} seconds." for n in range(3, 20)}
    assert noted(data, "SELECT id FROM events_auditentry WHERE action = 'unruly.wrote'") == []


def test_two_workers_at_once_while_others_write_tell_each_news_once(
    data: Path, environment: dict[str, str]
) -> None:
    run_in(environment, SWITCH_ON + TELL_BY_TWO)

    heard = [how for how in polite_heard(data) if how.startswith("once")]
    assert sorted(heard) == sorted(f"once {number}" for number in range(40))
    assert set(failures(data)) == {"none"}
    assert noted(data, "SELECT consumer FROM events_delivery") == []


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM])
def test_the_worker_tells_what_was_published_and_leaves_no_process_behind(
    data: Path, environment: dict[str, str], tmp_path: Path, end: signal.Signals
) -> None:
    log = tmp_path / "worker.log"
    worker = Child("worker", worker_command(), environment=local(data) | SHELF, log=log)
    worker.start()
    try:
        run_in(environment, SWITCH_ON + f"say('by the worker, {end.name}')")
        until(lambda: f"by the worker, {end.name}" in polite_heard(data))
        ours = ["ps", "-o", "pid=", "--ppid", str(worker.pid)]
        children = subprocess.run(ours, capture_output=True, text=True).stdout.split()
        worker.tell(end)
        until(lambda: not any(Path("/proc", pid).exists() for pid in children))
    finally:
        worker.kill()

    assert len(children) == 1


def test_a_worker_in_which_one_hangs_ends_so_that_its_supervisor_starts_it_anew(
    data: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    told = local(data) | SHELF | {"UNRULY_IN_THE_WORKER": "sleep"}
    log = tmp_path / "worker.log"
    worker = Child("worker", worker_command(), environment=told, log=log)
    worker.start()
    try:
        run_in(environment, SWITCH_ON + EMPTY_THE_BINS)
        until(worker.is_dead)
    finally:
        worker.kill()

    assert "this worker ends, to be started anew" in log.read_text()
    because = "It hung in register_reportables and could not be interrupted."
    assert suspended_because(data) == because
    assert in_force(data) == ["polite", "stage"]


@pytest.mark.usefixtures("switched_on")
def test_what_marks_or_is_moderated_is_interrupted_and_nothing_of_it_is_half_done(
    data: Path, made: dict[str, str]
) -> None:
    with product_server(data, workers=1, UNRULY_MODERATED="busy", **SHELF) as server:
        before = server.workers()

        answers = [answered(server, made, how) for how in ("busy", "raise", "fine")]
        moderated = moderate(server, made, case_of(server, made))

        assert server.workers() == before
    assert answers == [(503, "kind_failed"), (503, "kind_failed"), (201, None)]
    assert (moderated.status, moderated.body["code"]) == (409, "thing_unavailable")
    assert attempts(data) == 1
    assert_nothing_moderated(data)
    assert [error.split(":")[0] for error in failures(data)] == [
        "Overran",
        "RuntimeError",
        "Overran",
    ]


@pytest.mark.usefixtures("switched_on")
def test_a_process_in_which_an_act_of_moderation_hangs_keeps_nobody_from_writing(
    data: Path, environment: dict[str, str], made: dict[str, str]
) -> None:
    with product_server(data, workers=2, UNRULY_MODERATED="sleep", **SHELF) as server:
        before = set(server.workers())
        case = case_of(server, made)
        in_background(lambda: moderate(server, made, case))

        until(lambda: "unruly" not in in_force(data))
        # While the process that hangs is still there: what it held of the database is free.
        run_in(environment, WRITE)

        until(lambda: len(now_there := set(server.workers())) == 2 and now_there != before)
        assert moderate(server, made, case).body["code"] == "thing_unavailable"
    assert suspended_because(data) == "It hung in unruly.thing.hide and could not be interrupted."
    assert_nothing_moderated(data)


@pytest.mark.usefixtures("switched_on")
def test_a_process_in_which_an_answer_s_marking_hangs_is_replaced_and_the_kind_waits(
    data: Path, made: dict[str, str]
) -> None:
    with product_server(data, workers=2, **SHELF) as server:
        before = set(server.workers())
        in_background(lambda: answered(server, made, "swallow"))

        until(lambda: len(now_there := set(server.workers())) == 2 and now_there != before)

        until(lambda: answered(server, made, "fine") == (409, "kind_unavailable"))
    because = "It hung in exercises.unruly_part.grade and could not be interrupted."
    assert suspended_because(data) == because


def answered(server: Server, made: dict[str, str], how: str) -> tuple[int, str | None]:
    path = f"/api/v1/learning/exercises/{made['exercise']}/attempts"
    who = {"Authorization": f"Bearer {made['learns']}"}
    reply = server.call("POST", path, {"answer": {"how": how}}, **who)
    return reply.status, reply.body.get("code")


def case_of(server: Server, made: dict[str, str]) -> str:
    who = {"Authorization": f"Bearer {made['moderates']}"}
    found = server.call("GET", "/api/v1/moderation?type=unruly.thing&state=pending", **who)
    return str(found.body["items"][-1]["id"])


def moderate(server: Server, made: dict[str, str], case: str) -> Reply:
    who = {"Authorization": f"Bearer {made['moderates']}"}
    return server.call("PATCH", f"/api/v1/moderation/{case}", {"action": "hide"}, **who)


def attempts(data: Path) -> int:
    ((count,),) = noted(data, "SELECT count(*) FROM learning_attempt")
    return int(count)


def assert_nothing_moderated(data: Path) -> None:
    assert noted(data, "SELECT id FROM community_caseentry") == []
    audited = "SELECT id FROM events_auditentry WHERE action IN ('unruly.wrote', 'moderation.hide')"
    assert noted(data, audited) == []


def hang(server: Server, how: str) -> None:
    """Let somebody ask for what will never come; they are cut off in the end."""
    in_background(lambda: server.call("GET", f"/api/v1/stage/play?how={how}"))


def in_background(ask: Callable[[], Any]) -> None:
    def run() -> None:
        with suppress(OSError, HTTPException):
            ask()

    threading.Thread(target=run, daemon=True).start()


def until(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < deadline, "It did not happen in time."
        time.sleep(0.2)
