"""Every operation of the document, for everyone who might call it: what each is answered.

The table is written by hand, and the walks are made from the document: an operation without a row
fails, and so does a row whose operation is gone. What allauth serves is in the document too, and
walked in `test_auth_walk.py`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.db.models import F

from api.v1 import build
from lyceum.schools.models import School
from tests.api.doors import (
    ASKINGS,
    KINDS,
    UNKNOWN,
    Asking,
    World,
    address_of,
    all_rows,
    ask,
    build_world,
)

pytestmark = pytest.mark.django_db

# What a sign of the table stands for; `+` is the status that stands before the signs.
SIGNS = {
    "?": (401, "not_authenticated"),
    "m": (403, "not_a_member"),
    "-": (403, "forbidden"),
    "i": (403, "membership_inactive"),
    "s": (403, "scope_missing"),
    "t": (403, "not_for_tokens"),
    "e": (403, "token_of_another_school"),
    "0": (404, "not_found"),
    "c": (422, "invalid"),  # a teacher who names no class of theirs
}

# A school whose catalogue is for members; each asks for something that is there. The columns:
#   nobody     anonymous, an expired token, a deactivated account, an address not yet verified
#   others     signed in without a school, another school's admin, a deactivated membership
#   members    student, child, teacher, content_creator, moderator
#   ruling     manager, admin, operator
#   programs   an admin's personal token with every scope, without the scope, of another school
TABLE = """
                              n     o    m      r    p
