"""Learning over HTTP: what a front end sends and is told, and who may not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from content_types.models import Exercise, Lesson
from lyceum.kernel.identity import new_uuid
from lyceum.learning.models import Attempt, LessonProgress
from lyceum.schools.current import CurrentSchool
from lyceum.testing.plugins import switch_on
from tests.clients import AppClient
from tests.exercises import an_exercise, require, simple_kinds
from tests.pages import a_course, a_lesson
from tests.people import a_learner, a_member, a_person, a_school, signed_in

pytestmark = pytest.mark.django_db

ID = "01990000-0000-7000-8000-000000000000"


@pytest.fixture(autouse=True)
def _kinds() -> Iterator[None]:
    with simple_kinds():
        yield


def call(client: Client, method: str, path: str, body: Any = None) -> Any:
    content = body if isinstance(body, str | bytes) else json.dumps(body)
    return client.generic(
        method,
        f"/api/v1{path}",
        b"" if body is None else content,
        content_type="application/json",
    )


def attempts_at(exercise: Exercise) -> str:
    return f"/learning/exercises/{exercise.uuid}/attempts"


def answer(client: Client, exercise: Exercise, text: str, **more: Any) -> Any:
    return call(client, "POST", attempts_at(exercise), {"answer": {"text": text}, **more})


@pytest.fixture
def toto() -> CurrentSchool:
    return a_school("toto")


@pytest.fixture
def lesson(toto: CurrentSchool) -> Lesson:
    return a_lesson(toto)


@pytest.fixture
def learner(toto: CurrentSchool) -> Client:
    return signed_in(a_learner(toto), "toto")


def test_an_answer_is_marked_and_made(learner: Client, lesson: Lesson) -> None:
    exercise = an_exercise(lesson, hints=("It barks.",))

    wrong = answer(learner, exercise, "cat", seconds=12)
    right = answer(learner, exercise, "dog", seconds=8)

    assert (wrong.status_code, right.status_code) == (201, 201)
    assert wrong["Location"] == f"/api/v1{attempts_at(exercise)}"
    told = wrong.json()
    assert (told["correct"], told["score"], told["hint"]) == (False, 0.5, "It barks.")
    assert told["reasons"][0]["code"] == "wrong_word"
    assert not {"solution", "afterwards"} & set(told)
    assert right.json()["solution"] == {"text": "dog"}
    assert right.json()["lesson_progress"]["done"]


def test_an_answer_sent_again_is_the_stored_one(learner: Client, lesson: Lesson) -> None:
    exercise = an_exercise(lesson)
    client_id = str(new_uuid())

    first = answer(learner, exercise, "cat", client_id=client_id)
    again = answer(learner, exercise, "cat", client_id=client_id)
    other = answer(learner, exercise, "dog", client_id=client_id)

    assert "Idempotent-Replayed" not in first
    assert (again.status_code, again["Idempotent-Replayed"]) == (201, "true")
    assert again.json() == first.json()
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_mismatch")
    assert Attempt.objects.count() == 1


def test_ones_attempts_are_listed_newest_first_without_solutions(
    learner: Client, lesson: Lesson, toto: CurrentSchool
) -> None:
    exercise = an_exercise(lesson)
    answer(signed_in(a_learner(toto), "toto"), exercise, "dog")
    for text in ("cat", "horse", "dog"):
        answer(learner, exercise, text)

    page = call(learner, "GET", attempts_at(exercise) + "?limit=2&count=true").json()
    rest = call(learner, "GET", attempts_at(exercise) + f"?limit=2&cursor={page['next']}").json()

    assert [item["number"] for item in page["items"] + rest["items"]] == [3, 2, 1]
    assert (page["count"], rest["next"]) == (3, None)
    assert page["items"][0]["answer"] == {"text": "dog"}
    assert "solution" not in str(page)
    assert "afterwards" not in str(page)


def test_giving_up_shows_the_solution(learner: Client, lesson: Lesson) -> None:
    exercise = an_exercise(lesson, explanation="Dogs bark.")

    told = call(learner, "POST", f"/learning/exercises/{exercise.uuid}/give-up")

    assert told.status_code == 200
    assert told.json()["solution"] == {"text": "dog"}
    assert told.json()["explanation"] == "Dogs bark."


def test_a_clock_can_be_started(learner: Client, lesson: Lesson) -> None:
    exercise = an_exercise(lesson, time_limit=60)

    told = call(learner, "POST", attempts_at(exercise) + "/start")

    assert told.status_code == 200
    assert (told.json()["ends_at"], told.json()["seconds"]) == (None, 60)


def test_nobody_but_members_leaves_an_attempt(toto: CurrentSchool, lesson: Lesson) -> None:
    exercise = an_exercise(lesson)
    stranger = a_member(a_school("campus"), "admin")

    anonymous = answer(Client(headers={"host": "toto.test"}), exercise, "dog")
    outsider = answer(signed_in(a_person(), "toto"), exercise, "dog")
    foreign = answer(signed_in(stranger, "toto"), exercise, "dog")
    elsewhere = answer(signed_in(stranger, "campus"), exercise, "dog")

    assert (anonymous.status_code, anonymous.json()["code"]) == (401, "not_authenticated")
    assert (outsider.status_code, outsider.json()["code"]) == (403, "not_a_member")
    assert (foreign.status_code, foreign.json()["code"]) == (403, "not_a_member")
    assert (elsewhere.status_code, elsewhere.json()["code"]) == (404, "not_found")
    assert not Attempt.objects.exists()


def test_a_locked_lesson_is_refused_at_every_door(
    learner: Client, toto: CurrentSchool, lesson: Lesson
) -> None:
    exercise = an_exercise(lesson)
    require(lesson, a_lesson(toto))

    refusals = [
        answer(learner, exercise, "dog"),
        call(learner, "POST", attempts_at(exercise) + "/start"),
        call(learner, "POST", f"/learning/exercises/{exercise.uuid}/give-up"),
        call(learner, "GET", f"/learning/lessons/{lesson.uuid}/progress"),
        call(learner, "PUT", f"/learning/lessons/{lesson.uuid}/progress", {"done": True}),
        call(learner, "GET", f"/content/lessons/{lesson.uuid}"),
        call(learner, "GET", f"/content/exercises/{exercise.uuid}"),
    ]

    assert {(one.status_code, one.json()["code"]) for one in refusals} == {
        (403, "prerequisite_missing")
    }
    assert refusals[0].json()["errors"]


def test_a_list_of_lessons_tells_each_ones_lock_and_progress(
    learner: Client, toto: CurrentSchool, lesson: Lesson
) -> None:
    first = a_lesson(toto, title="Greetings")
    require(lesson, first)
    answer(learner, an_exercise(first), "cat")

    items = call(learner, "GET", "/content/lessons").json()["items"]

    told = {item["id"]: item["reader"] for item in items}
    assert told[str(first.uuid)]["progress"]["score"] == 0.5
    assert not told[str(first.uuid)]["locked"]
    assert told[str(lesson.uuid)] == {
        "locked": True,
        "missing": [{"id": str(first.uuid), "title": "Greetings"}],
    }


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ("{", 400, "malformed"),
        ("", 422, "invalid"),
        ("null", 422, "invalid"),
        ("[]", 422, "invalid"),
        ("{}", 422, "invalid"),
        ('{"answer": NaN}', 400, "malformed"),
        ('{"answer": {"text": Infinity}}', 400, "malformed"),
        ('{"answer": {"text": "\\ud800"}}', 400, "malformed"),
        (b'{"answer": "\xff"}', 400, "malformed"),
        ('{"answer": ' + "[" * 100_000 + "]" * 100_000 + "}", 400, "malformed"),
        ('{"answer": {"text": "\\u0000"}}', 422, "invalid_answer"),
        ('{"answer": {"text": 1}}', 422, "invalid_answer"),
        ('{"answer": {"txt": "dog"}}', 422, "invalid_answer"),
        ('{"answer": null}', 422, "invalid_answer"),
        ('{"answer": "dog"}', 422, "invalid_answer"),
        ('{"answer": {"text": "dog"}, "extra": 1}', 422, "invalid"),
        ('{"answer": {"text": "dog"}, "seconds": -1}', 422, "invalid"),
        ('{"answer": {"text": "dog"}, "seconds": 1e300}', 422, "invalid"),
        ('{"answer": {"text": "dog"}, "seconds": 100000}', 422, "invalid"),
        ('{"answer": {"text": "dog"}, "client_id": "mine"}', 422, "invalid"),
        ('{"answer": {"text": "dog"}, "score": 1}', 422, "invalid"),
    ],
)
def test_a_bad_answer_is_a_problem_and_leaves_nothing(
    learner: Client, lesson: Lesson, body: str | bytes, status: int, code: str
) -> None:
    exercise = an_exercise(lesson)

    response = call(learner, "POST", attempts_at(exercise), body)

    assert (response.status_code, response.json()["code"]) == (status, code)
    assert response["Content-Type"] == "application/problem+json"
    assert not Attempt.objects.exists()
    assert not LessonProgress.objects.exists()


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"seconds": 5}, "invalid"),
        ({"session_id": ID}, "invalid"),
        ({"session_id": ID, "seconds": -1}, "invalid"),
        ({"session_id": ID, "seconds": 10**12}, "invalid"),
        ({"position": "a\nb"}, "invalid"),
        ({"position": "x" * 101}, "invalid"),
        ({"score": 1}, "invalid"),
        ({"done": "perhaps"}, "invalid"),
    ],
)
def test_a_bad_report_is_refused(learner: Client, lesson: Lesson, body: Any, code: str) -> None:
    response = call(learner, "PUT", f"/learning/lessons/{lesson.uuid}/progress", body)

    assert (response.status_code, response.json()["code"]) == (422, code)
    assert not LessonProgress.objects.exists()


def test_time_place_and_doneness_are_reported_and_read_again(
    learner: Client, lesson: Lesson
) -> None:
    path = f"/learning/lessons/{lesson.uuid}/progress"

    before = call(learner, "GET", path).json()
    told = call(
        learner,
        "PUT",
        path,
        {"session_id": ID, "seconds": 30, "position": "block-2", "done": True},
    ).json()

    assert (before["done"], before["completed_at"], before["exercises"]) == (False, None, [])
    assert (told["seconds"], told["position"], told["done"]) == (0, "block-2", True)
    assert call(learner, "GET", path).json() == {**told, "exercises": []}


def test_progress_is_listed_latest_first_with_a_summary(
    learner: Client, toto: CurrentSchool
) -> None:
    lessons = [a_lesson(toto) for _ in range(3)]
    for lesson in lessons:
        answer(learner, an_exercise(lesson), "dog")

    page = call(learner, "GET", "/learning/progress?limit=2").json()
    rest = call(learner, "GET", f"/learning/progress?limit=2&cursor={page['next']}").json()

    listed = [item["lesson"] for item in page["items"] + rest["items"]]
    assert listed == [str(lesson.uuid) for lesson in reversed(lessons)]
    assert page["summary"] == {
        "lessons_started": 3,
        "lessons_completed": 3,
        "points": 30,
        "attempts": 3,
        "seconds": 0,
    }


def test_a_course_is_taken_followed_and_given_up(learner: Client, toto: CurrentSchool) -> None:
    lesson = a_lesson(toto, title="Greetings")
    course = a_course(toto, lessons=[lesson, a_lesson(toto)])
    enrolment = f"/learning/courses/{course.uuid}/enrolment"

    taken = [call(learner, "PUT", enrolment).status_code for _ in range(2)]
    answer(learner, an_exercise(lesson), "dog")
    own = call(learner, "GET", f"/learning/courses/{course.uuid}/progress")
    in_spanish = call(learner, "GET", f"/learning/courses/{course.uuid}/progress?lang=es")
    told = own.json()
    assert (own["Content-Language"], in_spanish["Content-Language"]) == ("en", "es")
    left = [call(learner, "DELETE", enrolment).status_code for _ in range(2)]

    assert (taken, left) == ([204, 204], [204, 204])
    assert (told["enrolled"], told["lessons_done"], told["share"]) == (True, 1, 0.5)
    assert told["lessons"][0] | {"completed_at": None} == {
        "id": str(lesson.uuid),
        "title": "Greetings",
        "done": True,
        "score": 1.0,
        "completed_at": None,
    }


def test_what_is_not_there_or_another_schools_is_404_everywhere(learner: Client) -> None:
    elsewhere = a_school("campus")
    lesson = a_lesson(elsewhere)
    exercise, course = an_exercise(lesson), a_course(elsewhere, lessons=[lesson])
    doors = [
        ("POST", "/learning/exercises/{exercise}/attempts", {"answer": {"text": "dog"}}),
        ("POST", "/learning/exercises/{exercise}/attempts/start", None),
        ("GET", "/learning/exercises/{exercise}/attempts", None),
        ("POST", "/learning/exercises/{exercise}/give-up", None),
        ("GET", "/learning/lessons/{lesson}/progress", None),
        ("PUT", "/learning/lessons/{lesson}/progress", {"done": True}),
        ("PUT", "/learning/courses/{course}/enrolment", None),
        ("DELETE", "/learning/courses/{course}/enrolment", None),
        ("GET", "/learning/courses/{course}/progress", None),
    ]
    foreign = {"exercise": exercise.uuid, "lesson": lesson.uuid, "course": course.uuid}

    for method, path, body in doors:
        for ids in (foreign, dict.fromkeys(foreign, ID), dict.fromkeys(foreign, "7")):
            response = call(learner, method, path.format(**ids), body)
            assert (response.status_code, response.json()["code"]) == (404, "not_found"), path


def test_a_batch_given_offline_is_taken_item_by_item(learner: Client, lesson: Lesson) -> None:
    from lyceum.kernel.clock import now

    exercise = an_exercise(lesson)
    item = {
        "type": "attempt",
        "client_id": str(new_uuid()),
        "exercise": str(exercise.uuid),
        "answer": {"text": "cat"},
        "answered_at": now().isoformat(),
    }
    batch = {"items": [item, {**item, "client_id": str(new_uuid()), "exercise": ID}, 5]}

    first = call(learner, "POST", "/learning/sync", batch)
    again = call(learner, "POST", "/learning/sync", batch)

    assert first.status_code == 200
    results = first.json()["results"]
    assert [one["status"] for one in results] == [201, 404, 422]
    assert results[0]["client_id"] == item["client_id"]
    assert results[0]["result"]["reasons"][0]["code"] == "wrong_word"
    assert results[1]["problem"]["code"] == "not_found"
    assert results[2]["client_id"] is None
    assert again.json() == first.json()
    assert Attempt.objects.count() == 1


def test_a_batch_has_a_most(learner: Client) -> None:
    response = call(learner, "POST", "/learning/sync", {"items": [1] * 201})

    assert (response.status_code, response.json()["code"]) == (422, "invalid")


@pytest.mark.django_db(transaction=True)
def test_ones_activity_is_ones_own_and_the_schools(toto: CurrentSchool) -> None:
    lesson = a_lesson(toto)
    exercise = an_exercise(lesson)
    person, colleague = a_learner(toto), a_learner(toto)
    learner = signed_in(person, "toto")
    answer(learner, exercise, "dog")
    answer(signed_in(colleague, "toto"), exercise, "dog")
    a_school("campus")

    page = call(learner, "GET", "/me/activity").json()
    some = call(learner, "GET", "/me/activity?kinds=lesson_completed").json()
    wrong = call(learner, "GET", "/me/activity?kinds=lesson_completed,naps")
    elsewhere = call(signed_in(person, "campus"), "GET", "/me/activity").json()

    assert {item["kind"] for item in page["items"]} == {
        "lesson_attempted",
        "exercise_completed",
        "lesson_completed",
    }
    assert [item["subject"] for item in some["items"]] == [str(lesson.uuid)]
    assert (wrong.status_code, list(wrong.json()["errors"])) == (422, ["kinds"])
    assert elsewhere["items"] == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("plugins", [(), ("badges", "probe")], ids=["without", "with listeners"])
def test_an_attempt_takes_fourteen_queries_at_most(
    toto: CurrentSchool, lesson: Lesson, plugins: tuple[str, ...]
) -> None:
    for slug in plugins:
        switch_on(slug, toto)
    exercise = an_exercise(lesson)
    for _ in range(9):
        an_exercise(lesson)
    app = AppClient("toto")
    app.log_in(str(a_learner(toto).email))
    path, body = f"/api/v1{attempts_at(exercise)}", {"answer": {"text": "cat"}}
    assert app.call("POST", path, body).status_code == 201

    with CaptureQueriesContext(connection) as queries:
        made = app.call("POST", path, {**body, "client_id": str(new_uuid())})

    statements = [query["sql"] for query in queries.captured_queries]
    # School, token and standing included; what the consumers do after the commit is theirs.
    answered = statements[: statements.index("COMMIT")]
    assert made.status_code == 201
    assert len([one for one in answered if not one.startswith("BEGIN")]) <= 14, answered
    assert len(statements) <= 14 + len(("BEGIN", "COMMIT")) + 6, statements


def test_lists_cost_the_same_however_long_they_are(learner: Client, toto: CurrentSchool) -> None:
    lesson = a_lesson(toto)
    exercise = an_exercise(lesson)
    course = a_course(toto, lessons=[lesson, *(a_lesson(toto) for _ in range(5))])
    paths = [
        attempts_at(exercise),
        "/learning/progress",
        f"/learning/lessons/{lesson.uuid}/progress",
        f"/learning/courses/{course.uuid}/progress",
        "/me/activity",
    ]

    def costs() -> list[int]:
        found = []
        for path in paths:
            with CaptureQueriesContext(connection) as queries:
                assert call(learner, "GET", path).status_code == 200
            found.append(len(queries))
        return found

    answer(learner, exercise, "cat")
    few = costs()
    for other in [an_exercise(lesson), an_exercise(a_lesson(toto)), exercise]:
        answer(learner, other, "dog")

    assert costs() == few
    assert max(few) <= 10
