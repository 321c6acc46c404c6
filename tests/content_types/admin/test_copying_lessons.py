"""A lesson that is copied with its exercises shows the copies, as a draft and to readers."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from content_types.models import Exercise, Lesson
from lyceum.content.publication.remarks import remarks_on
from lyceum.content.rights.grants import grant_page
from lyceum.kernel.clock import now
from lyceum.schools.current import CurrentSchool
from tests.content_types.exercise_kinds.tasks import an_order
from tests.pages import a_category, a_lesson, a_subcategory, an_exercise
from tests.people import a_member, a_program, a_school, a_token, signed_in

pytestmark = pytest.mark.django_db
TASK = [{"type": "drag_drop", "value": an_order()}]


@pytest.fixture
def school() -> CurrentSchool:
    return a_school("toto", languages=["en", "es"])


@pytest.fixture
def lesson(school: CurrentSchool) -> Lesson:
    """A published lesson with two exercises in its body, and a draft that shows them anew."""
    below = a_subcategory(a_category(school, "English"), "Verbs")
    lesson = a_lesson(below, "Colours", slug="colours", title_es="Colores")
    exercises = [an_exercise(lesson, name, task=TASK) for name in ("Red", "Blue")]
    lesson = Lesson.objects.get(pk=lesson.pk)
    lesson.body_en = a_body(*exercises)
    lesson.body_es = a_body(exercises[0])
    lesson.save_revision().publish()
    lesson.body_es = a_body(*reversed(exercises))
    lesson.save_revision()
    return Lesson.objects.get(pk=lesson.pk)


def a_body(*exercises: Exercise) -> str:
    rows = [{"type": "exercise", "value": one.pk, "id": f"id-{one.pk}"} for one in exercises]
    return json.dumps([{"type": "text", "value": "<p>Look.</p>", "id": "text"}, *rows])


def shown(body: Any) -> list[int]:
    return [row["value"] for row in body.raw_data if row["type"] == "exercise"]


def below(page: Any) -> list[Exercise]:
    return list(Exercise.objects.child_of(page).order_by("path"))


def copy_by_form(browser: Client, page: Any, into: Any, **given: str) -> Any:
    form = {
        "new_title": "Again",
        "new_slug": "again",
        "new_parent_page": into.pk,
        "copy_subpages": "on",
        **given,
    }
    return browser.post(f"/admin/pages/{page.pk}/copy/", form)


def check(copy: Lesson, lesson: Lesson) -> None:
    """Make sure that a copy shows its own exercises wherever the original shows its own."""
    red, blue = (page.pk for page in below(copy))
    draft = copy.get_latest_revision_as_object()
    assert {red, blue}.isdisjoint(page.pk for page in below(lesson))
    assert (shown(copy.body_en), shown(copy.body_es)) == ([red, blue], [red])
    assert (shown(draft.body_en), shown(draft.body_es)) == ([red, blue], [blue, red])
    assert [remark for remark in remarks_on(draft) if remark.refuses] == []
    for version in copy.revisions.all():
        assert {red, blue} >= {*shown(version.as_object().body_en)}
    original = Lesson.objects.get(pk=lesson.pk)
    assert shown(original.body_en) == [page.pk for page in below(lesson)]


def test_a_creator_copies_a_lesson_with_its_exercises_and_can_publish_it(school, lesson):
    creator, section = a_member(school, "content_creator"), lesson.get_parent()
    rights = ["add", "change", "publish"]
    grant_page(actor=None, user=creator, page=section, permissions=rights, at=now())
    browser = signed_in(creator, "toto")

    answer = copy_by_form(browser, lesson, section)

    assert answer.status_code == 302
    copy = Lesson.objects.get(slug="again")
    assert not copy.live
    check(copy, lesson)
    for page in (*below(copy), copy):
        page.get_latest_revision().publish(user=creator)
    assert Lesson.objects.get(pk=copy.pk).live


def test_readers_of_a_copy_that_is_published_at_once_get_its_own_exercises(school, lesson):
    browser = signed_in(a_member(school, "manager"), "toto")

    copy_by_form(browser, lesson, lesson.get_parent(), publish_copies="on")

    copy = Lesson.objects.get(slug="again")
    check(copy, lesson)
    told = Client().get(f"/api/v1/content/lessons/{copy.uuid}", headers={"host": "toto.test"})
    shown_to_readers = [
        block["exercise"]["id"] for block in told.json()["body"] if block["type"] == "exercise"
    ]
    assert shown_to_readers == [str(page.uuid) for page in below(copy)]


def test_lessons_of_a_section_that_is_copied_over_the_api_show_their_own_too(school, lesson):
    manager, section = a_member(school, "manager"), lesson.get_parent()
    program = a_program(a_token(manager, school, "content:read", "content:write"), "toto")
    body = {"destination_id": section.get_parent().pk, "slug": "again", "recursive": True}

    answer = program.post(
        f"/api/cms/pages/{section.pk}/actions/copy/", body, content_type="application/json"
    )

    assert answer.status_code == 201, answer.content
    (copy,) = Lesson.objects.exclude(pk=lesson.pk)
    check(copy, lesson)


def test_nothing_is_copied_where_the_bodies_cannot_be_changed(school, lesson, monkeypatch):
    def broken(*_: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr("content_types.lesson_copies._change_versions", broken)
    manager = a_member(school, "manager")

    with pytest.raises(RuntimeError):
        lesson.copy(recursive=True, update_attrs={"slug": "again"}, user=manager)

    assert Lesson.objects.count() == 1
    assert Exercise.objects.count() == 2
