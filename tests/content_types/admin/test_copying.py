"""Copying an exercise: an id of its own, its origin remembered, and never out of the school."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from content_types.copying import NoSuchLesson, copy_exercise
from content_types.models import Exercise
from lyceum.content.rights.grants import grant_page
from lyceum.events.models import AuditEntry
from lyceum.kernel.clock import now
from lyceum.schools.current import CurrentSchool
from lyceum.schools.models import Membership
from tests.content_types.exercise_kinds.tasks import a_matching, an_order
from tests.pages import a_bank, a_lesson, an_exercise
from tests.people import a_member, a_program, a_school, a_token, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> CurrentSchool:
    return a_school("toto", languages=["en", "es"])


@pytest.fixture
def exercise(school: CurrentSchool) -> Exercise:
    task = [{"type": "matching", "value": a_matching()}]
    texts = {"title_es": "Animales", "instructions_es": "Busca."}
    return an_exercise(a_lesson(school), "Animals", slug="animals", task=task, **texts)


@pytest.fixture
def manager(school: CurrentSchool) -> Any:
    return a_member(school, "manager")


def copied(exercise: Exercise, into: Any, by: Any) -> Exercise:
    copy = copy_exercise(exercise=exercise, into=into, actor=by)
    return Exercise.objects.get(pk=copy.pk)


def post(browser: Client, exercise: Any, into: Any) -> Any:
    return browser.post(f"/admin/pages/{exercise.pk}/copy/", {"new_parent_page": into.pk})


def below(lesson: Any) -> list[Exercise]:
    return list(Exercise.objects.child_of(lesson).order_by("path"))


def test_a_copy_is_a_draft_with_an_id_and_a_secret_of_its_own(school, exercise, manager):
    draft = exercise.get_latest_revision_as_object()
    draft.task = [("matching", draft.task[0].value), ("drag_drop", an_order())][:1]
    draft.explanation_es = "Porque sí."
    draft.save_revision()
    lesson = a_lesson(school)

    copy = copied(exercise, lesson, manager)

    assert (copy.get_parent().pk, copy.live, copy.origin) == (lesson.pk, False, exercise.uuid)
    assert copy.uuid != exercise.uuid
    assert copy.seed != exercise.seed
    assert (copy.title_es, copy.instructions_es) == ("Animales", "Busca.")
    assert copy.explanation_es == "Porque sí."
    assert copy.task.raw_data[0]["value"] == exercise.task.raw_data[0]["value"]
    assert exercise.get_latest_revision().object_id != copy.get_latest_revision().object_id


def test_a_duplicate_comes_right_behind_the_original_under_a_slug_of_its_own(exercise, manager):
    lesson = exercise.get_parent()
    last = an_exercise(lesson)

    copies = [copied(exercise, lesson, manager) for _ in range(2)]

    assert [page.pk for page in below(lesson)] == [
        exercise.pk,
        copies[1].pk,
        copies[0].pk,
        last.pk,
    ]
    assert [copy.slug for copy in copies] == ["animals-2", "animals-3"]


def test_the_origin_outlives_edits_and_the_original(school, exercise, manager):
    copy = copied(exercise, a_bank(school), manager)
    edited = copy.get_latest_revision_as_object()
    edited.title_en = "Beasts"
    edited.save_revision().publish()
    # A version of before anybody knew of origins.
    old = copy.latest_revision
    old.content.pop("origin")
    old.save()
    exercise.delete()

    kept = Exercise.objects.get(pk=copy.pk)
    assert (kept.title_en, kept.origin) == ("Beasts", exercise.uuid)
    assert kept.get_latest_revision_as_object().origin == exercise.uuid
    browser = signed_in(manager, "toto")
    assert "not there any more" in browser.get(f"/admin/pages/{copy.pk}/edit/").content.decode()


def test_a_copied_lessons_exercises_know_their_origins_too(school, exercise, manager):
    lesson = exercise.get_parent().specific
    copy = lesson.copy(recursive=True, update_attrs={"slug": "again"}, user=manager)

    (made,) = below(copy)
    assert (made.origin, made.uuid != exercise.uuid) == (exercise.uuid, True)


def test_the_editor_copies_tells_the_audit_and_names_the_original(school, exercise, manager):
    browser, lesson = signed_in(manager, "toto"), a_lesson(school)

    form = browser.get(f"/admin/pages/{exercise.pk}/copy/")
    answer = post(browser, exercise, lesson)

    assert 'name="new_parent_page"' in form.content.decode()
    assert answer.status_code == 302
    (copy,) = below(lesson)
    row = AuditEntry.objects.get(action="page.copied")
    assert (row.target, row.actor) == (copy.uuid, manager.uuid)
    editor = browser.get(f"/admin/pages/{copy.pk}/edit/").content.decode()
    assert f'href="/admin/pages/{exercise.pk}/edit/"><bdi>Animals' in editor
    of_lesson = browser.get(f"/admin/pages/{lesson.pk}/edit/").content.decode()
    assert f"/admin/pages/{copy.pk}/copy/" in of_lesson


def test_who_copies_may_write_on_both_sides_and_stays_in_the_school(school, exercise, manager):
    creator, lesson, closed = (
        a_member(school, "content_creator"),
        a_lesson(school),
        a_lesson(school),
    )
    grant_page(actor=manager, user=creator, page=lesson, permissions=["add", "change"], at=now())
    own = an_exercise(lesson, task=[{"type": "drag_drop", "value": an_order()}])
    other = a_school("learnify")
    Membership.objects.create(school_id=other.id, user=manager, roles=["manager"])
    foreign_lesson = a_lesson(other)
    foreign = an_exercise(foreign_lesson)
    browser, stranger = (
        signed_in(creator, "toto"),
        signed_in(a_member(other, "manager"), "learnify"),
    )

    assert post(browser, exercise, lesson).status_code == 302  # back to the desk, refused
    assert post(browser, own, closed).status_code == 200  # the form says so
    assert post(browser, own, foreign_lesson).status_code == 404
    assert post(browser, foreign, lesson).status_code == 404
    assert post(stranger, exercise, foreign_lesson).status_code == 404
    with pytest.raises(NoSuchLesson):
        copied(exercise, foreign_lesson, manager)
    assert [page.pk for page in below(lesson)] == [own.pk]
    assert not below(closed)
    assert [page.pk for page in below(foreign_lesson)] == [foreign.pk]

    assert post(browser, own, lesson).status_code == 302
    assert len(below(lesson)) == 2


def test_who_may_not_open_the_original_is_told_nothing_of_it(school, exercise, manager):
    lesson = a_lesson(school)
    copy = copied(exercise, lesson, manager)
    creator = a_member(school, "content_creator")
    grant_page(actor=manager, user=creator, page=lesson, permissions=["change"], at=now())

    editor = signed_in(creator, "toto").get(f"/admin/pages/{copy.pk}/edit/").content.decode()

    assert "that you may not open" in editor
    assert f"/admin/pages/{exercise.pk}/edit/" not in editor


def test_the_authoring_api_copies_and_tells_the_origin(school, exercise, manager):
    lesson = a_lesson(school)
    token = a_token(manager, school, "content:read", "content:write")
    browser = a_program(token, "toto")
    address = f"/api/cms/pages/{exercise.pk}/actions/copy/"
    body = {"destination_id": lesson.pk, "slug": "again", "keep_live": False}

    answer = browser.post(address, body, content_type="application/json")

    assert answer.status_code in (200, 201), answer.content
    (copy,) = below(lesson)
    told = browser.get(f"/api/cms/pages/{copy.pk}/").json()
    assert told["origin"] == str(exercise.uuid)
    assert copy.uuid != exercise.uuid
