"""What a page lacks before publication: the same list for editors, reviewers and programs."""

import json
from datetime import UTC, datetime

import pytest
from django.test import Client
from wagtail.models import TaskState

from content_types.models import Exercise, Lesson, LessonPrerequisite
from lyceum.content.publication.remarks import remarks_on
from lyceum.content.rights.grants import grant_page
from tests.pages import a_lesson, an_exercise
from tests.people import a_member, a_school, a_token
from tests.platform.content.test_confinement import an_image

pytestmark = pytest.mark.django_db
AT = datetime(2026, 9, 1, 12, tzinfo=UTC)
PLACE = "c0ffee00-0000-4000-8000-000000000001"


def a_task(**fields):
    """Return the stored task of a multiple choice without a correct option."""
    options = [{"text": text, "correct": False, "feedback": {}} for text in ("red", "blue")]
    task = {"language": "en", "question": "Which?", "options": options, "multiple": False, **fields}
    return json.dumps([{"type": "multiple_choice", "value": task, "id": PLACE}])


def a_body(*blocks):
    return json.dumps([{"type": name, "value": value, "id": PLACE} for name, value in blocks])


def told(page):
    return [(remark.code, remark.at, remark.refuses) for remark in remarks_on(page)]


def an_author(person, school):
    token = a_token(person, school, "content:read", "content:write")
    return Client(headers={"host": school.host, "authorization": f"Bearer {token}"})


def ask_to_publish(author, page):
    return author.post(f"/api/cms/pages/{page.pk}/actions/publish/", {}, "application/json")


def lessons_that_wait_for_each_other(school):
    """Return two drafts, each of which was in order when it was saved, and the first's revision."""
    first, second = (a_lesson(school, title=t, published=False) for t in ("First", "Second"))
    first.prerequisites.add(LessonPrerequisite(required=second))
    revision = first.save_revision(clean=False)
    LessonPrerequisite.objects.create(lesson=second, required=first)
    return first, second, revision


def test_warnings_say_what_readers_would_miss_and_where():
    school = a_school(languages=["en", "es"])
    later = a_lesson(school, title="Later", level="B1", title_es="Luego")
    hidden = a_lesson(school, title="Hidden", published=False)
    dialogue = {"language": "en", "lines": [{"speaker": "Ana", "text": "Hello!"}]}
    words = {"language": "en", "entries": [{"term": "red", "meaning": "rojo"}]}
    lesson = a_lesson(
        school,
        title="Colours",
        level="A1",
        description_es="Rojo",
        body_en=a_body(("dialogue", dialogue), ("vocabulary", words)),
    )
    for required in (later, hidden):
        lesson.prerequisites.add(LessonPrerequisite(required=required))

    assert told(lesson) == [
        ("audio_missing", f"body_en.{PLACE}.audio", False),
        ("translation_missing", "title_es", False),
        ("translation_missing", "description_en", False),
        ("translation_missing", "body_es", False),
        ("prerequisite_too_high", "prerequisites", False),
        ("prerequisite_unpublished", "prerequisites", False),
    ]
    assert told(later) == []


def test_errors_are_what_the_form_would_refuse_and_come_first():
    school = a_school(languages=["en", "es"])
    lesson = a_lesson(school, title="Colours", title_es="Colores")
    other = an_exercise(a_lesson(school), task=a_task())
    lesson.body_en = a_body(("exercise", other.pk), ("image", {"file": None, "alt": ""}))
    exercise = an_exercise(lesson, title="Red", task=a_task())

    assert told(exercise) == [
        ("unfinished_task", f"task.{PLACE}.options", True),
        ("translation_missing", "title_es", False),
    ]
    assert [remark for remark in told(lesson) if remark[2]] == [
        ("required", f"body_en.{PLACE}.file", True),
        ("alt_missing", f"body_en.{PLACE}.alt", True),
        ("foreign_exercise", f"body_en.{PLACE}", True),
    ]


