"""A learner's way over HTTP alone: from signing up to seeing their progress."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from lyceum.content.models import BasePage
from lyceum.schools.current import CurrentSchool
from tests.clients import AppClient, last_code

pytestmark = pytest.mark.django_db(transaction=True)

KINDS = {
    "multiple_choice",
    "fill_blank",
    "matching",
    "drag_drop",
    "translation",
    "listening",
    "speaking",
    "voice_response",
}
# The start of an Ogg stream with an Opus header: what a phone's recorder sends.
OGG = b"OggS\x00\x02" + bytes(20) + b"\x01\x13OpusHead\x01\x01" + bytes(60)


def a_new_learner() -> AppClient:
    app = AppClient("toto")
    assert app.sign_up("lucia@example.test").status_code == 401
    assert app.auth("POST", "auth/email/verify", {"key": last_code()}).status_code == 200
    return app


def get(app: AppClient, path: str) -> Any:
    response = app.call("GET", f"/api/v1{path}")
    assert response.status_code == 200, response.content
    return response.json()


def attempt(app: AppClient, exercise: str, answer: dict[str, Any]) -> Any:
    response = app.call(
        "POST",
        f"/api/v1/learning/exercises/{exercise}/attempts",
        {"answer": answer, "seconds": 12, "client_id": str(uuid4())},
    )
    assert response.status_code == 201, response.content
    return response.json()


def right_answer(exercise: str) -> dict[str, Any]:
    """Return what somebody who knows the language would answer."""
    from content_types.models import Exercise
    from lyceum.content.exercises.kinds import find_task

    page = Exercise.objects.get(uuid=exercise)
    task = find_task(page.task)
    assert task is not None
    return task.kind.solution(task.value, seed=page.seed)


def a_recording(app: AppClient) -> str:
    from django.core.files.uploadedfile import SimpleUploadedFile

    file = SimpleUploadedFile("answer.ogg", OGG, content_type="audio/ogg")
    response = app.client.post(
        "/api/v1/media",
        {"file": file},
        headers={"x-school": "toto", "authorization": f"Bearer {app.token}"},
    )
    assert response.status_code == 201, response.content
    return str(response.json()["id"])


def test_from_signing_up_to_seeing_progress(toto: CurrentSchool) -> None:
    app = a_new_learner()
    assert get(app, "/me")["memberships"][0]["roles"] == ["student"]

    lesson = get(app, "/content/lessons?lang=es")["items"][0]
    detail = get(app, f"/content/lessons/{lesson['id']}?lang=es")
    exercises = get(app, f"/content/lessons/{lesson['id']}/exercises")["items"]

    assert detail["title"] == BasePage.objects.get(uuid=lesson["id"]).title_es
    assert {block["type"] for block in detail["body"]} >= {"text", "vocabulary", "dialogue"}
    assert {exercise["kind"] for exercise in exercises} == KINDS

    for exercise in exercises:
        answer_and_check(app, exercise)

    progress = get(app, f"/learning/lessons/{lesson['id']}/progress")
    assert progress["score"] == 1.0
    assert progress["completed_at"] is not None
    activity = get(app, "/me/activity")["items"]
    assert {"lesson_completed", "exercise_completed"} <= {entry["kind"] for entry in activity}


def answer_and_check(app: AppClient, exercise: dict[str, Any]) -> None:
    if exercise["kind"] in {"speaking", "voice_response"}:
        result = attempt(app, exercise["id"], {"recording": a_recording(app)})
        assert result["status"] == "needs_review"
        assert result.get("score") is None
        return
    if exercise["kind"] == "translation":
        wrong = attempt(app, exercise["id"], {"text": "I is Ana of Mexico"})
        assert wrong["correct"] is False
        assert wrong["reasons"][0]["code"] == "wrong_word"
        assert "hint" in wrong
        assert wrong.get("solution") is None
    result = attempt(app, exercise["id"], right_answer(exercise["id"]))
    assert (result["status"], result["correct"], result["score"]) == ("marked", True, 1.0)
    assert result["explanation"]
    assert result["solution"]
