"""What is done with pages, by the editor, its API and its timetable, and with files."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from wagtail.models import TaskState

from lyceum.content.rights.grants import grant_page, revoke_page
from lyceum.kernel.clock import now
from tests.api.asking import WEBM
from tests.audited.deeds import Act, World, deed, ok, send
from tests.content_types.exchange.folders import a_folder
from tests.pages import a_category, a_lesson, a_subcategory
from tests.people import a_member, a_school, a_token
from tests.platform.content.admin.test_review import a_form
from tests.platform.content.test_confinement import an_image


def _lesson(world: World, **fields: Any) -> Any:
    return a_lesson(a_subcategory(a_category(world.school)), "Animals", **fields)


def _author(world: World) -> Client:
    token = a_token(world.admin, world.school, "content:read", "content:write")
    world.secrets.append(token)
    return Client(headers={"host": "toto.test", "authorization": f"Bearer {token}"})


def _write(world: World, method: str, page: Any, deed: str, body: Any = None) -> Act:
    author = _author(world)
    path = f"/api/cms/pages/{page.pk}/{deed}"
    return lambda: send(author, method, path, body)


@deed("page.published")
def publish(world: World) -> Act:
    return _write(world, "POST", _lesson(world, published=False), "actions/publish/")


@deed("page.unpublished")
def unpublish(world: World) -> Act:
    return _write(world, "POST", _lesson(world), "actions/unpublish/")


@deed("page.deleted")
def delete(world: World) -> Act:
    return _write(world, "DELETE", _lesson(world), "")


@deed("page.moved")
def move(world: World) -> Act:
    lesson = _lesson(world)
    there = a_subcategory(a_category(world.school))
    return lambda: world.post(f"pages/{lesson.pk}/move/{there.pk}/confirm/")


@deed("page.copied")
def copy(world: World) -> Act:
    lesson = _lesson(world)
    body = {"destination_id": lesson.get_parent().pk, "slug": "again", "title": "Again"}
    return _write(world, "POST", lesson, "actions/copy/", body)


@deed("page.made")
def make(world: World) -> Act:
    author, below = _author(world), a_category(world.school)
    meta = {"type": "content_types.Subcategory", "parent_id": below.pk}
    body = {"meta": meta, "title": "Farm", "title_en": "Farm", "slug": "farm"}
    return lambda: send(author, "POST", "/api/cms/pages/", body)


@deed("page.locked")
def lock(world: World) -> Act:
    lesson = _lesson(world)
    return lambda: world.post(f"pages/{lesson.pk}/lock/")


@deed("page.unlocked")
def unlock(world: World) -> Act:
    lesson = _lesson(world)
    world.post(f"pages/{lesson.pk}/lock/")
    return lambda: world.post(f"pages/{lesson.pk}/unlock/")


def _edit(world: World, lesson: Any, **fields: Any) -> Act:
    form = a_form(**fields)
    return lambda: world.post(f"pages/{lesson.pk}/edit/", form)


def _planned(world: World) -> Any:
    lesson = _lesson(world, published=False)
    lesson.go_live_at = now() + timedelta(days=1)
    lesson.save_revision(user=world.admin).publish(user=world.admin)
    return lesson


@deed("page.publication_planned")
def plan(world: World) -> Act:
    lesson = _lesson(world, published=False)
    lesson.go_live_at = now() + timedelta(days=1)
    lesson.save_revision(user=world.admin)
    return _write(world, "POST", lesson, "actions/publish/")


@deed("page.publication_cancelled")
def cancel_plan(world: World) -> Act:
    lesson = _planned(world)
    revision = lesson.scheduled_revision
    return lambda: world.post(f"pages/{lesson.pk}/revisions/{revision.pk}/unschedule/")


def _sent(world: World) -> tuple[Any, TaskState]:
    lesson = _lesson(world)
    _edit(world, lesson, **{"action-submit": "1"})()
    return lesson, TaskState.objects.get()


@deed("page.sent_for_review")
def send_for_review(world: World) -> Act:
    return _edit(world, _lesson(world), **{"action-submit": "1"})


@deed("page.approved")
def approve(world: World) -> Act:
    lesson, state = _sent(world)
    return lambda: world.post(f"pages/workflow/action/{lesson.pk}/approve/{state.pk}/")


@deed("page.rejected")
def reject(world: World) -> Act:
    lesson, state = _sent(world)
    body = {"comment": "More."}
    return lambda: world.post(f"pages/workflow/action/{lesson.pk}/reject/{state.pk}/", body)


@deed("page.review_cancelled")
def cancel_review(world: World) -> Act:
    lesson, _ = _sent(world)
    return _edit(world, lesson, **{"action-cancel-workflow": "1"})


@deed("page.granted", through_http=False)
def grant(world: World) -> Act:
    lesson, teacher = _lesson(world), a_member(world.school, "teacher")
    return lambda: grant_page(
        actor=world.admin, user=teacher, page=lesson, permissions={"change"}, at=now()
    )


@deed("page.revoked", through_http=False)
def revoke(world: World) -> Act:
    lesson, teacher = _lesson(world), a_member(world.school, "teacher")
    granted = {"user": teacher, "page": lesson, "permissions": {"change"}}
    grant_page(actor=None, at=now(), **granted)
    return lambda: revoke_page(actor=world.admin, at=now(), **granted)


@deed("content.viewed_as", whole=False)
def view_as(world: World) -> Act:
    return lambda: ok(world.browser.get("/admin/view-as/?view_as=student:A2"))


@deed("content.imported", by="nobody", through_http=False)
def bring_in(world: World) -> Act:
    a_school("campus", languages=["en", "es"])
    folder = str(a_folder(world.folder / "campus"))
    return lambda: call_command("import_school", folder, school="campus", stdout=StringIO())


@deed("file.deleted")
def delete_a_file(world: World) -> Act:
    image = an_image(world.school)
    return lambda: world.post(f"images/{image.pk}/delete/")


def _hand_in(browser: Client) -> Any:
    file = SimpleUploadedFile("me.webm", WEBM, "audio/webm")
    answer = browser.post("/api/v1/media", {"file": file})
    ok(answer)
    return answer.json()["id"]


@deed("recording.kept")
def keep(world: World) -> Act:
    return lambda: _hand_in(world.browser)


@deed("recording.deleted")
def delete_recording(world: World) -> Act:
    kept = _hand_in(world.browser)
    return lambda: world.send("DELETE", f"/media/{kept}")
