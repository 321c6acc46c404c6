"""Previews over the API: an unsaved page read, an unsaved exercise tried, nothing left behind."""

import pytest
from django.test import Client
from django.utils.timezone import now

from content_types.models import Exercise, Lesson
from lyceum.content.preview.services import make_preview
from lyceum.learning.models import Attempt
from tests.pages import a_lesson, an_exercise
from tests.people import a_member, a_school

pytestmark = pytest.mark.django_db

TASK = {
    "language": "en",
    "question": "Which is a fruit?",
    "options": [{"text": "Apple", "correct": True}, {"text": "Chair", "correct": False}],
}


def test_an_unsaved_lesson_is_read_by_its_token() -> None:
    school = a_school("toto")
    lesson = Lesson.objects.get(pk=a_lesson(school, title="Saved").pk)
    lesson.title_en, lesson.title_es = "Not saved", "Sin guardar"
    token = make_preview(page=lesson, actor=a_member(school, "manager"), at=now())
    client = Client(headers={"host": "toto.test"})

    told = client.get("/api/v1/content/preview", {"token": token, "lang": "es"})

    assert told.status_code == 200
    assert (told.json()["id"], told.json()["title"]) == (str(lesson.uuid), "Sin guardar")
    assert told["Cache-Control"] == "no-store"
    assert told["Referrer-Policy"] == "no-referrer"
    bad = client.get("/api/v1/content/preview", {"token": "x"})
    assert (bad.status_code, bad.json()["code"]) == (404, "preview_not_found")
    assert client.get("/api/v1/content/preview").status_code == 422


def test_an_unsaved_exercise_is_tried_and_leaves_no_attempt() -> None:
    school = a_school("toto")
    saved = an_exercise(a_lesson(school), task=[{"type": "multiple_choice", "value": TASK}])
    exercise = Exercise.objects.get(pk=saved.pk)
    manager = a_member(school, "manager")
    token = make_preview(page=exercise, actor=manager, at=now())
    client = Client(headers={"host": "toto.test"})
    told = client.get("/api/v1/content/preview", {"token": token}).json()
    address = f"/api/v1/content/preview/grade?token={token}"

    shape = client.post(address, {"answer": {"bogus": 1}}, content_type="application/json")
    assert shape.status_code == 422
    marks = [
        client.post(
            address, {"answer": {"choices": [option["id"]]}}, content_type="application/json"
        ).json()
        for option in told["task"]["options"]
    ]

    assert sorted(mark["correct"] for mark in marks) == [False, True], marks
    assert not Attempt.objects.exists()
    lesson = make_preview(page=Lesson.objects.get(), actor=manager, at=now())
    refused = client.post(
        f"/api/v1/content/preview/grade?token={lesson}",
        {"answer": {}},
        content_type="application/json",
    )
    assert (refused.status_code, refused.json()["code"]) == (409, "nothing_to_try")


def test_an_exercise_of_a_previewed_lesson_is_tried_and_no_other() -> None:
    school = a_school("toto")
    task = [{"type": "multiple_choice", "value": TASK}]
    lesson = a_lesson(school)
    mine, other = an_exercise(lesson, task=task), an_exercise(a_lesson(school), task=task)
    lesson = Lesson.objects.get(pk=lesson.pk)
    token = make_preview(page=lesson, actor=a_member(school, "manager"), at=now())
    client = Client(headers={"host": "toto.test"})
    told = client.get("/api/v1/content/preview", {"token": token}).json()
    choices = [option["id"] for option in told["exercises"][0]["task"]["options"]][:1]

    def tried(exercise: object) -> tuple[int, str]:
        address = f"/api/v1/content/preview/grade?token={token}&exercise={exercise}"
        answer = client.post(
            address, {"answer": {"choices": choices}}, content_type="application/json"
        )
        return answer.status_code, answer.json().get("code", "")

    assert tried(mine.uuid) == (200, "")
    assert tried(other.uuid) == (404, "preview_not_found")
    assert tried("x")[0] == 422
    assert not Attempt.objects.exists()
