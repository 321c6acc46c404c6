"""Two schools with one of everything, everyone who might call, and how they ask."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import blake2b
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.test.client import encode_multipart
from django.utils.http import urlencode
from wagtail.images.tests.utils import get_test_image_file

from lyceum.accounts import avatars
from lyceum.accounts.managed import making
from lyceum.accounts.models import Export, TokenFamily, User
from lyceum.accounts.tokens import signed
from lyceum.accounts.tokens.personal import make_token
from lyceum.accounts.tokens.scopes import scopes
from lyceum.community.models import BinnedThing, Case, Report
from lyceum.content.models import LibraryImage, Recording
from lyceum.content.preview.services import make_preview
from lyceum.kernel.clock import now
from lyceum.kernel.identity import new_uuid
from lyceum.schools.current import CurrentSchool
from lyceum.schools.models import Invitation, Membership
from lyceum.theming import logos
from tests.api.asking import WEBM, Asking
from tests.api.auth_doors import half_way, ways_in
from tests.blocks import a_tests_own_block
from tests.clients import AppClient
from tests.factors import confirm
from tests.letters import TYPE, a_letter, a_school_with_letters
from tests.pages import a_category, a_course, a_lesson, a_subcategory, an_exercise
from tests.people import a_member, a_person, a_token

# No operation under `/api/v1` asks for it: authoring does.
UNUSED_SCOPE = "content:write"

# In the order of the table's columns.
NOBODY = ("anonymous", "expired", "deactivated", "unverified")
OTHERS = ("non-member", "stranger", "inactive")
MEMBERS = ("student", "child", "teacher", "content_creator", "moderator")
RULING = ("manager", "admin", "operator")
PROGRAMS = ("scoped", "unscoped", "elsewhere")
ROLES = ("student", "teacher", "content_creator", "moderator", "manager", "admin")
KINDS = (*NOBODY, *OTHERS, *MEMBERS, *RULING, *PROGRAMS)
SIGNED_IN = (*OTHERS, *MEMBERS, *RULING)
# How far a person got, which allauth's operations turn on; see `half_way`.
STEPS = ("unconfirmed", "managed", "unverified", "second_factor", "resetting")


@dataclass
class Caller:
    """
    Someone who calls: what their requests carry, and the ids of what is theirs.

    An app shows `headers`; a browser sends the cookie of the `session`, if there is one.
    """

    headers: dict[str, str] = field(default_factory=dict)
    things: dict[str, str] = field(default_factory=dict)
    session: str = ""


@dataclass
class World:
    """The callers at the school `toto`, and the ids of what `toto` and `campus` have."""

    callers: dict[str, Caller]
    toto: dict[str, str]
    campus: dict[str, str]


def build_world() -> World:
    """Make it all; the catalogues are for members."""
    toto = a_school_with_letters("toto", catalogue="members", signup_policy="open")
    campus = a_school_with_letters("campus", catalogue="members")
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
    callers = {name: _signed_in(person) for name, person in people.items()}
    User.objects.filter(pk=people["deactivated"].pk).update(is_active=False)
    callers["anonymous"] = Caller()
    callers["expired"] = _with_an_old_token(a_member(toto, "admin"))
    for name, (app, things) in half_way(toto).items():
        shown = _bearer(app.token) if app.token else {"x-session-token": app.session_token}
        callers[name] = Caller(shown, things, app.session_token)
    everything = [scope.code for scope in scopes]
    owner = people["scoped"] = a_member(toto, "admin")
    Membership.objects.create(school_id=campus.id, user=owner, roles=frozenset({"admin"}))
    callers["scoped"] = _program(a_token(owner, toto, *everything))
    callers["elsewhere"] = _program(a_token(owner, campus, *everything))
    callers["unscoped"] = _program(a_token(owner, toto, UNUSED_SCOPE))
    for name, person in {**people, "unscoped": owner, "elsewhere": owner}.items():
        callers[name].things |= _belongings(person, toto)
    for name in SIGNED_IN:
        callers[name].things |= ways_in(people[name])
    for caller in callers.values():
        # From now on all of them were seen lately: being refused changes not even that.
        ask(caller, "get", "/api/v1/me", Asking(), undo=False)
    world = World(callers, _furnish(toto), _furnish(campus))
    child = Membership.objects.get(uuid=world.toto["managed"]).user
    for name, person in {**people, "unscoped": owner, "elsewhere": owner}.items():
        callers[name].things |= {
            "own_proved_address": str(person.email),
            "own_export": _an_export(person, person=person),
            "own_managed_export": _an_export(person, person=child, school_id=toto.id),
            "own_school_export": _an_export(person, school_id=toto.id),
        }
    return world


def _signed_in(person: User) -> Caller:
    """Sign a person in who then confirms that it is them, as changes of one's account demand."""
    app = AppClient()
    app.log_in(person.email)
    confirm(app)
    return Caller(_bearer(app.token), {"own_refresh_token": app.refresh_token}, app.session_token)


