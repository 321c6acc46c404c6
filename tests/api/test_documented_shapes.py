"""What the one document says of tasks, bodies and answers is what the API tells."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from jsonschema import Draft202012Validator
from wagtail.documents import get_document_model

from lyceum.plugin.exercises import read_block
from tests.api.documented import Promises
from tests.clients import AppClient
from tests.content_types.exercise_kinds.tasks import (
    A_TASK,
    an_audio,
    an_image,
    kind_named,
    library,
)
from tests.factors import enrol
from tests.pages import a_lesson, an_exercise
from tests.people import a_learner, a_person, a_school, signed_in

pytestmark = pytest.mark.django_db

# Open on purpose: JSON schemas, what a plugin's describe, what a front end keeps as it likes.
OPEN = {
    "ExerciseKindOut.task",
    "ExerciseKindOut.answer",
    "PluginSettingsOut.settings_schema",
    "PluginSettingsOut.values",
    "MeOut.preferences",
    "MeOut.notification_preferences",
    "ProfileChanges.preferences",
    "ProfileChanges.notification_preferences",
    # Trees of tokens: their format is another community's.
    "ThemeOut.light",
    "ThemeOut.dark",
}
FALLBACKS = {"OtherTask", "OtherBlock"}


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    from api.v1 import build

    api = build()
    api.urls  # noqa: B018 - reading the urls is what binds the routers
    return json.loads(json.dumps(api.get_openapi_schema(path_prefix="/api/v1/"), default=str))


def faults(document: dict[str, Any], name: str, value: Any) -> list[str]:
    """Return where a value is not what the document says, plugins' open shapes left out."""
    schemas = {**document["components"]["schemas"], **dict.fromkeys(FALLBACKS, False)}
    schema = {"$ref": f"#/components/schemas/{name}", "components": {"schemas": schemas}}
    return [
        f"{error.json_path}: {error.message}"
        for error in Draft202012Validator(schema).iter_errors(value)
    ]


def is_bare(schema: dict[str, Any]) -> bool:
    open_object = schema.get("additionalProperties") is True and "properties" not in schema
    told = set(schema) - {"title", "description", "default"}
    return open_object or not told or ("items" in schema and is_bare(schema["items"]))


def test_no_answer_or_body_of_ours_is_a_bare_object(document: dict[str, Any]) -> None:
    bare = {
        f"{name}.{field}"
        for name, schema in document["components"]["schemas"].items()
        if not name.startswith("Allauth")
        for field, told in schema.get("properties", {}).items()
        if is_bare(told)
    }
    assert bare == OPEN


def test_a_file_is_told_as_a_file(document: dict[str, Any]) -> None:
    told = document["paths"]["/api/v1/media/{id}/file"]["get"]["responses"]["200"]

    assert list(told["content"]) == ["*/*"]


@pytest.mark.parametrize("kind", A_TASK)
def test_a_task_of_every_kind_is_shown_as_the_document_says(
    client: Client, document: dict[str, Any], kind: str
) -> None:
    school = a_school("toto")
    an_audio(collection_id=school.collection_id)
    an_image(collection_id=school.collection_id)
    picture = {"file": "a-cat.png", "alt": "An animal"}
    task = A_TASK[kind](**({"image": picture} if kind == "multiple_choice" else {}))
    value = read_block(kind_named(kind).form(), task, resolve_file=library)
    exercise = an_exercise(a_lesson(school), task=[(kind, value)])

    told = client.get(f"/api/v1/content/exercises/{exercise.uuid}", headers={"host": "toto.test"})

    assert told.json()["task"] != {}
    assert faults(document, "ExerciseOut", told.json()) == []


def test_a_body_of_every_block_is_told_as_the_document_says(
    client: Client, document: dict[str, Any]
) -> None:
    school = a_school("toto")
    sound = an_audio(collection_id=school.collection_id)
    image = an_image(collection_id=school.collection_id)
    paper = get_document_model().objects.create(
        title="Words", file=sound.file.name, collection_id=school.collection_id
    )
    line = {"speaker": "Toto", "text": "Hello!", "translation": ""}
    entry = {"term": "cat", "meaning": "gato", "example": "", "audio": sound.pk}
    lesson = a_lesson(
        school,
        body_en=[
            ("text", "<p>Hello</p>"),
            ("image", {"file": image, "alt": "A cat", "caption": ""}),
            ("audio", {"file": sound, "caption": "", "transcript": ""}),
            ("pdf", {"file": paper, "title": "Words"}),
            ("slides", {"slides": [{"title": "One", "text": "<p>1</p>", "image": image}]}),
            ("embed", {"url": "https://youtu.be/x", "caption": ""}),
            ("vocabulary", {"language": "en", "entries": [{**entry, "audio": sound}]}),
            ("dialogue", {"language": "en", "lines": [line], "audio": sound}),
            ("callout", {"tone": "tip", "text": "<p>Smile.</p>"}),
        ],
    )

    told = client.get(f"/api/v1/content/lessons/{lesson.uuid}", headers={"host": "toto.test"})

    assert len(told.json()["body"]) == 9
    assert faults(document, "LessonBodyOut", told.json()) == []


def test_an_answer_and_what_it_did_are_told_as_the_document_says(
    document: dict[str, Any],
) -> None:
    school = a_school("toto")
    kind, task = "drag_drop", A_TASK["drag_drop"]()
    value = read_block(kind_named(kind).form(), task, resolve_file=library)
    exercise = an_exercise(a_lesson(school), task=[(kind, value)])
    browser = signed_in(a_learner(school), "toto")
    path = f"/api/v1/learning/exercises/{exercise.uuid}"

    given_up = browser.post(f"{path}/give-up")
    answer = {"answer": given_up.json()["solution"]}
    marked = browser.post(f"{path}/attempts", answer, content_type="application/json")
    shown = browser.get(f"/api/v1/content/exercises/{exercise.uuid}")

    assert faults(document, "AttemptIn", answer) == []
    assert faults(document, "GivenUpOut", given_up.json()) == []
    assert faults(document, "AttemptOut", marked.json()) == []
    assert faults(document, "ExerciseOut", shown.json()) == []
    assert shown.json()["reader"]["progress"]["attempts"] == 1


def test_recovery_codes_are_told_as_the_document_says_and_counted_from_then_on(
    document: dict[str, Any],
) -> None:
    a_person("ana@example.test")
    app = AppClient()
    app.log_in("ana@example.test")
    enrol(app)
    asked = ("GET", "account/authenticators/recovery-codes")

    shown, counted = app.auth(*asked), app.auth(*asked)

    promises = Promises(document)
    for answer in (shown, counted):
        assert promises.faults("auth_get_account_authenticators_recovery_codes", answer) == []
    assert len(shown.json()["data"]["unused_codes"]) == 10
    assert "unused_codes" not in counted.json()["data"]


def test_the_school_tells_the_levels_of_its_scale(client: Client) -> None:
    a_school("toto", level_scale="kg")

    told = client.get("/api/v1/school", headers={"host": "toto.test"})

    assert told.json()["levels"] == ["KG1", "KG2", "KG3", "MIXED"]
