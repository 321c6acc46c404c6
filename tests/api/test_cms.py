"""Authoring over Wagtail's API: by one's own people, of one's own school, as the policy says."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.models import APIToken

from content_types.models import Lesson
from lyceum.accounts.models import User
from lyceum.content.models import LibraryDocument
from lyceum.content.rights.grants import grant_page
from lyceum.schools.current import CurrentSchool
from tests.clients import AppClient
from tests.pages import a_category, a_lesson, a_subcategory
from tests.people import a_member, a_person, a_program, a_school, a_token, signed_in

pytestmark = pytest.mark.django_db
AT = datetime(2026, 9, 1, 12, tzinfo=UTC)


class Author:
    """A program that writes a school's pages for a person."""

    def __init__(self, person: User, school: CurrentSchool) -> None:
        token = a_token(person, school, "content:read", "content:write")
        host = f"{school.slug}.test"
        self.client = Client(headers={"host": host, "authorization": f"Bearer {token}"})

    def get(self, path: str) -> Any:
        return self.client.get(f"/api/cms/{path}")

    def send(self, method: str, path: str, body: Any = None) -> Any:
        return self.client.generic(
            method, f"/api/cms/{path}", json.dumps({} if body is None else body), "application/json"
        )


def a_new_lesson(parent: Any, **fields: Any) -> dict[str, Any]:
    meta = {"type": "content_types.Lesson", "parent_id": parent.pk, "action": "publish"}
    return {"title": "Fresh", "title_en": "Fresh", "title_es": "Nuevo", "meta": meta, **fields}


def test_nobody_is_answered_without_a_token_of_their_own() -> None:
    school = a_school("toto")
    manager = a_member(school, "manager")

    for client in (Client(headers={"host": "toto.test"}), signed_in(manager, "toto")):
        for path in ("pages/", "images/", "openapi.json", "whoami/", "schema/pages/"):
            answer = client.get(f"/api/cms/{path}")
            assert (answer.status_code, answer.json()["code"]) == (401, "not_authenticated"), path
    bad = Client(headers={"host": "toto.test", "authorization": "Bearer wagtail_wrong"})
    assert bad.get("/api/cms/pages/").status_code == 401


def test_only_the_schools_staff_is_let_in() -> None:
    school, other = a_school("toto"), a_school("campus")
    stranger = a_member(other, "admin", email="stranger@example.test")
    app = AppClient("toto")
    app.log_in("stranger@example.test")
    both = ("content:read", "content:write")

    student = Author(a_member(school), school).get("pages/")
    by_log_in = app.call("GET", "/api/cms/pages/")
    by_token = a_program(a_token(stranger, other, *both), "toto").get("/api/cms/pages/")
    at_no_school = a_program(a_token(a_member(school, "manager"), school, *both))

    assert (student.status_code, student.json()["code"]) == (403, "forbidden")
    assert (by_log_in.status_code, by_log_in.json()["code"]) == (403, "not_a_member")
    assert (by_token.status_code, by_token.json()["code"]) == (403, "token_of_another_school")
    answer = at_no_school.get("/api/cms/pages/")
    assert (answer.status_code, answer.json()["code"]) == (400, "school_required")


def test_a_token_reads_and_writes_as_its_scopes_say() -> None:
    school = a_school("toto")
    subcategory = a_subcategory(a_category(school))
    manager = a_member(school, "manager")
    reader = a_program(a_token(manager, school, "content:read"), "toto")
    writer = a_program(a_token(manager, school, "content:write"), "toto")
    body = a_new_lesson(subcategory)

    written = reader.post("/api/cms/pages/", body, content_type="application/json")
    read = writer.get("/api/cms/pages/")

    assert (written.status_code, written.json()["code"]) == (403, "scope_missing")
    assert written.json()["errors"] == {"scope": ["content:write"]}
    assert read.json()["errors"] == {"scope": ["content:read"]}
    assert reader.get("/api/cms/pages/").status_code == 200
    answer = writer.post("/api/cms/pages/", body, content_type="application/json")
    assert answer.status_code == 201


def test_wagtails_own_tokens_which_know_no_school_open_nothing() -> None:
    school = a_school("toto")
    _, token = APIToken.create_token(user=a_member(school, "manager"), name="test")

    answer = a_program(token, "toto").get("/api/cms/pages/")

    assert (answer.status_code, answer.json()["code"]) == (401, "not_authenticated")


def test_a_manager_writes_a_lesson_in_two_languages_and_publishes_it() -> None:
    school = a_school("toto")
    subcategory = a_subcategory(a_category(school))
    author = Author(a_member(school, "manager"), school)

    made = author.send("POST", "pages/", a_new_lesson(subcategory, tags=["Verbs"], level="A1"))

    assert made.status_code == 201, made.content
    lesson = Lesson.objects.get(pk=made.json()["id"])
    assert (lesson.title_en, lesson.title_es, lesson.tags) == ("Fresh", "Nuevo", ["verbs"])
    assert lesson.live

    meta = {"type": "content_types.Lesson"}
    changed = author.send(
        "PATCH", f"pages/{lesson.pk}/", {"title_en": "Fresher", "duration": 25, "meta": meta}
    )
    assert changed.status_code == 200, changed.content
    published = author.send("POST", f"pages/{lesson.pk}/actions/publish/")
    assert published.status_code == 200, published.content
    lesson = Lesson.objects.get(pk=lesson.pk)
    assert (lesson.title_en, lesson.title_es, lesson.duration) == ("Fresher", "Nuevo", 25)


