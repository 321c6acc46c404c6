"""Publishing where one may, sending for review where one may not, and publishing on time."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils.timezone import now
from huey import RedisHuey
from huey.contrib.djhuey import HUEY
from wagtail.models import TaskState
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from content_types.models import Lesson, LessonPrerequisite
from deploy.processes import free_port
from lyceum.accounts.models import User
from lyceum.content.rights.grants import grant_page
from lyceum.content.schedule import publish_what_is_due
from tests.pages import a_lesson
from tests.people import a_member, a_person, a_school

pytestmark = pytest.mark.django_db
AT = datetime(2026, 9, 1, 12, tzinfo=UTC)


def a_form(**fields):
    """Return what a browser sends for a lesson of a school with English alone."""
    empty = {f"{name}_en": streamfield([]) for name in ("objectives", "body")}
    filled = {"title_en": "Changed", "slug": "changed", "duration": "15", "tags": ""}
    prerequisites = {"prerequisites": inline_formset([])}
    return nested_form_data({**empty, **filled, **prerequisites, **fields})


def may_moderate(person):
    return TaskState.objects.reviewable_by(User.objects.get(pk=person.pk)).count()


def test_a_teachers_change_waits_for_someone_who_may_publish(editor_of):
    school, other = a_school(languages=["en"]), a_school()
    lesson = a_lesson(school, title="Before")
    teacher, manager = a_member(school, "teacher"), a_member(school, "manager")
    colleague, stranger = a_member(school, "teacher"), a_member(other, "manager")
    grant_page(actor=None, user=teacher, page=lesson, permissions={"change"}, at=AT)

    address = f"/admin/pages/{lesson.pk}/edit/"
    writer = editor_of(teacher, school)
    assert 'name="action-publish"' not in writer.get(address).content.decode()
    writer.post(address, a_form(**{"action-submit": "1"}))

    state = TaskState.objects.get()
    assert Lesson.objects.get(pk=lesson.pk).title_en == "Before"
    waiting = {who: may_moderate(who) for who in (manager, teacher, colleague, stranger)}
    assert waiting == {manager: 1, teacher: 0, colleague: 0, stranger: 0}

    approval = f"/admin/pages/workflow/action/{lesson.pk}/approve/{state.pk}/"
    editor_of(colleague, school).post(approval)
    assert Lesson.objects.get(pk=lesson.pk).title_en == "Before"
    editor_of(manager, school).post(approval)
    assert Lesson.objects.get(pk=lesson.pk).title_en == "Changed"


def test_who_may_publish_publishes_at_once(editor_of):
    school = a_school(languages=["en"])
    lesson = a_lesson(school)
    creator = a_member(school, "content_creator")
    grant_page(actor=None, user=creator, page=lesson, permissions={"change", "publish"}, at=AT)

    browser = editor_of(creator, school)
    browser.post(f"/admin/pages/{lesson.pk}/edit/", a_form(**{"action-publish": "1"}))

    assert Lesson.objects.get(pk=lesson.pk).title_en == "Changed"


def test_pages_are_published_and_withdrawn_at_their_time():
    school = a_school()
    coming, going = a_lesson(school, published=False), a_lesson(school)
    coming.go_live_at = now() + timedelta(hours=1)
    revision = coming.save_revision()
    revision.publish()
    Lesson.objects.filter(pk=going.pk).update(expire_at=now() + timedelta(hours=1))

    assert publish_what_is_due(at=now()) == 0
    Lesson.objects.filter(pk=going.pk).update(expire_at=now() - timedelta(hours=1))
    revision.approved_go_live_at = now() - timedelta(minutes=1)
    revision.content["go_live_at"] = revision.approved_go_live_at.isoformat()
    revision.save()

    assert publish_what_is_due(at=now()) == 2
    assert Lesson.objects.get(pk=coming.pk).live
    assert not Lesson.objects.get(pk=going.pk).live


def test_a_page_that_cannot_be_published_holds_up_no_other():
    school = a_school()
    first, second = a_lesson(school), a_lesson(school)
    early, late = a_lesson(school, published=False), a_lesson(school, published=False)
    for page in (early, late):
        page.go_live_at = now() - timedelta(minutes=1)
    first.prerequisites.add(LessonPrerequisite(required=second))
    scheduled = first.save_revision()
    LessonPrerequisite.objects.create(lesson=second, required=first)
    due = [(scheduled, 3), (late.save_revision(), 2)]
    for revision, minutes in due:
        revision.approved_go_live_at = now() - timedelta(minutes=minutes)
        revision.save()

    assert publish_what_is_due(at=now()) == 1
    assert Lesson.objects.get(pk=late.pk).live
    assert publish_what_is_due(at=now()) == 0


def mails_of(outbox):
    return sorted((mail.to[0], mail.subject) for mail in outbox)


def test_reviewers_and_the_writer_are_told_by_mail_in_their_language(
    editor_of, mailoutbox, django_capture_on_commit_callbacks
):
    school, other = a_school("toto", languages=["en"]), a_school()
    lesson = a_lesson(school, title="Colours")
    teacher = a_member(school, "teacher", email="teacher@example.test")
    manager = a_member(school, "manager", email="manager@example.test", language="es")
    a_member(school, "teacher"), a_member(other, "manager"), a_person(is_superuser=True)
    grant_page(actor=None, user=teacher, page=lesson, permissions={"change"}, at=AT)

    with django_capture_on_commit_callbacks(execute=True):
        submission = a_form(title_en="Colours", **{"action-submit": "1"})
        editor_of(teacher, school).post(f"/admin/pages/{lesson.pk}/edit/", submission)
    wanted = [("manager@example.test", "Colours: pendiente de revisión en Toto")]
    assert mails_of(mailoutbox) == wanted
    assert f"toto.test/admin/pages/{lesson.pk}/edit/" in mailoutbox[0].body
    assert mailoutbox[0].from_email.startswith("Toto <")

    mailoutbox.clear()
    action = f"/admin/pages/workflow/action/{lesson.pk}/{{}}/{TaskState.objects.get().pk}/"
    with django_capture_on_commit_callbacks(execute=True):
        editor_of(manager, school).post(action.format("reject"), {"comment": "Say more."})
    assert mails_of(mailoutbox) == [("teacher@example.test", "Colours: changes wanted at Toto")]
    assert "Say more." in mailoutbox[0].body


def test_the_writer_is_told_once_that_a_page_is_approved(
    editor_of, mailoutbox, django_capture_on_commit_callbacks
):
    school = a_school("toto", languages=["en"])
    lesson = a_lesson(school, title="Colours")
    teacher = a_member(school, "teacher", email="teacher@example.test")
    grant_page(actor=None, user=teacher, page=lesson, permissions={"change"}, at=AT)
    submission = a_form(title_en="Colours", **{"action-submit": "1"})
    editor_of(teacher, school).post(f"/admin/pages/{lesson.pk}/edit/", submission)
    state = TaskState.objects.get()

    with django_capture_on_commit_callbacks(execute=True):
        address = f"/admin/pages/workflow/action/{lesson.pk}/approve/{state.pk}/"
        editor_of(a_member(school, "manager"), school).post(address)

    assert mails_of(mailoutbox) == [("teacher@example.test", "Colours: approved at Toto")]


def test_the_reviewers_are_told_even_while_the_worker_s_queue_is_away(
    editor_of, mailoutbox, django_capture_on_commit_callbacks, monkeypatch
):
    school = a_school("toto", languages=["en"])
    lesson = a_lesson(school, title="Colours")
    teacher = a_member(school, "teacher", email="teacher@example.test")
    a_member(school, "manager", email="manager@example.test")
    grant_page(actor=None, user=teacher, page=lesson, permissions={"change"}, at=AT)
    nobody = RedisHuey("lyceum", url=f"redis://127.0.0.1:{free_port()}/1")
    monkeypatch.setattr(HUEY, "_immediate", False)
    monkeypatch.setattr(HUEY, "storage", nobody.storage)

    with django_capture_on_commit_callbacks(execute=True):
        submission = a_form(title_en="Colours", **{"action-submit": "1"})
        editor_of(teacher, school).post(f"/admin/pages/{lesson.pk}/edit/", submission)

    assert [mail.to[0] for mail in mailoutbox] == ["manager@example.test"]