def _with_an_old_token(person: User) -> Caller:
    caller = _signed_in(person)
    family = TokenFamily.objects.get(user=person)
    old = signed.access_token(family, person.uuid, at=now() - timedelta(hours=2))
    # A browser has no token that ends before its session does.
    return Caller(_bearer(old), caller.things)


def _bearer(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}"}


def _program(token: str) -> Caller:
    return Caller(_bearer(token))


def _belongings(person: User, school: CurrentSchool) -> dict[str, str]:
    """Make what each person has of their own: a recording, a token, a report."""
    token = make_token(
        user=person, school=school, name="x", scopes=["account:read"], days=1, at=now()
    )
    about = {"school_id": school.id, "type": "person", "thing": new_uuid()}
    case = Case.objects.create(origin="report", **about)
    report = Report.objects.create(case=case, reporter=person, kind="spam")
    return {
        "own_recording": _a_recording(school, person),
        "own_token": str(token.id),
        "own_report": str(report.uuid),
    }


def _furnish(school: CurrentSchool) -> dict[str, str]:
    """Make one of everything in a school; return the ids."""
    colleague = a_member(school, "student")
    avatars.set_avatar(user=colleague, file=get_test_image_file(), at=now())
    logos.set_logo(actor=colleague, school=school, file=get_test_image_file())
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
    theirs = _belongings(colleague, school)
    return {
        "category": str(category.uuid),
        "subcategory": str(lesson.get_parent().uuid),
        "lesson": str(lesson.uuid),
        "draft": str(a_lesson(lesson.get_parent(), published=False).uuid),
        "course": str(a_course(school, lessons=[lesson]).uuid),
        "exercise": str(exercise.uuid),
        "image": str(image.uuid),
        "recording": _a_recording(school, colleague),
        "token": theirs["own_token"],
        "report": theirs["own_report"],
        "case": str(Case.objects.filter(school_id=school.id).values_list("uuid", flat=True)[0]),
        "binned": _a_binned_letter(school, colleague),
        "member": str(colleague.memberships.get().uuid),
        "person": str(colleague.uuid),
        "address": colleague.email,
        "managed": _a_managed_account(school),
        "invitation": str(invitation.uuid),
        "preview": _a_preview(lesson),
        "exercise_preview": _a_preview(exercise),
        "export": _an_export(colleague, person=colleague),
        "managed_export": _an_export(colleague, person=a_person(), school_id=school.id),
        "school_export": _an_export(colleague, school_id=school.id),
    }


def _a_recording(school: CurrentSchool, owner: User) -> str:
    recording = Recording(school_id=school.id, owner=owner, content_type="audio/webm", size=10)
    recording.file.save("x", ContentFile(WEBM), save=True)
    return str(recording.uuid)


def _a_binned_letter(school: CurrentSchool, author: User) -> str:
    binned = BinnedThing.objects.create(
        school_id=school.id,
        type=TYPE,
        thing=a_letter(school, author),
        author=author,
        kept_until=now() + timedelta(days=1),
    )
    return str(binned.uuid)


def _an_export(asked_by: User, **of: Any) -> str:
    end = now() + timedelta(days=1)
    export = Export(asked_by=asked_by, status="ready", created_at=now(), expires_at=end, **of)
    export.file.save("x", ContentFile(b"PK"), save=True)
    return str(export.uuid)


def _a_managed_account(school: CurrentSchool) -> str:
    wanted = [making.NewAccount(first_name="Ana")]
    actor = a_person(is_superuser=True)
    [made] = making.make_accounts(actor=actor, school=school, wanted=wanted, at=now())
    return str(made.account.id)


def _a_preview(page: Any) -> str:
    page = type(page).objects.get(pk=page.pk)
    return make_preview(page=page, actor=a_person(is_superuser=True), at=now())


def ask(caller: Caller, method: str, address: str, asking: Asking, *, undo: bool = True) -> Any:
    """Send the request; undo whatever it did, unless told not to."""
    client, headers = Client(), caller.headers
    if address.startswith("/_allauth/browser/") and caller.session:
        client.cookies[settings.SESSION_COOKIE_NAME] = caller.session
        headers = {}
    options: dict[str, Any] = {"headers": {"host": "toto.test", **headers, **asking.headers}}
    if asking.file:
        options["data"] = encode_multipart("x", {"file": SimpleUploadedFile("x", asking.file)})
        options["content_type"] = "multipart/form-data; boundary=x"
    elif asking.form:
        options["data"] = urlencode(asking.form)
        options["content_type"] = "application/x-www-form-urlencoded"
    elif asking.body is not None:
        options |= {"data": json.dumps(asking.body), "content_type": "application/json"}
    cache.clear()  # so that nobody is throttled for what others asked
    with a_tests_own_block():
        response = client.generic(method.upper(), address, **options)
        if response.streaming:
            b"".join(response)
        transaction.set_rollback(undo)
    return response


def all_rows(*, but: str = "") -> str:
    """Return a digest of all that the database holds, but for one table."""
    digest = blake2b()
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            if "fts" not in table and table != but:
                cursor.execute(f'SELECT * FROM "{table}"')
                digest.update(repr((table, sorted(map(repr, cursor.fetchall())))).encode())
    return digest.hexdigest()
