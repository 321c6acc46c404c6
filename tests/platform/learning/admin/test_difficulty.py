"""The report of exercises that many get wrong: read from figures, by those who write them."""

import csv
import io
import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lyceum.content.rights.grants import grant_page
from lyceum.kernel.clock import now
from lyceum.learning.difficulty import in_words, names_in
from lyceum.learning.models import ExerciseTally
from tests.exercises import an_exercise
from tests.learners import answer, as_learner
from tests.pages import a_category, a_lesson, a_subcategory
from tests.pages import an_exercise as a_page_of_an_exercise
from tests.people import a_learner, a_member, a_school

pytestmark = pytest.mark.django_db
ADDRESS = "/admin/exercises/figures/"


def a_browser(person, school):
    browser = Client(headers={"host": school.host})
    browser.force_login(person, backend="lyceum.accounts.backends.AuthenticationBackend")
    return browser


def with_figures(school, exercise, marked, correct):
    figures = {"attempts": marked, "marked": marked, "correct": correct}
    ExerciseTally.objects.create(school=school.uuid, exercise=exercise.uuid, **figures)
    return exercise


def listed(browser, **asked):
    answer = browser.get(ADDRESS, asked)
    assert answer.status_code == 200
    return [(row.title, row.share_wrong) for row in answer.context["object_list"]]


def test_the_hardest_come_first_of_those_that_one_may_change():
    school, other = a_school(), a_school()
    verbs, food = (a_subcategory(a_category(school, title)) for title in ("Verbs", "Food"))
    lesson, apples = a_lesson(verbs, "Verbs"), a_lesson(food, "Apples")
    hard = a_page_of_an_exercise(lesson, "Hard", level="B1")
    with_figures(school, hard, 20, 5)
    with_figures(school, a_page_of_an_exercise(lesson, "Easy", level="A1"), 20, 18)
    with_figures(school, a_page_of_an_exercise(apples, "Mean"), 10, 5)
    with_figures(school, a_page_of_an_exercise(apples, "Rare"), 3, 0)
    with_figures(school, a_page_of_an_exercise(apples, "All right"), 9, 9)
    creator = a_member(school, "content_creator")
    grant_page(actor=None, user=creator, page=apples, permissions={"change"}, at=now())
    manager = a_browser(a_member(school, "manager"), school)

    assert listed(manager) == [("Hard", 0.75), ("Mean", 0.5), ("Easy", 0.1)]
    assert listed(manager, at_least=2)[0] == ("Rare", 1.0)
    assert listed(manager, level="A1") == [("Easy", 0.1)]
    assert listed(manager, category=food.get_parent().pk) == [("Mean", 0.5)]
    assert listed(a_browser(creator, school)) == [("Mean", 0.5)]
    stranger = a_browser(a_member(other, "manager"), other)
    assert listed(stranger) == []
    assert stranger.get(f"{ADDRESS}{hard.pk}/").status_code == 404
    assert a_browser(creator, school).get(f"{ADDRESS}{hard.pk}/").status_code in (302, 403)
    assert a_browser(a_member(school), school).get(ADDRESS).status_code in (302, 403)
    for wrong in ({"at_least": "x"}, {"level": "Z9"}, {"category": "999999"}):
        assert listed(manager, **wrong) == []


def test_it_is_taken_out_as_a_file_that_no_spreadsheet_runs():
    school = a_school()
    lesson = a_lesson(school, "Verbs")
    with_figures(school, a_page_of_an_exercise(lesson, "=HYPERLINK()", level="A1"), 8, 2)
    manager = a_browser(a_member(school, "manager"), school)

    taken = manager.get(ADDRESS, {"export": "csv"})
    rows = list(csv.DictReader(io.StringIO(b"".join(taken.streaming_content).decode())))
    sheet = manager.get(ADDRESS, {"export": "xlsx"})

    (row,) = rows
    assert (row["Exercise"], row["Lesson"], row["Wrong"]) == ("'=HYPERLINK()", "Verbs", "6")
    assert row["Share of wrong answers"] == "0.75"
    assert b"".join(sheet.streaming_content if sheet.streaming else [sheet.content])[:2] == b"PK"


def test_it_asks_the_database_as_often_for_many_exercises_as_for_few():
    school = a_school()
    lesson = a_lesson(school)
    manager = a_browser(a_member(school, "manager"), school)

    def asked_with(number):
        for _ in range(number):
            with_figures(school, an_exercise(lesson), 10, 4)
        with CaptureQueriesContext(connection) as asked:
            listed(manager)
        assert not any("learning_attempt" in query["sql"] for query in asked)
        return len(asked)

    asked_with(1)
    few, many = asked_with(4), asked_with(200)
    assert many == few
    assert many <= 40


def test_wrong_answers_are_told_when_several_gave_them_and_nobody_is_named():
    school = a_school()
    exercise = an_exercise(a_lesson(school), "dog")
    learners = [as_learner(a_learner(school), school) for _ in range(3)]
    for learner in learners:
        answer(learner, exercise, "cat")
        answer(learner, exercise, "dog")
    answer(learners[0], exercise, "I am Ana of the third class")
    manager = a_browser(a_member(school, "manager"), school)

    page = manager.get(f"{ADDRESS}{exercise.pk}/")

    told = [(each.text, each.times, each.people) for each in page.context["answers"]]
    assert told == [("cat", 3, 3)]
    assert "Ana" not in page.content.decode()
    assert f"/admin/pages/{exercise.pk}/edit/" in page.content.decode()


def test_a_choice_is_told_in_words():
    school = a_school()
    options = [{"text": text, "correct": text == "red", "feedback": {}} for text in ("red", "blue")]
    value = {"language": "en", "question": "Which?", "options": options, "multiple": False}
    task = json.dumps([{"type": "multiple_choice", "value": value}])
    exercise = a_page_of_an_exercise(a_lesson(school), task=task)

    names = names_in(exercise)

    assert sorted(names.values()) == ["blue", "red"]
    assert in_words({"choices": sorted(names, key=names.get)}, names) == "blue, red"
    assert in_words({"a": "x", "b": ["y", 2]}, {"a": "Gap"}) == "Gap – x; y, 2"
