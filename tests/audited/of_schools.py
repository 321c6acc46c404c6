"""What is done with schools, their people and their plugins."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command

from lyceum.kernel.clock import now
from lyceum.schools.models import Membership, PluginInstall
from lyceum.schools.plugins.switching import suspend_plugin
from lyceum.testing.plugins import switch_on
from plugins.badges.tests.test_rules import RULE
from plugins.moments.tests.telling import post
from tests.audited.deeds import GUEST, MARKER, Act, World, deed, send
from tests.people import a_person, proved, signed_in

INVITED = {"email": GUEST, "roles": ["teacher"]}
ACCOUNTS = {"accounts": [{"first_name": MARKER}]}


@deed("school.founded", by="nobody", through_http=False)
def found(world: World) -> Act:
    return lambda: call_command("found_school", "campus", "Campus", host="campus.test", verbosity=0)


@deed("school.settings_changed")
def change_settings(world: World) -> Act:
    changes = {"join_code": "SESAME77", "pass_mark": 71}
    world.secrets.append("SESAME77")
    return lambda: world.send("PATCH", "/school", changes)


@deed("school.invited")
def invite(world: World) -> Act:
    return lambda: world.secrets.append(world.send("POST", "/school/invitations", INVITED)["code"])


@deed("school.invitation_revoked")
def revoke_invitation(world: World) -> Act:
    made = world.send("POST", "/school/invitations", INVITED)
    return lambda: world.send("DELETE", f"/school/invitations/{made['id']}")


@deed("school.joined", by="self")
def join(world: World) -> Act:
    guest = signed_in(a_person(GUEST), "toto")
    return lambda: send(guest, "PUT", "/api/v1/school/membership")


@deed("school.left", by="self")
def leave(world: World) -> Act:
    pupil = proved(signed_in(world.pupil(), "toto"))
    return lambda: send(pupil, "DELETE", "/api/v1/school/membership")


@deed("school.member_changed")
def change_member(world: World) -> Act:
    place = Membership.objects.get(user=world.pupil()).uuid
    changes = {"roles": ["teacher"], "level": "B1"}
    return lambda: world.send("PATCH", f"/school/members/{place}", changes)


@deed("school.export_asked")
def ask_for_all(world: World) -> Act:
    return lambda: world.send("POST", "/school/export")


def _take_out(world: World, address: str) -> None:
    answer = world.browser.get(address)
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content)


@deed("school.audit_taken_out", whole=False)
def take_the_audit_out(world: World) -> Act:
    return lambda: _take_out(world, "/admin/audit/?export=csv")


@deed("school.deleted")
def delete_school(world: World) -> Act:
    return lambda: world.send("DELETE", "/school", {"slug": "toto"})


def _child(world: World) -> Any:
    [made] = world.send("POST", "/school/managed-accounts", ACCOUNTS)["items"]
    world.secrets.append(made["password"])
    return f"/school/managed-accounts/{made['account']['id']}"


@deed("managed_account.made")
def make_account(world: World) -> Act:
    return lambda: _child(world)


@deed("managed_account.changed")
def rename_account(world: World) -> Act:
    address = _child(world)
    return lambda: world.send("PATCH", address, {"first_name": GUEST})


@deed("managed_account.password_set")
def give_password(world: World) -> Act:
    address = _child(world)

    def give() -> None:
        world.secrets.append(world.send("POST", f"{address}/password")["password"])

    return give


@deed("plugin.enabled")
def enable(world: World) -> Act:
    world.send("DELETE", "/plugins/probe/enabled")
    return lambda: world.send("PUT", "/plugins/probe/enabled")


@deed("plugin.disabled")
def disable(world: World) -> Act:
    return lambda: world.send("DELETE", "/plugins/probe/enabled")


@deed("plugin.suspended", by="nobody", through_http=False)
def suspend(world: World) -> Act:
    who = {"school_id": world.school.id, "slug": "probe"}
    return lambda: suspend_plugin(**who, because=MARKER, at=now())


@deed("plugin.settings_changed")
def set_up(world: World) -> Act:
    values = {"values": {"greeting": "Good day", "times": 2}, "secrets": {"key": MARKER}}
    return lambda: world.send("PUT", "/plugins/probe/settings", values)


@deed("plugin.data_taken_out", whole=False)
def take_data_out(world: World) -> Act:
    return lambda: _take_out(world, "/api/v1/plugins/probe/data/file")


@deed("probe.note_written")
def write_a_note(world: World) -> Act:
    return lambda: world.send("POST", "/probe/notes", {"text": MARKER})


@deed("plugin.purged")
def purge(world: World) -> Act:
    world.send("DELETE", "/plugins/probe/enabled")
    return lambda: world.send("DELETE", "/plugins/probe/data")


@deed("plugin.installed", by="nobody", through_http=False, has_target=False)
def install(world: World) -> Act:
    PluginInstall.objects.filter(slug="keeper").delete()
    return lambda: call_command("plugins", "install", "keeper", verbosity=0)


@deed("plugin.upgraded", by="nobody", through_http=False, has_target=False)
def upgrade(world: World) -> Act:
    PluginInstall.objects.filter(slug="keeper").update(version="0.9.0")
    return lambda: call_command("plugins", "install", "keeper", verbosity=0)


@deed("plugin.set_aside", by="nobody", through_http=False, has_target=False)
def set_aside(world: World) -> Act:
    options = {"keep_data": True, "verbosity": 0}
    return lambda: call_command("plugins", "uninstall", "keeper", **options)


def _moment(world: World) -> str:
    switch_on("moments", world.school)
    return f"/moments/{post(world.browser, MARKER)['id']}/featured"


@deed("moments.featured")
def feature(world: World) -> Act:
    address = _moment(world)
    return lambda: world.send("PUT", address)


@deed("moments.unfeatured")
def feature_no_more(world: World) -> Act:
    address = _moment(world)
    world.send("PUT", address)
    return lambda: world.send("DELETE", address)


def _rule(world: World) -> str:
    switch_on("badges", world.school)
    return f"/badges/rules/{world.send('POST', '/badges/rules', RULE)['id']}"


@deed("badges.rule_made")
def make_rule(world: World) -> Act:
    switch_on("badges", world.school)
    return lambda: world.send("POST", "/badges/rules", RULE)


@deed("badges.rule_changed")
def change_rule(world: World) -> Act:
    address = _rule(world)
    return lambda: world.send("PATCH", address, {"threshold": 1})


@deed("badges.rule_retired")
def retire_rule(world: World) -> Act:
    address = _rule(world)
    return lambda: world.send("DELETE", address)
