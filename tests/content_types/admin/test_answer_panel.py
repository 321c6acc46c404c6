"""Trying an answer in the editor of an exercise: who may, what is told, what is refused."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from content_types.models import Exercise
from lyceum.schools.current import CurrentSchool
from lyceum.schools.models import School
from tests.content_types.exercise_kinds.tasks import a_translation
from tests.pages import a_lesson, an_exercise
from tests.people import a_learner, a_member, a_school, signed_in

pytestmark = pytest.mark.django_db

ADDRESS = "/admin/exercises/try-answer/"


@pytest.fixture
def school() -> CurrentSchool:
    return a_school("toto")


@pytest.fixture
def exercise(school: CurrentSchool) -> Exercise:
    task = [{"type": "translation", "value": a_translation()}]
    return an_exercise(a_lesson(school), task=task)


@pytest.fixture
def creator(school: CurrentSchool) -> Client:
    return signed_in(a_member(school, "manager"), "toto")


def try_it(browser: Client, **asked: Any) -> Any:
    trial = {
        "kind": "translation",
        "language": "en",
        "accept": ["(a|the) dog walks"],
        "answer": "The dog walk",
        **asked,
    }
    return browser.post(ADDRESS, trial, content_type="application/json")


def test_a_creator_reads_how_an_answer_would_be_marked(creator, exercise):
    told = try_it(creator, page=exercise.pk).json()

    assert (told["correct"], told["score"], told["nearest"]) == (False, 0.6667, "the dog walks")
    assert [(rule["code"], rule["severity"]) for rule in told["fired"]] == [
        ("case", "ignore"),
        ("wrong_word", "strict"),
    ]
    assert told["fired"][1]["why"].startswith("both are words of English")


def test_forbidden_words_are_those_of_the_form(creator, exercise):
    told = try_it(creator, page=exercise.pk, answer="a dog walks", forbidden=["dog"]).json()

    assert (told["correct"], told["fired"][-1]["code"]) == (False, "forbidden_word")


def test_the_schools_rules_the_kinds_and_the_forms_own_hold_in_that_order(
    creator, school, exercise
):
    def severities(**asked: Any) -> list[str]:
        told = try_it(creator, page=exercise.pk, answer="The dog walks", **asked).json()
        return [rule["severity"] for rule in told["fired"]]

    row = School.objects.get(id=school.id)
    row.marking = {"case": "strict"}
    row.save()
    by_school = severities()
    row.marking_by_kind = {"translation": {"case": "warn"}}
    row.save()

    assert by_school == ["strict"]
    assert severities() == ["warn"]
    assert severities(kind="fill_blank") == ["strict"]
    assert severities(marking='{"case": "ignore"}') == ["ignore"]


def test_a_new_exercise_is_tried_by_who_may_add_it(creator, school, exercise):
    parent = exercise.get_parent()
    stranger = signed_in(a_member(a_school("campus"), "manager"), "campus")

    assert try_it(creator, parent=parent.pk).status_code == 200
    assert try_it(stranger, parent=parent.pk).status_code == 404


def test_nobody_else_learns_anything(school, exercise):
    stranger = signed_in(a_member(a_school("campus"), "manager"), "campus")
    abroad = signed_in(a_member(a_school("learnify"), "manager"), "toto")
    student = signed_in(a_learner(school), "toto")
    anonymous = Client(headers={"host": "toto.test"})

    for browser in (stranger, abroad, student, anonymous):
        answer = try_it(browser, page=exercise.pk)
        assert answer.status_code in (302, 403, 404)
        assert b"nearest" not in answer.content


def test_a_colleague_who_may_not_edit_this_page_is_told_that_there_is_none(school, exercise):
    colleague = signed_in(a_member(school, "moderator"), "toto")

    answer = try_it(colleague, page=exercise.pk)

    assert answer.status_code in (302, 403, 404)
    assert b"nearest" not in answer.content


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"accept": []}, "accept"),
        ({"accept": ["a", "(a|the dog"]}, "accept.1"),
        ({"accept": "a"}, "accept"),
        ({"forbidden": ["[x"]}, "forbidden.0"),
        ({"marking": '{"typos": "strict"}'}, "marking"),
        ({"marking": '{"typo": 3}'}, "marking"),
        ({"marking": "{"}, "marking"),
        ({"marking": "[1]"}, "marking"),
        ({"answer": "x" * 2001}, "answer"),
        ({"answer": None}, "answer"),
        ({"solution": "?"}, "solution"),
        ({"parent": 1}, ""),
        ({"page": "one"}, "page"),
        ({"page": 2**70}, "page"),
    ],
)
def test_what_cannot_be_tried_is_named_by_its_field(creator, exercise, asked, field):
    answer = try_it(creator, **{"page": exercise.pk, **asked})

    assert answer.status_code == 422, answer.content
    problem = answer.json()
    assert (problem["code"], list(problem["errors"])) == ("invalid_trial", [field])


def test_a_body_that_is_no_json_is_refused(creator):
    answer = creator.post(ADDRESS, "{", content_type="application/json")

    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_trial")


def test_it_is_asked_by_post_and_with_the_forms_token(creator, school, exercise):
    careful = Client(enforce_csrf_checks=True, headers={"host": "toto.test"})
    careful.force_login(
        a_member(school, "manager"), backend="lyceum.accounts.backends.AuthenticationBackend"
    )

    assert creator.get(ADDRESS).status_code == 405
    assert try_it(careful, page=exercise.pk).status_code == 403


def test_the_editor_brings_the_panel_for_kinds_answered_in_writing(creator, exercise):
    form = creator.get(f"/admin/pages/{exercise.pk}/edit/").content.decode()

    assert "data-answer-trial-template" in form
    assert f'data-answer-trial-page="{exercise.pk}"' in form
    assert "content_types/answer_panel.js" in form
    assert "data-lyceum-answer-trial-part-value" in form
