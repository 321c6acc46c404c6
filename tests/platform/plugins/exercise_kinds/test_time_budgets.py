"""What a plugin is asked within a request beside hooks: it has a budget, and costs itself alone."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connections, transaction
from django.test import Client

from content_types.models import Exercise, Lesson
from lyceum.community.bin import bin_thing, empty_bins
from lyceum.community.models import BinnedThing, Case
from lyceum.community.moderation import Act, moderate
from lyceum.community.reportables import ThingUnavailable
from lyceum.community.reports import report
from lyceum.content.exercises.kinds import Graded
from lyceum.events.models import AuditEntry
from lyceum.kernel.clock import now
from lyceum.kernel.identity import new_uuid
from lyceum.kernel.plugins.cutting import cut_off
from lyceum.kernel.plugins.guarding import called
from lyceum.kernel.plugins.watchdog import Overran, watchdog
from lyceum.learning.models import Attempt, ExerciseState
from lyceum.schools.current import CurrentSchool, school_by_id
from lyceum.schools.models import Cohort, PluginFailure
from lyceum.testing.plugins import switch_off, switch_on
from plugins.probe import letters as letter_writing
from plugins.probe.exercises import EchoKind
from tests.exercises import an_exercise, simple_kinds
from tests.letters import TYPE, a_letter
from tests.people import a_member

pytestmark = pytest.mark.django_db

Play = Callable[..., Any]


def breaks(*_: Any, **__: Any) -> Any:
    raise RuntimeError("It fell.")


def ends(*_: Any, **__: Any) -> Any:
    sys.exit(3)


def loops(*_: Any, **__: Any) -> Any:
    while True:
        pass


def swallows(*_: Any, **__: Any) -> Any:
    """Go on though it was interrupted, and answer in the end."""
    end = time.monotonic() + 1.3
    while time.monotonic() < end:
        try:
            while time.monotonic() < end:
                pass
        except BaseException:
            continue
    return {}


def answers_nonsense(*_: Any, **__: Any) -> Any:
    return {"score": 7}


UNRULY = pytest.mark.parametrize("play", [breaks, ends, loops, swallows, answers_nonsense])


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    yield
    letter_writing.written.clear()


def attempt(client: Client, exercise: Exercise, **told: Any) -> Any:
    path = f"/api/v1/learning/exercises/{exercise.uuid}/attempts"
    given = {"answer": {"said": "dog"}, **told}
    return client.post(path, given, content_type="application/json")


def failures() -> list[tuple[str, str]]:
    rows = PluginFailure.objects.order_by("id").values_list("hook", "error")
    return [(hook, error.split(":")[0]) for hook, error in rows]


@UNRULY
def test_an_answer_that_cannot_be_marked_is_not_taken_and_can_be_sent_again(
    learner: Client, exercise: Exercise, monkeypatch: pytest.MonkeyPatch, play: Play
) -> None:
    one = str(new_uuid())
    with monkeypatch.context() as patched:
        patched.setattr(EchoKind, "grade", play)
        refused = attempt(learner, exercise, client_id=one)

    assert (refused.status_code, refused.json()["code"]) == (503, "kind_failed")
    assert not Attempt.objects.exists()
    assert not ExerciseState.objects.exists()
    [(what, _)] = failures()
    assert what == "exercises.probe_echo.grade"
    again = attempt(learner, exercise, client_id=one)
    assert (again.status_code, again.json()["number"]) == (201, 1)


@pytest.mark.parametrize("score", [7, -1, float("nan"), None])
def test_a_mark_that_is_none_spoils_no_score(
    learner: Client, exercise: Exercise, monkeypatch: pytest.MonkeyPatch, score: Any
) -> None:
    monkeypatch.setattr(EchoKind, "grade", lambda *_, **__: Graded(score=score, correct=True))

    assert attempt(learner, exercise).json()["code"] == "kind_failed"
    assert not Attempt.objects.exists()


def test_a_solution_that_does_not_come_costs_no_answer_and_no_score(
    learner: Client, exercise: Exercise, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"/api/v1/learning/exercises/{exercise.uuid}/give-up"
    with monkeypatch.context() as patched:
        patched.setattr(EchoKind, "solution", loops)
        given_up = learner.post(address)
        before = ExerciseState.objects.count()
        marked = attempt(learner, exercise)

    assert (given_up.status_code, given_up.json()["code"], before) == (503, "kind_failed", 0)
    assert (marked.status_code, marked.json()["correct"]) == (201, True)
    assert "solution" not in marked.json()
    assert learner.post(address).json()["solution"] == {"said": "dog"}


def test_in_a_batch_a_kind_that_failed_is_not_asked_again_and_the_rest_is_taken(
    toto: CurrentSchool, learner: Client, lesson: Lesson, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(EchoKind, "grade", loops)
    with simple_kinds():
        theirs = [an_exercise(lesson, "dog", kind="probe_echo") for _ in range(3)]
        ours = an_exercise(lesson, "dog")
        answers = [(each, {"said": "dog"}) for each in theirs] + [(ours, {"text": "dog"})]
        at = now().isoformat()
        items = [
            {
                "client_id": str(new_uuid()),
                "answered_at": at,
                "exercise": str(each.uuid),
                "answer": answer,
            }
            for each, answer in answers
        ]
        told = learner.post(
            "/api/v1/learning/sync", {"items": items}, content_type="application/json"
        ).json()["results"]

    assert [each["status"] for each in told] == [503, 503, 503, 201]
    assert {each["problem"]["code"] for each in told[:3]} == {"kind_failed"}
    assert failures() == [("exercises.probe_echo.grade", "Overran")]


def test_five_failures_suspend_the_plugin_and_its_exercises_wait(
    toto: CurrentSchool, learner: Client, exercise: Exercise, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(EchoKind, "grade", breaks)

    codes = [attempt(learner, exercise).json()["code"] for _ in range(6)]

    assert codes == ["kind_failed"] * 5 + ["kind_unavailable"]
    assert "probe" not in school_by_id(toto.id).plugins


@UNRULY
def test_a_task_that_cannot_be_shown_does_not_stop_its_publication(
    toto: CurrentSchool,
    learner: Client,
    lesson: Lesson,
    monkeypatch: pytest.MonkeyPatch,
    play: Play,
) -> None:
    address = "/api/v1/content/exercises/{}"
    with monkeypatch.context() as patched:
        patched.setattr(
            EchoKind, "present", (lambda *_, **__: ["no"]) if play is answers_nonsense else play
        )
        made = an_exercise(lesson, "dog", kind="probe_echo")
        told = [learner.get(address.format(made.uuid)) for _ in range(3)]

    assert [(each.status_code, each.json()["task"]) for each in told] == [(200, {})] * 3
    [(what, _)] = failures()
    assert what == "exercises.probe_echo.present"
    # Off and on again, as after it was suspended and mended.
    switch_off("probe", toto)
    assert learner.get("/api/v1/content/search?q=exercise").status_code == 200
    switch_on("probe", toto)
    assert learner.get(address.format(made.uuid)).json()["task"] == {"letters": 3}


def test_where_it_is_off_its_kind_is_not_even_asked(
    toto: CurrentSchool, lesson: Lesson, learner: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    switch_off("probe", toto)
    with monkeypatch.context() as patched:
        patched.setattr(EchoKind, "present", breaks)
        made = an_exercise(lesson, "dog", kind="probe_echo")
        off = learner.get(f"/api/v1/content/exercises/{made.uuid}").json()["task"]

    switch_on("probe", toto)
    on = learner.get(f"/api/v1/content/exercises/{made.uuid}").json()["task"]
    assert (off, on, failures()) == ({}, {"letters": 3}, [])


def writes_and(play: Play) -> Play:
    """Return what writes to the database before it plays."""

    def write_and_play(letter: letter_writing.Letter) -> None:
        Cohort.objects.create(school_id=letter.school, name="Half done")
        play()

    return write_and_play


@pytest.mark.parametrize(
    ("action", "play"),
    [
        *(("bin", play) for play in (breaks, ends, loops, swallows)),
        ("hide", loops),
        ("restore", loops),
    ],
)
def test_an_act_in_which_a_plugin_overruns_is_undone_whole(
    toto: CurrentSchool, monkeypatch: pytest.MonkeyPatch, action: str, play: Play
) -> None:
    letter = a_letter(toto, a_member(toto))
    report(reporter=a_member(toto), school=toto, type=TYPE, thing=letter, kind="spam", at=now())
    case, moderator = Case.objects.get(), a_member(toto, "moderator")
    audited = AuditEntry.objects.count()
    monkeypatch.setattr("lyceum.community.reportables.CHANGE_BUDGET", 0.3)
    monkeypatch.setattr(letter_writing, "_break_at", writes_and(play))

    with pytest.raises(ThingUnavailable):
        moderate(moderator=moderator, school=toto, case_id=case.uuid, act=Act(action), at=now())

    case.refresh_from_db()
    assert (case.state, case.thing_state, case.entries.count()) == ("pending", "shown", 0)
    assert not Cohort.objects.exists()
    assert not BinnedThing.objects.exists()
    assert AuditEntry.objects.count() == audited
    doing = {"bin": "hide"}.get(action, action)
    assert [what for what, _ in failures()] == [f"probe.letter.{doing}"]


def test_a_thing_that_cannot_be_looked_at_is_not_reported(
    toto: CurrentSchool, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter, ana = a_letter(toto, a_member(toto)), a_member(toto)
    monkeypatch.setattr(letter_writing, "_break_at", loops)

    with pytest.raises(ThingUnavailable):
        report(reporter=ana, school=toto, type=TYPE, thing=letter, kind="spam", at=now())

    assert not Case.objects.exists()
    assert failures() == [("probe.letter.look", "Overran")]


def test_the_bin_asks_no_more_of_a_plugin_that_was_suspended_while_it_is_emptied(
    toto: CurrentSchool, monkeypatch: pytest.MonkeyPatch
) -> None:
    author = a_member(toto)
    for _ in range(7):
        letter = a_letter(toto, author)
        bin_thing(
            school=toto, type=TYPE, thing=letter, author=author, excerpt="", by=author, at=now()
        )
    BinnedThing.objects.update(kept_until=now())
    monkeypatch.setattr(letter_writing, "_break_at", breaks)

    assert empty_bins(at=now()) == 0

    assert len(failures()) == 5
    assert BinnedThing.objects.count() == 7


def test_a_plugin_is_asked_in_no_transaction_unless_what_it_does_belongs_to_it(
    toto: CurrentSchool,
) -> None:
    with transaction.atomic(), pytest.raises(RuntimeError, match="inside a transaction"):
        called("probe", "grade", lambda: None, school=toto)


def test_one_that_has_the_platform_ask_another_is_on_its_own_clock_again_afterwards() -> None:
    watch = watchdog.watch()
    errors: list[BaseException | None] = []

    def other() -> None:
        errors.append(watch.run(("other", "hook", 1), loops, {}, 0.1)[1])

    def one() -> None:
        # Three times as long as its own budget, and none of it is its own.
        for _ in range(3):
            other()
        assert watch.doing == ("one", "hook", 1)
        loops()

    result, error = watch.run(("one", "hook", 1), one, {}, 0.2)

    assert [type(each) for each in errors] == [Overran] * 3
    assert (result, type(error)) == (None, Overran)
    assert watch.deadline is None


@pytest.mark.django_db(transaction=True)
def test_what_hangs_loses_what_it_holds_of_the_database(toto: CurrentSchool) -> None:
    held, over, seen = threading.Event(), threading.Event(), []

    def hang() -> None:
        try:
            with transaction.atomic():
                Cohort.objects.create(school_id=toto.id, name="The only")
                seen.append(connections["default"])
                held.set()
                over.wait(20)
                Cohort.objects.create(school_id=toto.id, name="More")
        except Exception as error:
            seen.append(type(error).__name__)
        finally:
            connections.close_all()

    thread = threading.Thread(target=hang)
    thread.start()
    assert held.wait(20)
    cut_off(seen[0])
    # Nobody waits for it any more: on SQLite to write at all, elsewhere for the same row.
    Cohort.objects.create(school_id=toto.id, name="The only")
    over.set()
    thread.join(20)

    assert Cohort.objects.count() == 1
    assert len(seen) == 2, "its next step failed"
