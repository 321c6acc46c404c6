"""Previewing what is not saved: by its creator's token, for an hour, at one school."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import now

from content_types.models import Lesson
from lyceum.accounts.models import User
from lyceum.content.preview import PreviewNotFound, make_preview, read_preview
from tests.pages import a_lesson
from tests.people import a_member, a_school

pytestmark = pytest.mark.django_db


def a_preview(school, person, *, at, title):
    """Change a lesson without saving it, and return the token of its preview."""
    lesson = Lesson.objects.get(pk=a_lesson(school, title="Saved").pk)
    lesson.title_en = title
    return make_preview(page=lesson, actor=person, at=at)


def test_a_preview_tells_what_is_not_saved_for_an_hour(editor_of):
    school, at = a_school(), now()
    token = a_preview(school, a_member(school, "manager"), at=at, title="Not saved")

    told = read_preview(token=token, school=school, language="en", at=at + timedelta(minutes=59))

    assert told["title"] == "Not saved"
    assert not Lesson.objects.filter(title_en="Not saved").exists()
    with pytest.raises(PreviewNotFound):
        read_preview(token=token, school=school, language="en", at=at + timedelta(hours=1))


def test_a_preview_is_no_good_elsewhere_nor_altered_nor_once_the_right_is_gone():
    school, other, at = a_school(), a_school(), now()
    manager = a_member(school, "manager")
    token = a_preview(school, manager, at=at, title="Not saved")

    for bad, place in ((token, other), (token + "x", school), ("", school), ("a:b:c", school)):
        with pytest.raises(PreviewNotFound):
            read_preview(token=bad, school=place, language="en", at=at)
    User.objects.filter(pk=manager.pk).update(is_active=False)
    with pytest.raises(PreviewNotFound):
        read_preview(token=token, school=school, language="en", at=at)


def test_the_page_shows_it_and_is_kept_nowhere():
    school = a_school()
    title = "<script>alert(1)</script>"
    token = a_preview(school, a_member(school, "manager"), at=now(), title=title)
    browser = Client(headers={"host": school.host})

    answer = browser.get("/preview", {"token": token})

    assert answer.status_code == 200
    assert "&lt;script&gt;alert(1)" in answer.content.decode()
    assert title not in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert browser.get("/preview", {"token": "x"}).status_code == 404


def test_the_editor_opens_a_preview_of_its_own(editor_of):
    school = a_school()
    lesson = a_lesson(school, title="Draft", published=False)
    browser = editor_of(a_member(school, "manager"), school)

    answer = browser.get(f"/admin/pages/{lesson.pk}/view_draft/", follow=True)

    assert answer.status_code == 200
    assert answer.redirect_chain[0][0].startswith("/preview?token=")
    assert "Draft" in answer.content.decode()
