"""Exercises over the API: what a learner sees of one, and never its answer."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pytest
from django.test import Client

from lyceum.content import facts
from lyceum.content.facts import PageKey, PrerequisiteMissing
from lyceum.content.queries import exercise_for_attempt, lessons_exercises
from lyceum.content.visibility import Reader
from lyceum.kernel.errors import NotFound
from tests.pages import a_bank, a_lesson, an_exercise
from tests.people import a_member, a_school, signed_in

pytestmark = pytest.mark.django_db

HOST = {"host": "toto.test"}
TASK = [
    (
        "multiple_choice",
        {
            "language": "en",
            "question": "He … tired.",
            "options": [
                {"text": "is", "correct": True, "feedback": {"en": "zebra"}},
                {"text": "are", "correct": False, "feedback": {"en": "yak"}},
            ],
            "image": {"file": None, "alt": ""},
        },
    )
]


def a_choice(parent: Any, title: str = "", **fields: Any) -> Any:
    return an_exercise(
        parent,
        title,
        task=TASK,
        hints_en=[("hint", "giraffe")],
        explanation_en="elephant",
        instructions_en="Choose.",
        **fields,
    )


def test_a_lessons_exercises_come_in_order_without_their_answers(client: Client) -> None:
    lesson = a_lesson(a_school("toto"))
    first, second = a_choice(lesson, "One", points=5), a_choice(lesson, "Two")
    an_exercise(lesson, task=TASK, published=False)

    response = client.get(f"/api/v1/content/lessons/{lesson.uuid}/exercises", headers=HOST)

    told = response.json()["items"]
    assert [item["id"] for item in told] == [str(first.uuid), str(second.uuid)]
    assert (told[0]["kind"], told[0]["points"], told[0]["hints_count"]) == ("multiple_choice", 5, 1)
    assert told[0]["instructions"] == "Choose."
    assert {option["text"] for option in told[0]["task"]["options"]} == {"is", "are"}
    for secret in ("correct", "zebra", "yak", "giraffe", "elephant", first.seed):
        assert secret not in response.text


def test_exercises_come_ten_a_page(client: Client) -> None:
    lesson = a_lesson(a_school("toto"))
    for _ in range(11):
        a_choice(lesson)
    here = f"/api/v1/content/lessons/{lesson.uuid}/exercises"

    first = client.get(here, headers=HOST).json()
    second = client.get(here, {"cursor": first["next"]}, headers=HOST).json()

    assert (len(first["items"]), len(second["items"]), second["next"]) == (10, 1, None)


def test_a_single_exercise_names_its_lesson(client: Client) -> None:
    lesson = a_lesson(a_school("toto"), "To be")
    exercise = a_choice(lesson)

    told = client.get(f"/api/v1/content/exercises/{exercise.uuid}", headers=HOST).json()

    assert told["lesson"]["id"] == str(lesson.uuid)


def test_a_banks_exercises_are_for_the_schools_staff_alone(client: Client) -> None:
    school = a_school("toto")
    exercise = a_choice(a_bank(school))
    here = f"/api/v1/content/exercises/{exercise.uuid}"

    assert client.get(here, headers=HOST).status_code == 404
    assert signed_in(a_member(school, "student"), "toto").get(here).status_code == 404
    assert signed_in(a_member(school, "teacher"), "toto").get(here).status_code == 200


def test_each_kind_tells_the_shape_of_its_answers(client: Client) -> None:
    a_school("toto")

    kinds = client.get("/api/v1/content/exercise-kinds", headers=HOST).json()["items"]

    assert {"multiple_choice", "listening", "voice_response"} <= {kind["name"] for kind in kinds}
    assert all(isinstance(kind["answer"], dict) for kind in kinds)


def test_an_attempt_gets_all_that_marking_needs_in_one_query(
    django_assert_num_queries: Any,
) -> None:
    school = a_school("toto")
    lesson = a_lesson(school)
    exercise = a_choice(lesson, max_attempts=2)
    reader = Reader(school=school, language="es")
    exercise_for_attempt(reader, exercise.uuid)

    with django_assert_num_queries(1):
        found = exercise_for_attempt(reader, exercise.uuid)
    with django_assert_num_queries(1):
        [listed] = lessons_exercises(lesson.pk)

    assert (found.lesson_id, found.lesson_uuid) == (lesson.pk, lesson.uuid)
    assert (found.kind, found.max_attempts, found.seed) == ("multiple_choice", 2, exercise.seed)
    assert found.task["options"][0]["correct"] is True
    assert (found.hints, found.explanation) == (("giraffe",), "elephant")
    assert (listed.id, listed.uuid, listed.kind) == (exercise.pk, exercise.uuid, "multiple_choice")
    with pytest.raises(NotFound):
        exercise_for_attempt(Reader(school=a_school("campus"), language="en"), exercise.uuid)


@pytest.fixture
def locked() -> Iterator[set[int]]:
    """Pages (ids) that a room above calls locked, while the test runs."""
    ids: set[int] = set()

    def tell(reader: Reader, pages: Sequence[PageKey]) -> Mapping[int, Mapping[str, Any]]:
        return {page.id: {"locked": page.id in ids, "missing": []} for page in pages}

    def gate(reader: Reader, page: PageKey, told: Mapping[str, Any]) -> None:
        if told["locked"]:
            raise PrerequisiteMissing

    facts.reader_facts.register("test", tell)
    facts.gates.register("test", gate)
    yield ids
    facts.reader_facts._things.pop("test")
    facts.gates._things.pop("test")


def test_a_locked_lesson_is_listed_but_not_opened(client: Client, locked: set[int]) -> None:
    lesson = a_lesson(a_school("toto"))
    locked.add(lesson.pk)

    listed = client.get("/api/v1/content/lessons", headers=HOST).json()["items"]
    assert listed[0]["reader"] == {"locked": True, "missing": []}
    for tail in ("", "/exercises"):
        response = client.get(f"/api/v1/content/lessons/{lesson.uuid}{tail}", headers=HOST)
        assert (response.status_code, response.json()["code"]) == (403, "prerequisite_missing")


def test_documents_keep_to_the_shape_that_the_api_tells(client: Client) -> None:
    from lyceum.content.models import Document
    from lyceum.content.types import type_of

    lesson = a_lesson(a_school("toto"))
    a_choice(lesson)
    a_choice(a_bank(a_school("campus")))
    documents = Document.objects.select_related("page")

    assert documents.exists()
    for document in documents:
        kind = type_of(document.page.specific)
        assert kind is not None
        for text, schema in ((document.card, kind.card_schema), (document.body, kind.body_schema)):
            if text:
                schema.model_validate(json.loads(text))
                assert set(json.loads(text)) == set(schema.model_fields)
