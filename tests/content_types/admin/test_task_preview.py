"""An exercise shown while it is written: as learners see it, what is right, what is missing."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from wagtail.test.utils.form_data import nested_form_data, streamfield

from content_types.models import Exercise
from lyceum.content.models.library import LibraryImage
from lyceum.schools.current import CurrentSchool
from tests.content_types.exercise_kinds.tasks import a_matching, a_text_with_gaps, an_image
from tests.pages import a_lesson, an_exercise
from tests.people import a_learner, a_member, a_school, signed_in

pytestmark = pytest.mark.django_db

ADDRESS = "/admin/exercises/see-task/"
NOT_SAID = dict.fromkeys(("en", "es", "ar", "fr", "de", "pt", "tr"), "")


@pytest.fixture
def school() -> CurrentSchool:
    return a_school("toto", languages=["en", "es"])


@pytest.fixture
def exercise(school: CurrentSchool) -> Exercise:
    return an_exercise(a_lesson(school), task=[{"type": "matching", "value": a_matching()}])


@pytest.fixture
def creator(school: CurrentSchool) -> Client:
    return signed_in(a_member(school, "manager"), "toto")


def a_form(task: dict[str, Any]) -> dict[str, Any]:
    """Return what the form of a task holds, its lists as the editor sends them."""
    rows = {
        name: streamfield([("", row) for row in part]) if isinstance(part, list) else part
        for name, part in task.items()
    }
    form: dict[str, Any] = nested_form_data({"task-0-value": rows})
    return form


def see(browser: Client, exercise: Exercise, kind: str, task: dict[str, Any], **asked: Any) -> Any:
    sent = {"page": exercise.pk, "kind": kind, "prefix": "task-0-value", "language": "en", **asked}
    return browser.post(ADDRESS, {**sent, **a_form(task)})


def gaps(text: str) -> dict[str, Any]:
    return {**a_text_with_gaps(text=text), "word_bank": []}


def test_a_creator_sees_what_learners_see_and_every_answer_that_is_right(creator, exercise):
    told = see(creator, exercise, "fill_blank", gaps("I {am|'m} from {Spain}.")).json()

    assert told["errors"] is None
    assert "I <span" in told["html"]
    assert "from <span" in told["html"]
    for answer in ("am", "&#x27;m", "Spain"):
        assert f"<bdi>{answer}</bdi>" in told["html"]


def test_the_preview_is_in_the_words_of_the_reader_that_is_chosen(creator, exercise):
    task = {**a_matching(), "distractors": []}
    told = see(creator, exercise, "matching", task, language="es").json()["html"]

    assert "Busca lo que va junto." in told
    assert told.index("gallina") != told.index("<bdi>gallina</bdi>")


def test_nothing_is_kept_and_no_attempt_is_made(creator, exercise, django_assert_max_num_queries):
    before = list(Exercise.objects.values())
    with django_assert_max_num_queries(30) as asked:
        see(creator, exercise, "fill_blank", gaps("I {am} here."))

    written = [q["sql"] for q in asked if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert [sql for sql in written if "session" not in sql] == []
    assert list(Exercise.objects.values()) == before


def test_what_is_wrong_is_told_beside_its_field_and_what_is_only_missing_in_the_list(
    creator, exercise
):
    pairs = [{"left": "cat", "right": "gato"}, {"left": "dog", "right": ""}]
    task = {"language": "es", "pairs": pairs, "distractors": []}
    half_done = see(creator, exercise, "matching", task).json()
    refused = see(creator, exercise, "matching", task, complete="true").json()
    pairs[1] = {"left": "cat", "right": "perro"}
    doubled = see(creator, exercise, "matching", task).json()

    assert half_done["errors"] is None
    assert 'data-path="pairs/1/right"' in half_done["html"]
    assert "Pairs › 2 › Right" in half_done["html"]
    assert set(refused["errors"]["blockErrors"]["pairs"]["blockErrors"]) == {"1"}
    beside = doubled["errors"]["blockErrors"]["pairs"]["blockErrors"]["1"]["blockErrors"]
    assert "on the left already" in beside["left"]["messages"][0]


def test_a_text_that_cannot_be_read_is_said_instead_of_shown(creator, exercise):
    told = see(creator, exercise, "fill_blank", gaps("I {am from Spain.")).json()

    assert "never closed" in told["errors"]["blockErrors"]["text"]["messages"][0]
    assert "task-seen__task" not in told["html"]


def test_a_solution_that_the_rules_in_force_refuse_is_told(creator, exercise):
    task = {
        "language": "en",
        "source": {**NOT_SAID, "es": "Hola"},
        "accept": ["Good morning"],
        "forbidden": ["morning"],
    }
    told = see(creator, exercise, "translation", task).json()

    assert "would be marked wrong" in told["html"]


def test_another_schools_picture_is_not_shown(creator, exercise):
    other = a_school("learnify")
    foreign = an_image(collection_id=other.collection_id)
    task = {
        "language": "en",
        "question": "Which?",
        "options": [{"text": t, "correct": "on", "feedback": NOT_SAID} for t in ("a", "b")],
        "image": {"file": str(foreign.pk), "alt": "A cat"},
    }
    told = see(creator, exercise, "multiple_choice", task)

    assert LibraryImage.objects.filter(pk=foreign.pk).exists()
    assert str(foreign.uuid) not in told.json()["html"]


def test_only_who_may_write_the_exercise_sees_its_solution(school, exercise):
    task = {**a_matching(), "distractors": []}
    own_creator = signed_in(a_member(school, "content_creator"), "toto")
    other = a_school("learnify")
    foreign = an_exercise(a_lesson(other))
    stranger = signed_in(a_member(other, "manager"), "learnify")
    manager = signed_in(a_member(school, "manager"), "toto")

    assert see(own_creator, exercise, "matching", task).status_code == 404
    assert see(stranger, exercise, "matching", task).status_code == 404
    assert see(manager, foreign, "matching", task).status_code == 404
    learner = see(signed_in(a_learner(school), "toto"), exercise, "matching", task)
    assert learner.status_code == 302
    assert see(Client(headers={"host": "toto.localhost"}), exercise, "matching", task).status_code


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"kind": "unheard_of"}, 404),
        ({"prefix": "task-0 "}, 422),
        ({"page": "x"}, 422),
        ({"parent": "1"}, 422),
        ({"marking": "{"}, 422),
    ],
)
def test_what_cannot_be_read_is_a_problem_and_never_a_crash(creator, exercise, asked, status):
    task = {**a_matching(), "distractors": []}
    sent = {"page": exercise.pk, "kind": "matching", "prefix": "task-0-value", **asked}

    answer = creator.post(ADDRESS, {**sent, **a_form(task)})
    empty = creator.post(ADDRESS, {**sent, "kind": "matching", "prefix": "elsewhere"})

    assert answer.status_code == status
    assert empty.status_code < 500