def test_a_granted_creator_writes_where_granted_and_a_teacher_does_not_publish() -> None:
    school = a_school("toto")
    subcategory, beside = a_subcategory(a_category(school)), a_lesson(school)
    teacher = a_member(school, "teacher")
    grant_page(actor=None, user=teacher, page=subcategory, permissions={"add", "change"}, at=AT)
    author = Author(teacher, school)

    draft = a_new_lesson(subcategory)
    del draft["meta"]["action"]
    made = author.send("POST", "pages/", draft)
    assert made.status_code == 201, made.content
    key = made.json()["id"]

    assert not Lesson.objects.get(pk=key).live
    assert author.send("POST", f"pages/{key}/actions/publish/").status_code == 403
    assert not Lesson.objects.get(pk=key).live
    edit = {"title_en": "Mine", "meta": {"type": "content_types.Lesson"}}
    assert author.send("PATCH", f"pages/{beside.pk}/", edit).status_code == 403
    assert Lesson.objects.get(pk=beside.pk).title_en != "Mine"


def test_another_schools_things_are_not_there() -> None:
    school, other = a_school("toto"), a_school("campus")
    own, foreign = a_lesson(school), a_lesson(other)
    parent = foreign.get_parent()
    author = Author(a_member(school, "manager"), school)

    listed = author.get("pages/").json()
    assert foreign.pk not in [page["id"] for page in listed["items"]]
    assert own.pk in [page["id"] for page in listed["items"]]
    for method, path, body in (
        ("GET", f"pages/{foreign.pk}/", None),
        ("GET", f"pages/{foreign.pk}/revisions/", None),
        ("PATCH", f"pages/{foreign.pk}/", {"meta": {"type": "content_types.Lesson"}}),
        ("DELETE", f"pages/{foreign.pk}/", None),
        ("POST", f"pages/{foreign.pk}/actions/publish/", None),
        ("POST", f"pages/{foreign.pk}/actions/copy/", {}),
        ("POST", f"pages/{own.pk}/actions/move/", {"destination_id": parent.pk}),
        ("POST", f"pages/{own.pk}/actions/copy/", {"destination_id": parent.pk}),
        ("POST", "pages/", a_new_lesson(parent)),
        ("GET", "sites/", None),
        ("GET", f"sites/{other.id}/", None),
    ):
        answer = author.send(method, path, body)
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found"), path


@pytest.mark.parametrize(
    "body",
    [
        {"title": "No parent"},
        {"title": "x", "meta": {"type": "content_types.Lesson", "parent_id": "abc"}},
        {"title": "x", "meta": {"type": "accounts.User", "parent_id": 1}},
        [],
        "text",
    ],
)
def test_bad_input_is_refused_and_nothing_is_written(body: Any) -> None:
    school = a_school("toto")
    author = Author(a_member(school, "manager"), school)

    answer = author.send("POST", "pages/", body)

    assert answer.status_code in (400, 404, 422)
    assert not Lesson.objects.exists()


@pytest.mark.parametrize("person", ["", "ana", "1.5"])
def test_versions_of_who_is_no_number_are_refused(person: str) -> None:
    school = a_school("toto")
    lesson = a_lesson(school)
    author = Author(a_member(school, "manager"), school)

    answer = author.send("GET", f"pages/{lesson.pk}/revisions/?user_id={person}")

    assert (answer.status_code, list(answer.json()["errors"])) == (422, ["user_id"])


@pytest.mark.parametrize(
    "body",
    [
        [[]],
        ["text"],
        "text",
        {"type": "text"},
        [{"type": "text"}],
        [{"type": 1, "value": ""}],
        [{"type": "vocabulary", "value": ["word"]}],
        [{"type": "vocabulary", "value": {"entries": "text"}}],
        [{"type": "nothing", "value": ""}],
    ],
    ids=str,
)
def test_blocks_of_another_shape_are_refused_and_nothing_is_written(body: Any) -> None:
    school = a_school("toto")
    lesson = a_lesson(a_subcategory(a_category(school)))
    author = Author(a_member(school, "manager"), school)

    answer = author.send("PATCH", f"pages/{lesson.pk}/", {"body_en": body})

    assert answer.status_code == 422, answer.content
    assert Lesson.objects.get(pk=lesson.pk).latest_revision_id == lesson.latest_revision_id


def test_what_the_form_refuses_is_refused_here_too() -> None:
    school, other = a_school("toto"), a_school("campus")
    subcategory, foreign = a_subcategory(a_category(school)), a_lesson(other)
    author = Author(a_member(school, "manager"), school)

    for fields in (
        {"tags": ["<b>"]},
        {"level": "KG1"},
        {"title_en": "x" * 201},
        {"prerequisites": [{"required": foreign.pk}]},
    ):
        answer = author.send("POST", "pages/", a_new_lesson(subcategory, **fields))
        assert answer.status_code == 422, (fields, answer.content)
    assert not Lesson.objects.filter(title_en="Fresh").exists()


def test_an_access_token_of_a_front_end_will_do() -> None:
    school = a_school("toto")
    a_member(school, "manager", email="manager@example.test")
    app = AppClient("toto")
    app.log_in("manager@example.test")

    assert app.call("GET", "/api/cms/pages/").status_code == 200


def test_the_files_listed_are_the_schools_own() -> None:
    school, other = a_school("toto"), a_school("campus")
    for place in (school, other):
        LibraryDocument.objects.create(
            title=f"A paper of {place.slug}",
            file=ContentFile(b"%PDF-1.4", name="paper.pdf"),
            collection_id=place.collection_id,
        )

    listed = Author(a_member(school, "teacher"), school).get("documents/?limit=5").json()

    assert [item["title"] for item in listed["items"]] == ["A paper of toto"]


def test_an_operator_may_look_into_every_school() -> None:
    school = a_school("toto")
    lesson = a_lesson(school)

    answer = Author(a_person(is_superuser=True), school).get(f"pages/{lesson.pk}/")

    assert answer.status_code == 200
