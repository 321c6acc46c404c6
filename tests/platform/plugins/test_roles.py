"""Roles that plugins bring: given as all others, and nothing where the plugin is off."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lyceum.access.permissions import can, permissions_of
from lyceum.access.registry import permissions
from lyceum.accounts.models import User
from lyceum.community.contact import party_of
from lyceum.events.models import AuditEntry, Event
from lyceum.kernel.clock import now
from lyceum.kernel.plugins.host import host, parts
from lyceum.kernel.plugins.manifest import RoleRow
from lyceum.kernel.plugins.plugins import BadPart, Plugin
from lyceum.schools.current import CurrentSchool, school_by_id
from lyceum.schools.models import Invitation, Membership
from lyceum.schools.plugins.purging import kept_of, purge_plugin
from lyceum.schools.plugins.uninstalling import uninstall_plugin
from lyceum.schools.roles import ROLES
from lyceum.schools.standing import standing_of
from lyceum.testing.plugins import switch_off, switch_on
from tests.people import a_learner, a_member, a_person, a_school, signed_in

pytestmark = pytest.mark.django_db

MEMBERS, INVITATIONS = "/api/v1/school/members", "/api/v1/school/invitations"
SECRET = "/api/v1/probe/secret"
KEPT = "roles of members and invitations"


@pytest.fixture
def toto() -> CurrentSchool:
    """A school with the probe, which brings the role of a guide, who may look into it."""
    return switch_on("probe", a_school("toto"))


def send(person: User, method: str, path: str, body: Any, school: str = "toto") -> Any:
    browser = signed_in(person, school)
    return getattr(browser, method)(path, body, content_type="application/json")


def place_of(person: User) -> Membership:
    return Membership.objects.get(user=person)


def give(admin: User, person: User, *roles: str, school: str = "toto") -> Any:
    address = f"{MEMBERS}/{place_of(person).uuid}"
    return send(admin, "patch", address, {"roles": list(roles)}, school)


def without_ids(answer: Any) -> dict[str, Any]:
    told = dict(answer.json())
    told.pop("request_id", None)
    return told


# --- Given, shown and taken ------------------------------------------------------------------


def test_an_admin_gives_and_takes_it_and_the_next_request_sees_it(toto: CurrentSchool) -> None:
    admin, sam, colleague = a_member(toto, "admin"), a_learner(toto), a_learner(toto)
    browser = signed_in(sam, "toto")
    before = browser.get(SECRET).status_code

    given = give(admin, sam, "student", "guide")
    with_it = browser.get(SECRET).status_code
    own = browser.get("/api/v1/me").json()["memberships"][0]["roles"]
    face = signed_in(colleague, "toto").get(f"/api/v1/people/{sam.uuid}").json()["roles"]
    listed = signed_in(admin, "toto").get(f"{MEMBERS}?role=guide").json()["items"]
    taken = give(admin, sam, "student")

    assert (before, with_it, browser.get(SECRET).status_code) == (403, 200, 403)
    assert given.json()["roles"] == own == face == ["guide", "student"]
    assert [row["person"] for row in listed] == [str(sam.uuid)]
    assert taken.json()["roles"] == ["student"]
    assert signed_in(colleague, "toto").get(SECRET).status_code == 403
    rows = AuditEntry.objects.filter(action="school.member_changed").order_by("id")
    assert [row.changes["roles"] for row in rows] == [
        [["student"], ["probe.guide", "student"]],
        [["probe.guide", "student"], ["student"]],
    ]


def test_those_who_may_not_give_roles_do_not_give_it(toto: CurrentSchool) -> None:
    other = a_school("other")
    sam = a_learner(toto)

    for person in (a_member(toto, "manager"), a_member(toto, "teacher"), a_learner(toto)):
        assert give(person, sam, "student", "guide").status_code == 403
    stranger = a_member(switch_on("probe", other), "admin")
    assert give(stranger, sam, "student", "guide", school="other").status_code == 404
    assert place_of(sam).roles == {"student"}


def test_a_manager_invites_with_it_and_who_follows_has_it(toto: CurrentSchool) -> None:
    manager, sam = a_member(toto, "manager"), a_person()

    made = send(manager, "post", INVITATIONS, {"roles": ["guide"]}).json()
    joined = send(sam, "put", "/api/v1/school/membership", {"invitation": made["code"]})

    assert made["roles"] == joined.json()["roles"] == ["guide"]
    assert signed_in(sam, "toto").get(SECRET).status_code == 200
    # It includes what a student may, and no more.
    assert can(sam, "schools.belong", toto)
    news = Event.objects.get(type="member_joined", subject=sam.uuid)
    assert news.data["roles"] == ["guide"]


def test_it_is_never_read_from_who_signs_up(toto: CurrentSchool) -> None:
    sam = a_person()

    answer = send(sam, "put", "/api/v1/school/membership", {"roles": ["guide"]})

    assert answer.status_code == 422
    assert not Membership.objects.filter(user=sam).exists()


def test_what_is_told_of_school_and_plugins_names_it(toto: CurrentSchool) -> None:
    manager = a_member(toto, "manager")
    brought = {"code": "guide", "label": "Guide"}

    seen = Client(headers={"host": "toto.test"}).get("/api/v1/school").json()["plugins"]
    plugins = signed_in(manager, "toto").get("/api/v1/plugins").json()
    page = signed_in(manager, "toto").get("/admin/plugins/").content.decode()

    assert {each["slug"]: each["roles"] for each in seen} == {"probe": [brought]}
    told = next(each["roles"] for each in plugins if each["slug"] == "probe")
    assert told == [{**brought, "includes": ["student"]}]
    assert "<bdi>Guide</bdi>: what learners may do, and more" in page


# --- No more than it says --------------------------------------------------------------------


def test_it_gives_the_plugins_right_and_none_of_the_platforms(toto: CurrentSchool) -> None:
    guide, student = a_member(toto, "guide"), a_learner(toto)

    assert permissions_of(guide, toto) - permissions_of(student, toto) == {"probe.look"}
    assert not place_of(guide).is_staff
    assert not [each.code for each in permissions if not each.plugin and each.roles - set(ROLES)]


def test_one_who_has_it_alone_is_a_member_with_the_doors_of_one(toto: CurrentSchool) -> None:
    guide = a_member(toto, "guide")

    standing = standing_of(user_id=guide.pk, school_id=toto.id)

    assert standing.roles == {"guide", "student"}
    assert (standing.is_member, standing.is_staff) == (True, False)
    assert party_of(guide, toto).roles == {"guide", "student"}


# --- Off ------------------------------------------------------------------------------------


def test_where_the_plugin_is_off_it_counts_for_nothing_and_comes_back(toto: CurrentSchool) -> None:
    other = a_school("other")
    admin, guide = a_member(toto, "admin"), a_member(toto, "guide")
    Membership.objects.create(
        school_id=other.id, user=guide, roles=frozenset({"student", "probe.guide"})
    )
    with_both = a_member(toto, "guide", "student")

    off = switch_off("probe", toto)

    browser = signed_in(guide, "toto")
    assert not can(guide, "schools.belong", off)
    assert standing_of(user_id=guide.pk, school_id=off.id).roles == frozenset()
    assert party_of(with_both, off).roles == {"student"}
    places = {
        each["slug"]: each["roles"] for each in browser.get("/api/v1/me").json()["memberships"]
    }
    assert places == {"toto": [], "other": ["student"]}
    items = signed_in(admin, "toto").get(MEMBERS).json()["items"]
    assert not any("guide" in row["roles"] for row in items)
    assert Client(headers={"host": "toto.test"}).get("/api/v1/school").json()["plugins"] == []
    face = signed_in(admin, "toto").get(f"/api/v1/people/{with_both.uuid}").json()
    assert face["roles"] == ["student"]
    assert place_of(with_both).roles == {"probe.guide", "student"}, "kept"

    on = switch_on("probe", off)

    assert can(guide, "probe.look", on)
    assert not can(guide, "probe.look", other)
    assert browser.get(SECRET).status_code == 200


def test_where_it_is_off_giving_it_is_answered_as_a_role_that_is_none(toto: CurrentSchool) -> None:
    off = switch_off("probe", toto)
    admin, sam = a_member(off, "admin"), a_learner(off)

    for code in ("guide", "probe.guide"):
        for method, path, body in (
            ("patch", f"{MEMBERS}/{place_of(sam).uuid}", {"roles": [code]}),
            ("post", INVITATIONS, {"roles": [code]}),
        ):
            nothing = {"roles": ["q" * len(code)]}
            answer, unknown = (send(admin, method, path, each) for each in (body, nothing))
            assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
            assert without_ids(answer) == without_ids(unknown)
            assert "guide" not in answer.content.decode()
        browser = signed_in(admin, "toto")
        asked = [browser.get(f"{MEMBERS}?role={role}") for role in (code, "q" * len(code))]
        assert asked[0].status_code == 422
        assert without_ids(asked[0]) == without_ids(asked[1])
    assert place_of(sam).roles == {"student"}
    assert not Invitation.objects.exists()


def test_the_name_by_which_it_is_kept_is_nobodys_code(toto: CurrentSchool) -> None:
    admin, sam = a_member(toto, "admin"), a_learner(toto)

    assert give(admin, sam, "probe.guide").status_code == 422


def test_roles_given_while_it_is_off_leave_it_as_it_was(toto: CurrentSchool) -> None:
    off = switch_off("probe", toto)
    admin, guide = a_member(off, "admin"), a_member(off, "guide", "student")

    changed = give(admin, guide, "teacher")

    assert changed.json()["roles"] == ["teacher"]
    assert place_of(guide).roles == {"probe.guide", "teacher"}


def test_a_manager_who_changes_nothing_of_what_is_seen_is_not_refused(toto: CurrentSchool) -> None:
    off = switch_off("probe", toto)
    manager, guide = a_member(off, "manager"), a_member(off, "guide", "student")

    assert give(manager, guide, "student").status_code == 200


def test_an_invitation_with_it_waits_until_it_is_on_again(toto: CurrentSchool) -> None:
    manager, sam = a_member(toto, "manager"), a_person()
    made = send(manager, "post", INVITATIONS, {"roles": ["guide", "student"]}).json()
    wish = {"invitation": made["code"]}

    off = switch_off("probe", toto)
    refused = send(sam, "put", "/api/v1/school/membership", wish)
    listed = signed_in(manager, "toto").get(INVITATIONS).json()["items"]
    switch_on("probe", off)
    taken = send(sam, "put", "/api/v1/school/membership", wish)

    assert (refused.status_code, refused.json()["code"]) == (403, "invitation_invalid")
    assert listed[0]["roles"] == ["student"]
    assert taken.json()["roles"] == ["guide", "student"]


@pytest.mark.parametrize("fate", ["broken", "gone", "another one has the code"])
def test_one_whose_plugin_is_broken_or_gone_counts_for_nothing(
    toto: CurrentSchool, fate: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    guide = a_member(toto, "guide", "student")
    if fate == "another one has the code":
        Membership.objects.filter(user=guide).update(roles=",gone.guide,student,")
    else:
        row = place_of(guide).school
        monkeypatch.setattr(host, "order", [])
        monkeypatch.delitem(host.plugins, "probe")
        row.save(update_fields=())

    here = school_by_id(toto.id)

    assert not can(guide, "probe.look", here)
    assert standing_of(user_id=guide.pk, school_id=here.id).roles == {"student"}
    assert signed_in(guide, "toto").get("/api/v1/me").json()["memberships"][0]["roles"] == [
        "student"
    ]


# --- Purged and uninstalled ------------------------------------------------------------------


def test_purging_takes_it_from_all_of_the_school_and_of_no_other(toto: CurrentSchool) -> None:
    other = switch_on("probe", a_school("other"))
    ours, alone = a_member(toto, "guide", "teacher"), a_member(toto, "guide")
    theirs = a_member(other, "guide")
    manager, sam = a_member(toto, "manager"), a_person()
    code = send(manager, "post", INVITATIONS, {"roles": ["guide"]}).json()["code"]
    off = switch_off("probe", toto)

    kept = kept_of(off, "probe")
    purge_plugin(actor=None, school=off, slug="probe", at=now())
    switch_on("probe", off)

    assert (KEPT, 3) in [(kind.name, kind.count) for kind in kept.kinds]
    assert (place_of(ours).roles, place_of(alone).roles) == ({"teacher"}, frozenset())
    assert place_of(theirs).roles == {"probe.guide"}
    late = send(sam, "put", "/api/v1/school/membership", {"invitation": code})
    assert late.json()["code"] == "invitation_invalid"
    changes = AuditEntry.objects.get(action="plugin.purged").changes
    assert changes["roles"] == [3, 0]


@pytest.fixture
def put_back() -> Iterator[None]:
    """Make the probe's tables anew after a test that removes them."""
    yield
    MigrationRecorder(connection).migration_qs.filter(app="probe").delete()
    if "probe_note" not in connection.introspection.table_names():
        call_command("migrate", "probe", verbosity=0)


