"""Two schools with one of everything, everyone who might call, and what they ask for."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import blake2b
from typing import Any

from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.test.client import encode_multipart
from wagtail.images.tests.utils import get_test_image_file

from lyceum.accounts import avatars
from lyceum.accounts.managed import making
from lyceum.accounts.models import TokenFamily, User
from lyceum.accounts.tokens import signed
from lyceum.accounts.tokens.personal import make_token
from lyceum.accounts.tokens.scopes import scopes
from lyceum.content.models import LibraryImage, Recording
from lyceum.content.preview.services import make_preview
from lyceum.kernel.clock import now
from lyceum.kernel.identity import new_uuid
from lyceum.schools.current import CurrentSchool
from lyceum.schools.models import Invitation, Membership
from tests.clients import AppClient
from tests.pages import a_category, a_course, a_lesson, a_subcategory, an_exercise
from tests.people import a_member, a_person, a_school, a_token

UNKNOWN = "01990000-0000-7000-8000-000000000000"
# No operation under `/api/v1` asks for it: authoring does.
UNUSED_SCOPE = "content:write"
WEBM = b"\x1a\x45\xdf\xa3\x9fB\x86\x81\x01B\xf7\x81\x01B\xf2\x81\x04B\xf3\x81\x08B\x82\x84webm"

# In the order of the table's columns.
NOBODY = ("anonymous", "expired", "deactivated", "unverified")
OTHERS = ("non-member", "stranger", "inactive")
MEMBERS = ("student", "child", "teacher", "content_creator", "moderator")
RULING = ("manager", "admin", "operator")
PROGRAMS = ("scoped", "unscoped", "elsewhere")
ROLES = ("student", "teacher", "content_creator", "moderator", "manager", "admin")
KINDS = (*NOBODY, *OTHERS, *MEMBERS, *RULING, *PROGRAMS)


@dataclass
class Caller:
    """Someone who calls: what their requests carry, and the ids of what is theirs."""

    headers: dict[str, str] = field(default_factory=dict)
    things: dict[str, str] = field(default_factory=dict)


@dataclass
class World:
    """The callers at the school `toto`, and the ids of what `toto` and `campus` have."""

    callers: dict[str, Caller]
    toto: dict[str, str]
    campus: dict[str, str]


def build_world() -> World:
    """Make it all; the catalogues are for members."""
    toto = a_school("toto", catalogue="members", signup_policy="open")
    campus = a_school("campus", catalogue="members")
    a_member(toto, "admin"), a_member(campus, "admin")  # so that nobody below is the last one
    people = {
        "deactivated": a_member(toto, "admin"),
        "non-member": a_person(),
        "stranger": a_member(campus, "admin"),
        "inactive": a_member(toto, "admin"),
        "child": a_member(toto, "student", is_child=True),
        "operator": a_person(is_superuser=True),
        **{role: a_member(toto, role) for role in ROLES},
    }
    Membership.objects.filter(user=people["inactive"]).update(status="inactive")
    callers = {name: Caller(_bearer(person)) for name, person in people.items()}
    User.objects.filter(pk=people["deactivated"].pk).update(is_active=False)
    callers["anonymous"] = Caller()
    callers["expired"] = Caller(_bearer(a_member(toto, "admin"), age=timedelta(hours=2)))
    half_way = AppClient("toto")
    half_way.sign_up("unverified@example.test")
    callers["unverified"] = Caller({"x-session-token": half_way.session_token})
    everything = [scope.code for scope in scopes]
    owner = people["scoped"] = a_member(toto, "admin")
    Membership.objects.create(school_id=campus.id, user=owner, roles=frozenset({"admin"}))
    callers["scoped"] = _program(a_token(owner, toto, *everything))
    callers["elsewhere"] = _program(a_token(owner, campus, *everything))
    callers["unscoped"] = _program(a_token(owner, toto, UNUSED_SCOPE))
    for name, person in {**people, "unscoped": owner, "elsewhere": owner}.items():
        callers[name].things = _belongings(person, toto)
    for caller in callers.values():
        # From now on all of them were seen lately: being refused changes not even that.
        ask(caller, "get", "/api/v1/me", Asking(), undo=False)
    return World(callers, _furnish(toto), _furnish(campus))


def _bearer(person: User, *, age: timedelta = timedelta(0)) -> dict[str, str]:
    app = AppClient()
    app.log_in(person.email)
    token = app.token
    if age:
        family = TokenFamily.objects.get(user=person)
        token = signed.access_token(family, person.uuid, at=now() - age)
    return {"authorization": f"Bearer {token}"}


def _program(token: str) -> Caller:
    return Caller({"authorization": f"Bearer {token}"})


def _belongings(person: User, school: CurrentSchool) -> dict[str, str]:
    """Make what each person has of their own: a recording, a token."""
    token = make_token(
        user=person, school=school, name="x", scopes=["account:read"], days=1, at=now()
    )
    return {"own_recording": _a_recording(school, person), "own_token": str(token.id)}


def _furnish(school: CurrentSchool) -> dict[str, str]:
    """Make one of everything in a school; return the ids."""
    colleague = a_member(school, "student")
    avatars.set_avatar(user=colleague, file=get_test_image_file(), at=now())
    image = LibraryImage.objects.create(
        title="I", file=get_test_image_file(size=(400, 300)), collection_id=school.collection_id
    )
    category = a_category(school, image=image)
    lesson = a_lesson(a_subcategory(category), "Animals")
    exercise = an_exercise(lesson, task=[("fill_blank", {"language": "en", "text": "I {am}."})])
    invitation = Invitation.objects.create(
        school_id=school.id,
        roles=frozenset({"student"}),
        code_digest=str(new_uuid()),
        expires_at=now() + timedelta(days=1),
    )
    return {
        "category": str(category.uuid),
        "subcategory": str(lesson.get_parent().uuid),
        "lesson": str(lesson.uuid),
        "draft": str(a_lesson(lesson.get_parent(), published=False).uuid),
        "course": str(a_course(school, lessons=[lesson]).uuid),
        "exercise": str(exercise.uuid),
        "image": str(image.uuid),
        "recording": _a_recording(school, colleague),
        "token": _belongings(colleague, school)["own_token"],
        "member": str(colleague.memberships.get().uuid),
        "person": str(colleague.uuid),
        "managed": _a_managed_account(school),
        "invitation": str(invitation.uuid),
        "preview": _a_preview(lesson),
        "exercise_preview": _a_preview(exercise),
    }


def _a_recording(school: CurrentSchool, owner: User) -> str:
    recording = Recording(school_id=school.id, owner=owner, content_type="audio/webm", size=10)
    recording.file.save("x", ContentFile(WEBM), save=True)
    return str(recording.uuid)


def _a_managed_account(school: CurrentSchool) -> str:
    wanted = [making.NewAccount(first_name="Ana")]
    actor = a_person(is_superuser=True)
    [made] = making.make_accounts(actor=actor, school=school, wanted=wanted, at=now())
    return str(made.account.id)


def _a_preview(page: Any) -> str:
    page = type(page).objects.get(pk=page.pk)
    return make_preview(page=page, actor=a_person(is_superuser=True), at=now())


# --- What is asked ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Asking:
    """
    What an operation is asked with, so that whoever is let in gets what they want.

    `thing` names what the path's id stands for: what a school has, or `own_…`, what a caller has.
    """

    thing: str = ""
    body: Any = None
    query: str = ""
    file: bytes = b""


ANSWER = {"answer": {"gaps": ["am"]}}
ASKINGS = {
    "change_member": Asking("member", body={"level": "A2"}),
    "change_managed_account": Asking("managed", body={"first_name": "Ana"}),
    "change_me": Asking(body={"bio": "x"}),
    "change_school_settings": Asking(body={"pass_mark": 70}),
    "create_attempt": Asking("exercise", body=ANSWER),
    "create_invitation": Asking(body={"roles": ["student"]}),
    "delete_recording": Asking("own_recording"),
    "enrol_in_course": Asking("course"),
    "get_avatar": Asking("person"),
    "get_course_progress": Asking("course"),
    "get_lesson_progress": Asking("lesson"),
    "get_media": Asking("image"),
    "get_media_file": Asking("image"),
    "get_media_rendition": Asking("image"),
    "get_preview": Asking(query="?token={preview}"),
    "give_exercise_up": Asking("exercise"),
    "grade_preview": Asking(query="?token={exercise_preview}", body=ANSWER),
    "join_school": Asking(body={}),
    "leave_course": Asking("course"),
    "list_lesson_exercises": Asking("lesson"),
    "list_own_attempts": Asking("exercise"),
    "make_managed_accounts": Asking(body={"accounts": [{"first_name": "Ana"}]}),
    "make_my_token": Asking(body={"name": "x", "scopes": ["content:read"]}),
    "propose_user_names": Asking(body={"names": [{"first_name": "Ana"}]}),
    "put_lesson_progress": Asking("lesson", body={"position": "x"}),
    "read_categories": Asking("category"),
    "read_courses": Asking("course"),
    "read_exercises": Asking("exercise"),
    "read_lessons": Asking("lesson"),
    "read_subcategories": Asking("subcategory"),
    "reset_managed_password": Asking("managed", body={}),
    "revoke_invitation": Asking("invitation"),
    "revoke_my_token": Asking("own_token"),
    "search_content": Asking(query="?q=animals"),
    "set_my_avatar": Asking(file=get_test_image_file().file.getvalue()),
    "start_clock": Asking("exercise"),
    "sync": Asking(body={"items": []}),
    "upload_recording": Asking(file=WEBM),
}


def address_of(path: str, asking: Asking, things: dict[str, str], *, id: str = "") -> str:
    """Return an operation's address with ids for what its path names."""
    wanted = id or things.get(asking.thing, UNKNOWN)
    path = path.replace("{rendition}", "w320").replace("{code}", "not_found")
    path = path.replace("{slug}", "probe")
    return re.sub(r"\{[^}]*\}", wanted, path) + asking.query.format(**things)


def ask(caller: Caller, method: str, address: str, asking: Asking, *, undo: bool = True) -> Any:
    """Send the request; undo whatever it did, unless told not to."""
    options: dict[str, Any] = {"headers": {"host": "toto.test", **caller.headers}}
    if asking.file:
        options["data"] = encode_multipart("x", {"file": SimpleUploadedFile("x", asking.file)})
        options["content_type"] = "multipart/form-data; boundary=x"
    elif asking.body is not None:
        options |= {"data": json.dumps(asking.body), "content_type": "application/json"}
    cache.clear()  # so that nobody is throttled for what others asked
    with transaction.atomic():
        response = Client().generic(method.upper(), address, **options)
        if response.streaming:
            b"".join(response)
        transaction.set_rollback(undo)
    return response


def all_rows() -> str:
    """Return a digest of all that the database holds."""
    digest = blake2b()
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            if "fts" not in table:
                cursor.execute(f'SELECT * FROM "{table}"')
                digest.update(repr((table, sorted(map(repr, cursor.fetchall())))).encode())
    return digest.hexdigest()