change_managed_account   200  ????  ---  --0--  +++  +se
change_me                200  ????  +++  +++++  +++  +se
change_member            200  ????  ---  -----  +++  +se
change_school_settings   200  ????  ---  -----  +++  +se
create_attempt           201  ????  mmm  +++++  +++  +se
create_invitation        201  ????  ---  -----  +++  +se
delete_recording         204  ????  mmm  +++++  +++  +se
disable_plugin           204  ????  ---  -----  +++  +se
enable_plugin            204  ????  ---  -----  +++  +se
enrol_in_course          204  ????  mmm  +++++  +++  +se
get_avatar               200  ????  000  +++++  +++  +se
get_course_progress      200  ????  mmm  +++++  +++  +se
get_lesson_progress      200  ????  mmm  +++++  +++  +se
get_me                   200  ????  +++  +++++  +++  +se
get_media                200  ????  mmm  +++++  +++  +se
get_media_file           200  ????  mmm  +++++  +++  +se
get_media_rendition      200  ????  mmm  +++++  +++  +se
get_my_permissions       200  ????  +++  +++++  +++  +se
get_preview              200  +??+  +++  +++++  +++  ++e
get_problem              200  +??+  +++  +++++  +++  ++e
get_school               200  +??+  +++  +++++  +++  ++e
get_school_settings      200  ????  ---  -----  +++  +se
give_exercise_up         200  ????  mmm  +++++  +++  +se
grade_preview            200  +??+  +++  +++++  +++  ++e
health_live              200  +??+  +++  +++++  +++  +++
health_ready             200  +??+  +++  +++++  +++  +++
join_school              200  ????  ++i  +++++  +++  tte
leave_course             204  ????  mmm  +++++  +++  +se
leave_school             204  ????  +++  +++++  +++  tte
list_activity            200  ????  +++  +++++  +++  +se
list_categories          200  ????  mmm  +++++  +++  +se
list_cohorts             200  ????  mmm  +++++  +++  +se
list_courses             200  ????  mmm  +++++  +++  +se
list_exercise_kinds      200  ????  mmm  +++++  +++  +se
list_invitations         200  ????  ---  -----  +++  +se
list_lesson_exercises    200  ????  mmm  +++++  +++  +se
list_lessons             200  ????  mmm  +++++  +++  +se
list_managed_accounts    200  ????  ---  --+--  +++  +se
list_members             200  ????  ---  -----  +++  +se
list_my_tokens           200  ????  +++  +++++  +++  tte
list_own_attempts        200  ????  mmm  +++++  +++  +se
list_plugins             200  ????  ---  -----  +++  +se
list_problems            200  +??+  +++  +++++  +++  ++e
list_progress            200  ????  mmm  +++++  +++  +se
list_schools             200  +??+  +++  +++++  +++  ++e
list_subcategories       200  ????  mmm  +++++  +++  +se
make_managed_accounts    201  ????  ---  --c--  +++  tte
make_my_token            201  ????  mmm  +++++  +++  tte
propose_user_names       200  ????  ---  --+--  +++  +se
put_lesson_progress      200  ????  mmm  +++++  +++  +se
read_categories          200  ????  mmm  +++++  +++  +se
read_content_tree        200  ????  mmm  +++++  +++  +se
read_courses             200  ????  mmm  +++++  +++  +se
read_exercises           200  ????  mmm  +++++  +++  +se
read_lessons             200  ????  mmm  +++++  +++  +se
read_subcategories       200  ????  mmm  +++++  +++  +se
remove_my_avatar         204  ????  +++  +++++  +++  +se
reset_managed_password   200  ????  ---  --0--  +++  tte
revoke_invitation        204  ????  ---  -----  +++  +se
revoke_my_token          204  ????  +++  +++++  +++  tte
search_content           200  ????  mmm  +++++  +++  +se
set_my_avatar            204  ????  +++  +++++  +++  +se
start_clock              200  ????  mmm  +++++  +++  +se
sync                     200  ????  mmm  +++++  +++  +se
upload_recording         201  ????  mmm  +++++  +++  +se
"""
# Whom a public catalogue lets in beside.
LET_IN_WHERE_PUBLIC = {"anonymous", "unverified", "non-member", "stranger", "inactive"}


def document() -> dict[str, Any]:
    api = build()
    api.urls  # noqa: B018 - reading the urls is what binds the routers
    made: dict[str, Any] = api.get_openapi_schema(path_prefix="/api/v1/")
    return made


DOCUMENT = document()


def operations() -> list[tuple[str, str, str]]:
    return [
        (operation["operationId"], method, path)
        for path, item in DOCUMENT["paths"].items()
        for method, operation in item.items()
        if path.startswith("/api/v1/")
    ]


OPERATIONS = operations()
# Problems and plugins are the instance's: their names are nobody's secret, and no school's.
OF_NO_SCHOOL = ("{code}", "{slug}")
WITH_IDS = [
    row for row in OPERATIONS if "{" in row[2] and not any(name in row[2] for name in OF_NO_SCHOOL)
]
CHANGES = [row for row in OPERATIONS if row[1] != "get"]
CATALOGUE = [
    (operation, method, path)
    for operation, method, path in OPERATIONS
    if DOCUMENT["paths"][path][method]["x-access"] == "catalogue"
]


def rows() -> dict[str, dict[str, tuple[int, str]]]:
    """Return the table: by operation and kind of caller, the status and the problem's code."""
    table = {}
    for line in TABLE.strip().splitlines()[1:]:
        operation, done, *signs = line.split()
        answers = {"+": (int(done), ""), **SIGNS}
        table[operation] = dict(zip(KINDS, map(answers.get, "".join(signs)), strict=True))
    return table


ROWS: Any = rows()


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Make everyone and everything once: each request is undone, see `ask`."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_world()
        transaction.set_rollback(True)


def test_every_operation_has_a_row_and_every_row_an_operation() -> None:
    assert {operation for operation, _, _ in OPERATIONS} == set(ROWS)


@pytest.mark.parametrize(("operation", "method", "path"), OPERATIONS)
def test_everyone_is_answered_as_the_row_says(
    operation: str, method: str, path: str, world: World
) -> None:
    told = {kind: answer(world, kind, operation, method, path) for kind in KINDS}

    assert {kind: said(response) for kind, response in told.items()} == ROWS[operation]


