"""“View the catalogue as…” in the editor: for creators, to look at and not to act."""

from __future__ import annotations

import pytest

from content_types.models import LessonPrerequisite
from lyceum.events.models import AuditEntry
from lyceum.learning.models import LessonProgress
from tests.exercises import an_exercise
from tests.pages import a_lesson, a_subcategory
from tests.people import a_member, a_school

pytestmark = pytest.mark.django_db

VIEW = "/admin/view-as/"


def test_a_creator_sees_the_list_and_a_lesson_as_a_student_of_a_level(editor_of):
    school = a_school(catalogue="members")
    subcategory = a_subcategory(school)
    easy = a_lesson(subcategory, "To be", level="A1")
    a_lesson(subcategory, "Moods", level="C1")
    a_lesson(subcategory, "Draft", published=False)
    shut = a_lesson(subcategory, "To have", level="A1")
    LessonPrerequisite.objects.create(lesson=shut, required=easy)
    an_exercise(easy)
    creator = a_member(school, "content_creator")
    browser = editor_of(creator, school)

    listed = browser.get(f"{VIEW}?view_as=student:A2").content.decode()
    shown = browser.get(f"{VIEW}lessons/{easy.uuid}/?view_as=student:A2")
    locked = browser.get(f"{VIEW}lessons/{shut.uuid}/?view_as=student:A2")

    assert "To be" in listed
    assert "Moods" not in listed
    assert "Draft" not in listed
    assert shown.status_code == 200
    assert "To be" in shown.content.decode()
    assert "<form" not in shown.content.decode()
    assert (locked.status_code, "prerequisite_missing" in locked.content.decode()) == (403, True)
    assert AuditEntry.objects.filter(action="content.viewed_as", actor=creator.uuid).count() == 1
    assert not LessonProgress.objects.exists()


def test_as_a_stranger_of_a_school_for_members_one_sees_the_refusal(editor_of):
    school = a_school(catalogue="members")
    lesson = a_lesson(school, "To be")
    browser = editor_of(a_member(school, "teacher"), school)

    for whom, code in (("stranger", "not_a_member"), ("anonymous", "not_authenticated")):
        listed = browser.get(f"{VIEW}?view_as={whom}").content.decode()
        assert code in listed
        assert "To be" not in listed
        shown = browser.get(f"{VIEW}lessons/{lesson.uuid}/?view_as={whom}")
        assert "To be" not in shown.content.decode()


def test_the_menu_offers_it_to_creators_alone_and_nothing_can_be_sent(editor_of):
    school = a_school()
    moderator = editor_of(a_member(school, "moderator"), school)
    creator = editor_of(a_member(school, "content_creator"), school)

    assert VIEW in creator.get("/admin/").content.decode()
    assert VIEW not in moderator.get("/admin/").content.decode()
    assert moderator.get(f"{VIEW}?view_as=student").status_code == 404
    assert creator.post(f"{VIEW}?view_as=student").status_code == 405
    assert creator.get(f"{VIEW}?view_as=teacher").status_code == 200


def test_another_schools_lesson_is_not_there(editor_of):
    school, other = a_school(), a_school()
    foreign = a_lesson(other, "Foreign")
    browser = editor_of(a_member(school, "manager"), school)

    answer = browser.get(f"{VIEW}lessons/{foreign.uuid}/?view_as=student")

    assert answer.status_code == 404
    assert "Foreign" not in answer.content.decode()