@pytest.mark.django_db(transaction=True)
def test_uninstalling_takes_it_from_everybody_whose_code_is_gone_too(
    toto: CurrentSchool, put_back: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = a_school("other")
    guides = [a_member(toto, "guide", "student"), a_member(other, "guide", "student")]
    switch_off("probe", toto)
    for slug in ("probe", "echo"):
        monkeypatch.delitem(host.plugins, slug)

    uninstall_plugin(slug="probe", code_gone=True, at=now())

    assert [place_of(guide).roles for guide in guides] == [{"student"}] * 2
    assert AuditEntry.objects.get(action="plugin.uninstalled").changes["roles"] == [2, 0]


# --- What a manifest may say ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([{"code": "teacher"}], "roles.teacher: the platform has a role of this code"),
        ([{"code": "operator"}], "roles.operator: the platform has a role of this code"),
        ([{"code": "guide"}], "roles.guide: probe brings a role of this code"),
        ([{"code": "host"}, {"code": "host"}], "roles.host: it is there more than once"),
        ([{"code": "host", "includes": ("manager",)}], "roles.host.includes: manager is more"),
        ([{"code": "host", "includes": ("guide",)}], "roles.host.includes: guide is more"),
    ],
)
def test_a_role_that_cannot_be_is_refused_by_file_and_field(
    rows: list[dict[str, Any]], told: str
) -> None:
    found = host.plugins["keeper"]
    manifest = found.told.model_copy(
        update={"roles": tuple(RoleRow(label="A role", **row) for row in rows)}
    )
    plugin: Plugin = replace(found, manifest=manifest)

    with pytest.raises(BadPart, match=rf"^plugin\.toml: {told}"):
        parts["roles"].check(plugin, None)


# --- No query more ---------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/api/v1/me", MEMBERS, "/api/v1/school", "/api/v1/content/tree"])
def test_it_costs_no_query_more_than_a_role_of_the_house(toto: CurrentSchool, path: str) -> None:
    asked = []
    for roles in (("manager",), ("manager", "guide")):
        browser = signed_in(a_member(toto, *roles), "toto")
        browser.get(path)
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(path).status_code == 200
        asked.append(len(queries))

    assert asked[0] == asked[1]