@pytest.mark.parametrize(("operation", "method", "path"), WITH_IDS)
def test_what_another_school_has_is_as_good_as_not_there(
    operation: str, method: str, path: str, world: World
) -> None:
    theirs_id = world.campus[ASKINGS[operation].thing.removeprefix("own_")]

    for kind in KINDS:
        theirs = answer(world, kind, operation, method, path, id=theirs_id)
        unknown = answer(world, kind, operation, method, path, id=UNKNOWN)
        # Who is refused at the door is told so, whether the id is there or not.
        expected = (404, "not_found") if ROWS[operation][kind][0] < 400 else ROWS[operation][kind]
        if (operation, kind) not in KNOWN_ELSEWHERE:
            assert said(theirs) == expected, kind
            assert whole(theirs) == whole(unknown), kind


# An admin of both schools and the operator see faces in both, and everybody what is their own.
KNOWN_ELSEWHERE = {("get_avatar", kind) for kind in ("stranger", "operator", "scoped")}


@pytest.mark.parametrize(("operation", "method", "path"), CHANGES)
def test_a_change_that_is_refused_changes_nothing(
    operation: str, method: str, path: str, world: World
) -> None:
    refused = [kind for kind in KINDS if ROWS[operation][kind][0] >= 400]
    ids = (UNKNOWN, world.campus.get(asking_of(operation).thing.removeprefix("own_"), UNKNOWN))
    before = all_rows()

    with transaction.atomic():
        for kind in refused:
            answer(world, kind, operation, method, path, undo=False)
        if (operation, method, path) in WITH_IDS:
            for kind in KINDS:
                for id in ids:
                    answer(world, kind, operation, method, path, id=id, undo=False)
        after = all_rows()
        transaction.set_rollback(True)

    assert after == before


def test_a_public_catalogue_lets_everyone_read(world: World) -> None:
    with transaction.atomic():
        # An epoch that is no other's: schools are kept in the process by it.
        School.objects.filter(slug="toto").update(catalogue="public", epoch=F("epoch") + 1000)
        for operation, method, path in CATALOGUE:
            for kind in (*LET_IN_WHERE_PUBLIC, "expired", "student", "elsewhere"):
                lets_in = kind in LET_IN_WHERE_PUBLIC
                expected = (200, "") if lets_in else ROWS[operation][kind]
                told = said(answer(world, kind, operation, method, path))
                assert told == expected, (operation, kind)
        transaction.set_rollback(True)


@pytest.mark.parametrize("kind", ["anonymous", "student", "admin", "operator", "scoped"])
def test_a_suspended_school_answers_nobody(kind: str, world: World) -> None:
    with transaction.atomic():
        School.objects.filter(slug="toto").update(status="suspended", epoch=F("epoch") + 2000)
        told = {
            operation: said(answer(world, kind, operation, method, path))
            for operation, method, path in OPERATIONS
        }
        transaction.set_rollback(True)

    # Whoever watches the instance asks by any host.
    assert (told.pop("health_live"), told.pop("health_ready")) == ((200, ""), (200, ""))
    assert set(told.values()) == {(503, "school_suspended")}, told


def answer(
    world: World,
    kind: str,
    operation: str,
    method: str,
    path: str,
    *,
    id: str = "",
    undo: bool = True,
) -> Any:
    """Ask as a kind of caller; for what one's own school has, unless an id is given."""
    caller, asking = world.callers[kind], asking_of(operation)
    things = {**world.toto, **caller.things}
    address = address_of(path, asking, things, id=id)
    return ask(caller, method, address, asking, undo=undo)


def asking_of(operation: str) -> Asking:
    return ASKINGS.get(operation, Asking())


def said(response: Any) -> tuple[int, str]:
    is_problem = "problem+json" in response.headers.get("Content-Type", "")
    return response.status_code, json.loads(response.content)["code"] if is_problem else ""


def whole(response: Any) -> tuple[Any, ...]:
    """Return all that is answered, but for the request's own id."""
    headers = {name: value for name, value in response.items() if name != "X-Request-Id"}
    return response.status_code, response.content, headers
