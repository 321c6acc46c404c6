"""Writing an exercise in the editor: its kind's form, and what it refuses."""

import pytest
from wagtail.test.utils.form_data import nested_form_data, streamfield

from content_types.models import Exercise
from lyceum.plugin.exercises import find_task, kinds_at
from tests.pages import a_category, a_lesson, a_subcategory
from tests.people import a_member, a_school

pytestmark = pytest.mark.django_db

NO_TEXTS = dict.fromkeys(("en", "es", "ar", "fr", "de", "pt", "tr"), "")


@pytest.fixture
def school():
    return a_school(languages=["en", "es"])


@pytest.fixture
def address(school):
    lesson = a_lesson(a_subcategory(a_category(school)))
    return f"/admin/pages/add/content_types/exercise/{lesson.pk}/"


@pytest.fixture
def browser(editor_of, school):
    return editor_of(a_member(school, "manager"), school)


def an_option(text: str, *, correct: bool) -> dict:
    option = {"text": text, "feedback": {**NO_TEXTS, "es": "Bien"}}
    return {**option, "correct": "on"} if correct else option


def a_form(*options: dict) -> dict:
    """Return what a browser sends for a multiple choice."""
    task = {
        "language": "en",
        "question": "Which?",
        "options": streamfield([("", option) for option in options]),
        "image": {"file": "", "alt": ""},
    }
    empty = {f"hints_{code}": streamfield([]) for code in ("en", "es")}
    fields = {"title_en": "Choose", "slug": "choose", "points": "10", "marking": "{}"}
    return nested_form_data({**empty, **fields, "task": streamfield([("multiple_choice", task)])})


def test_the_editor_offers_every_kind(browser, school, address):
    form = browser.get(address).content.decode()
    assert all(str(kind.label) in form for kind in kinds_at(school))


def test_a_task_is_kept_as_its_form_was_filled(browser, address):
    options = (an_option("one", correct=True), an_option("two", correct=False))
    answer = browser.post(address, {**a_form(*options), "action-publish": "1"})
    assert answer.status_code == 302, answer.context["form"].errors
    task = find_task(Exercise.objects.get().task)
    assert task.kind.name == "multiple_choice"
    assert task.value == {
        "language": "en",
        "question": "Which?",
        "options": [
            {"text": "one", "correct": True, "feedback": {"es": "Bien"}},
            {"text": "two", "correct": False, "feedback": {"es": "Bien"}},
        ],
        "multiple": False,
        "image": {},
    }


def test_what_is_wrong_with_a_task_is_said_when_it_is_published_and_not_before(browser, address):
    options = (an_option("one", correct=False), an_option("two", correct=False))
    refused = browser.post(address, {**a_form(*options), "action-publish": "1"})
    assert "Mark at least one option as correct." in refused.content.decode()
    assert not Exercise.objects.exists()

    draft = browser.post(address, a_form(*options))
    assert draft.status_code == 302
    assert not Exercise.objects.get().live


def test_the_editor_shows_the_languages_of_the_school(browser, address):
    form = browser.get(address).content.decode()

    hidden = form.partition("<style>.lyceum-translated")[2].partition("</style>")[0]
    assert {code for code in NO_TEXTS if f'"{code}"' in hidden} == {"ar", "fr", "de", "pt", "tr"}
    assert "display: none" in hidden


def test_a_text_in_a_language_that_the_school_gave_up_outlives_an_edit(browser, address):
    kept, plain_one = an_option("one", correct=True), an_option("two", correct=False)
    kept["feedback"]["fr"] = "Très bien"
    browser.post(address, a_form(kept, plain_one))
    exercise = Exercise.objects.get()

    edit = f"/admin/pages/{exercise.pk}/edit/"
    assert r"Tr\u00e8s bien" in browser.get(edit).content.decode()
    kept["feedback"]["es"] = "Muy bien"
    answer = browser.post(edit, {**a_form(kept, plain_one), "action-publish": "1"})

    assert answer.status_code == 302, answer.context["form"].errors
    option = find_task(Exercise.objects.get().task).value["options"][0]
    assert option["feedback"] == {"es": "Muy bien", "fr": "Très bien"}