def test_a_slide_s_image_needs_a_text_of_its_own_to_be_published_and_not_to_be_kept():
    school = a_school(languages=["en"])
    image, lesson = an_image(school), a_lesson(school)
    slides = [{"title": "One", "image": image.pk}, {"title": "Two", "image": None}]
    lesson.body_en = a_body(("slides", {"slides": slides}))

    (missing,) = [remark for remark in told(lesson) if remark[2]]
    slides[0]["alt"] = "A cat that sleeps"
    lesson.body_en = a_body(("slides", {"slides": slides}))

    assert (missing[0], missing[1].rpartition(".")[2]) == ("alt_missing", "alt")
    assert [remark for remark in told(lesson) if remark[2]] == []


def test_the_publish_door_of_the_api_answers_the_same_list():
    school, other = a_school("toto", languages=["en", "es"]), a_school("campus")
    lesson = a_lesson(school)
    exercise = an_exercise(lesson, title="Red", task=a_task(), published=False)
    lesson = a_lesson(school, title="Colours", published=False)
    author = an_author(a_member(school, "manager"), school)

    refused = ask_to_publish(author, exercise)
    done = ask_to_publish(author, lesson)

    assert refused.status_code == 422, refused.content
    (error,) = refused.json()["errors"]
    assert (error["type"], error["loc"]) == ("unfinished_task", ["task", PLACE, "options"])
    assert not Exercise.objects.get(pk=exercise.pk).live
    assert done.status_code == 200, done.content
    assert done.json()["meta"]["warnings"] == ["Title (Español): Not written in Español."]
    stranger = an_author(a_member(other, "manager"), other)
    assert ask_to_publish(stranger, exercise).status_code == 404
    teacher = a_member(school, "teacher")
    grant_page(actor=None, user=teacher, page=exercise, permissions={"change"}, at=AT)
    assert ask_to_publish(an_author(teacher, school), exercise).status_code == 403


def test_the_editor_lists_what_is_missing_each_with_the_way_to_its_field(editor_of):
    school, other = a_school(languages=["en", "es"]), a_school()
    lesson = a_lesson(school)
    exercise = an_exercise(lesson, title="Red", task=a_task(), published=False)
    address = f"/admin/pages/{exercise.pk}/edit/"

    page = editor_of(a_member(school, "manager"), school).get(address).content.decode()

    for at in (f"task.{PLACE}.options", "title_es"):
        assert f'data-remark="{at}"' in page
    assert 'data-remarks="2"' in page
    assert editor_of(a_member(other, "manager"), other).get(address).status_code == 404


def test_a_reviewer_cannot_approve_what_waits_for_itself(editor_of):
    school = a_school(languages=["en"])
    first, _second, _revision = lessons_that_wait_for_each_other(school)
    teacher, manager = a_member(school, "teacher"), a_member(school, "manager")
    first.get_workflow().start(first, teacher)
    state = TaskState.objects.get()
    browser = editor_of(manager, school)

    answer = browser.post(
        f"/admin/pages/workflow/action/{first.pk}/approve/{state.pk}/", follow=True
    )

    told = answer.content.decode()
    assert "is not published: there is something to mend first." in told
    assert "The prerequisites go round in a circle: “First” → “Second” → “First”." in told
    assert 'data-code="circular_prerequisites"' in told
    assert not Lesson.objects.get(pk=first.pk).live
    assert TaskState.objects.get().status == TaskState.STATUS_IN_PROGRESS


def test_many_are_published_at_once_or_none_of_them(editor_of):
    school = a_school(languages=["en"])
    first, _second, _revision = lessons_that_wait_for_each_other(school)
    good = a_lesson(school, title="Good", published=False)
    browser = editor_of(a_member(school, "manager"), school)

    address = f"/admin/bulk/content/basepage/publish/?id={good.pk}&id={first.pk}"
    answer = browser.post(address, follow=True)

    assert "“First” is not published" in answer.content.decode()
    assert not Lesson.objects.filter(pk__in=[good.pk, first.pk], live=True).exists()


def test_a_block_whose_form_breaks_costs_the_list_its_own_lines(monkeypatch, caplog):
    school = a_school(languages=["en"])
    exercise = an_exercise(a_lesson(school), title="Red", task=a_task())

    def breaks(value):
        raise RuntimeError("broken")

    monkeypatch.setattr(exercise.task.stream_block.child_blocks["multiple_choice"], "clean", breaks)

    assert told(exercise) == [("unchecked", "task", False)]
    assert "could not be checked" in caplog.text
