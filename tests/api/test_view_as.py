"""Viewing as another: what a creator is told is, byte for byte, what that other one is told."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from content_types.models import LessonPrerequisite
from lyceum.accounts.models import Profile
from lyceum.events.models import AuditEntry
from lyceum.learning.models import ActivityEntry, Attempt, LessonProgress
from lyceum.schools.current import CurrentSchool
from tests.pages import a_bank, a_category, a_course, a_lesson, a_subcategory
from tests.pages import an_exercise as an_exercise_page
from tests.people import a_member, a_person, a_school, signed_in

pytestmark = pytest.mark.django_db

CONTENT = "/api/v1/content"


@pytest.fixture
def school() -> CurrentSchool:
    """Return a school for members with a little of everything, some of it shut or unpublished."""
    school = a_school("toto", catalogue="members")
    subcategory = a_subcategory(a_category(school, "Grammar"), "Verbs")
    easy = a_lesson(subcategory, "To be", level="A1", tags=["verbs"])
    hard = a_lesson(subcategory, "Moods", level="C1")
    shut = a_lesson(subcategory, "To have", level="A2")
    LessonPrerequisite.objects.create(lesson=shut, required=easy)
    a_lesson(subcategory, "Draft", published=False)
    for parent in (easy, hard, shut, a_bank(school, "Bank")):
        an_exercise_page(parent, f"On {parent.title_en}")
    a_course(school, "A course", lessons=[easy, hard])
    return school


def addresses() -> list[str]:
    """Return every address of content there is to read, each thing of the school by its id."""
    from lyceum.content.models import BasePage
    from lyceum.content.types import content_types

    lists = ["tree", "exercise-kinds", "search?q=to", "lessons?level=all&count=true&limit=1"]
    details = []
    for kind in content_types:
        if kind.listed:
            lists.append(kind.plural)
        for page in BasePage.objects.filter(content_type__model=kind.model.split(".")[1]):
            if kind.detailed:
                details.append(f"{kind.plural}/{page.uuid}")
            if kind.plural == "lessons":
                details.append(f"lessons/{page.uuid}/exercises")
    return [*lists, *details]


def read(browser: Client, address: str, view_as: str = "") -> Any:
    path = f"{CONTENT}/{address}"
    if view_as:
        path += f"{'&' if '?' in path else '?'}view_as={view_as}"
    return browser.get(path)


@pytest.mark.parametrize("catalogue", ["members", "public"])
@pytest.mark.parametrize("level", ["", "A1", "A2", "C1"])
def test_a_creator_sees_what_a_student_of_a_level_sees(
    school: CurrentSchool, level: str, catalogue: str
) -> None:
    _open(school, catalogue)
    student = signed_in(a_member(school, level=level), "toto")
    creator = signed_in(a_member(school, "content_creator", level="C2"), "toto")
    as_student = f"student:{level}" if level else "student"

    for address in addresses():
        theirs, seen = read(student, address), read(creator, address, as_student)
        assert (seen.status_code, seen.content) == (theirs.status_code, theirs.content), address
        assert seen["Cache-Control"] == "no-store"
        assert "ETag" not in seen


@pytest.mark.parametrize("catalogue", ["members", "public"])
@pytest.mark.parametrize("role", ["stranger", "anonymous"])
def test_a_creator_sees_what_who_does_not_belong_sees(
    school: CurrentSchool, role: str, catalogue: str
) -> None:
    _open(school, catalogue)
    outside = Client(headers={"host": "toto.test"})
    if role == "stranger":
        outside = signed_in(a_person(), "toto")
    creator = signed_in(a_member(school, "teacher"), "toto")

    for address in addresses():
        theirs, seen = read(outside, address), read(creator, address, role)
        assert (seen.status_code, seen.content) == (theirs.status_code, theirs.content), address
    refused = {"stranger": (403, "not_a_member"), "anonymous": (401, "not_authenticated")}[role]
    seen = read(creator, "tree", role)
    if catalogue == "members":
        assert (seen.status_code, seen.json()["code"]) == refused
    else:
        assert seen.status_code == 200


def test_only_creators_of_the_school_may(school: CurrentSchool) -> None:
    def status(browser: Client) -> tuple[int, str]:
        answer = read(browser, "tree", "student")
        return answer.status_code, answer.json().get("code", "")

    for role in ("teacher", "content_creator", "manager", "admin"):
        assert status(signed_in(a_member(school, role), "toto"))[0] == 200, role
    for role in ("student", "moderator"):
        assert status(signed_in(a_member(school, role), "toto")) == (403, "forbidden"), role
    stranger = a_member(a_school("campus"), "admin")
    assert status(signed_in(stranger, "toto")) == (403, "not_a_member")
    assert status(Client(headers={"host": "toto.test"})) == (401, "not_authenticated")


@pytest.mark.parametrize("whom", ["", "teacher", "student:", "student:KG1", "stranger:A1", "Ann"])
def test_nobody_else_is_there_to_read_as(school: CurrentSchool, whom: str) -> None:
    creator = signed_in(a_member(school, "content_creator"), "toto")

    answer = creator.get(f"{CONTENT}/tree?view_as={whom}")

    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    assert "view_as" in answer.json()["errors"]


def test_as_another_one_changes_nothing(school: CurrentSchool) -> None:
    creator = a_member(school, "manager")
    browser = signed_in(creator, "toto")
    page = next(address for address in addresses() if address.startswith("exercises/"))
    exercise = page.removeprefix("exercises/")

    for method, path in (
        ("post", f"/api/v1/learning/exercises/{exercise}/attempts"),
        ("post", f"/api/v1/learning/exercises/{exercise}/give-up"),
        ("post", "/api/v1/learning/sync"),
        ("patch", "/api/v1/me"),
        ("delete", "/api/v1/school/membership"),
        ("post", "/api/v1/school/invitations"),
    ):
        answer = getattr(browser, method)(f"{path}?view_as=student", {}, "application/json")
        assert (answer.status_code, answer.json()["code"]) == (403, "view_as_reads_only"), path
    for path in ("/api/v1/me", "/api/v1/learning/progress", "/api/v1/school/members"):
        assert browser.get(f"{path}?view_as=student").status_code == 422, path


def test_looking_on_leaves_one_row_in_the_audit_and_no_other_trace(school: CurrentSchool) -> None:
    creator = a_member(school, "content_creator")
    Profile.objects.filter(user=creator).update(last_seen_at=None)
    browser = signed_in(creator, "toto")
    before = AuditEntry.objects.count()

    for address in addresses():
        read(browser, address, "student:A2")
    read(browser, "tree", "stranger")

    rows = AuditEntry.objects.filter(action="content.viewed_as").order_by("id")
    assert [row.changes for row in rows] == [{"as": "student:A2"}, {"as": "stranger"}]
    assert {(row.actor, row.school) for row in rows} == {(creator.uuid, school.uuid)}
    assert AuditEntry.objects.count() == before + 2
    assert Profile.objects.get(user=creator).last_seen_at is None
    for model in (Attempt, LessonProgress, ActivityEntry):
        assert not model.objects.exists()


def test_ones_own_progress_and_tags_are_not_mixed_in(school: CurrentSchool) -> None:
    creator = a_member(school, "content_creator")
    browser = signed_in(creator, "toto")
    own = read(browser, "lessons")
    lesson = own.json()["items"][0]
    LessonProgress.objects.create(
        user=creator,
        school_id=school.id,
        lesson_id=_id_of(lesson["id"]),
        updated_at=timezone.now(),
    )

    seen = browser.get(f"{CONTENT}/lessons?view_as=student", headers={"if-none-match": own["ETag"]})

    assert seen.status_code == 200
    assert all("progress" not in item["reader"] for item in seen.json()["items"])


def test_the_document_tells_of_it() -> None:
    document = Client().get("/api/v1/openapi.json").json()

    for path, item in document["paths"].items():
        names = [each.get("name") for each in item.get("get", {}).get("parameters", ())]
        preview = path.startswith(f"{CONTENT}/preview")
        assert names.count("view_as") == (path.startswith(CONTENT) and not preview), path


def _id_of(uuid: str) -> int:
    from lyceum.content.models import BasePage

    return int(BasePage.objects.get(uuid=uuid).pk)


def _open(school: CurrentSchool, catalogue: str) -> None:
    from lyceum.schools.models import School

    row = School.objects.get(pk=school.id)
    row.catalogue = catalogue
    row.save(update_fields=["catalogue"])
