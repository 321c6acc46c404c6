"""The admin's pages of plugins: for managers and admins, broken plugins or none."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from lyceum.kernel.clock import now
from lyceum.kernel.plugins.host import host
from lyceum.kernel.plugins.plugins import State
from lyceum.schools.current import CurrentSchool, school_by_slug
from lyceum.schools.models import PluginInstall
from lyceum.schools.plugins.settings import settings_of
from lyceum.schools.plugins.switching import enable_plugin, suspend_plugin
from plugins.keeper.models import Folder
from tests.people import a_member, a_person, a_school, proved, signed_in

pytestmark = pytest.mark.django_db

INDEX = "/admin/plugins/"
SECRET = "sk-telltale-4711"


@pytest.fixture
def toto() -> CurrentSchool:
    return a_school("toto")


@pytest.fixture
def manager(toto: CurrentSchool) -> Client:
    return signed_in(a_member(toto, "manager"), "toto")


@pytest.fixture
def admin(toto: CurrentSchool) -> Client:
    return signed_in(a_member(toto, "admin"), "toto")


def shown(client: Client, address: str = INDEX) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer
    return answer.content.decode()


def is_on(slug: str) -> bool:
    return slug in school_by_slug("toto").plugins


def fill_in(**values: Any) -> dict[str, Any]:
    """Return the probe's form as a browser sends it."""
    whole = {
        "greeting": "Hello",
        "colour": "green",
        "times": "1",
        "share": "0.5",
        "words": "",
        "hours": "{}",
        "key": "",
        **values,
    }
    return {f"settings-{name}": value for name, value in whole.items()}


def test_a_manager_sees_what_each_plugin_does_and_keeps_and_why_it_is_not_in_force(
    manager: Client,
) -> None:
    page = shown(manager)

    assert "Keeps rows, links and files" in page
    assert "Look into the probe" in page
    assert "Folders with papers, and who made them." in page
    assert "It is off here. <em>Switch it on.</em>" in page
    assert "Its data" not in page, "for admins"
    assert "On this instance" not in page, "for the operator"


def test_a_manager_switches_a_plugin_on_and_off_and_is_told(manager: Client) -> None:
    switched = manager.post(f"{INDEX}of/probe/switch/", {"to": "on"}, follow=True)
    assert is_on("probe")
    assert "Probe is on." in switched.content.decode()
    assert "It is on." in shown(manager)

    switched = manager.post(f"{INDEX}of/probe/switch/", {"to": "off"}, follow=True)
    assert not is_on("probe")
    assert "Probe is off." in switched.content.decode()


def test_a_title_is_said_once_and_the_menu_takes_a_plugins_settings_for_no_page_of_its(
    manager: Client,
) -> None:
    page = shown(manager)

    assert page.count("<h1") == 1
    assert not re.search(r"<h2[^>]*>\s*Plugins", page)
    settings, own = reverse("lyceum_plugins:settings", args=["probe"]), "/admin/plugins/probe/"
    assert not settings.startswith(own)


def test_rights_are_said_to_be_of_all_who_hold_them(manager: Client) -> None:
    page = shown(manager)

    assert "Say what badges there are, and how they are earned</bdi>: managers, admins" in page


def test_a_suspended_plugin_is_switched_on_again(toto: CurrentSchool, manager: Client) -> None:
    enable_plugin(actor=None, school=toto, slug="probe", at=now())
    suspend_plugin(school_id=toto.id, slug="probe", because="It hung.", at=now())

    assert "It was suspended: It hung." in shown(manager)
    manager.post(f"{INDEX}of/probe/switch/", {"to": "on"})
    assert is_on("probe")


def test_a_refusal_is_told_on_the_page(manager: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    keeper = host.plugins["keeper"]
    needing = keeper.told.model_copy(update={"requires": {"probe": ">=1"}})
    monkeypatch.setattr(keeper, "manifest", needing)

    answer = manager.post(f"{INDEX}of/keeper/switch/", {"to": "on"}, follow=True)

    assert "requires: probe &gt;=1" in answer.content.decode()
    assert not is_on("keeper")


def test_a_teacher_a_stranger_and_nobody_see_none_of_it(toto: CurrentSchool) -> None:
    stranger = a_member(a_school("other"), "admin")
    for person in (stranger, a_member(toto, "teacher")):
        client = signed_in(person, "toto")
        for address in (INDEX, f"{INDEX}of/probe/settings/", f"{INDEX}of/probe/data/"):
            assert client.get(address).status_code in (302, 403), address
        client.post(f"{INDEX}of/probe/switch/", {"to": "on"})
    assert Client(headers={"host": "toto.test"}).get(INDEX).status_code == 302
    assert not is_on("probe")


def test_settings_are_saved_by_a_form_made_from_their_schema(manager: Client) -> None:
    page = shown(manager, f"{INDEX}of/probe/settings/")
    assert "What it says." in page
    assert '<option value="blue">' in page

    answer = manager.post(
        f"{INDEX}of/probe/settings/",
        fill_in(greeting="Good day", times="3", words="one\ntwo\n", hours='{"a": 1}', key=SECRET)
        | {"settings-loud": "on"},
    )

    assert answer.status_code == 302, answer.content.decode()
    held = settings_of(school_by_slug("toto"), "probe")
    assert (held.greeting, held.times, held.loud) == ("Good day", 3, True)
    assert (held.words, held.hours) == (["one", "two"], {"a": 1})
    assert held.key.get_secret_value() == SECRET


def test_a_secret_is_never_in_the_form_and_stays_unless_it_is_removed(manager: Client) -> None:
    address = f"{INDEX}of/probe/settings/"
    manager.post(address, fill_in(key=SECRET))

    page = shown(manager, address)
    manager.post(address, fill_in(times="2"))
    kept = settings_of(school_by_slug("toto"), "probe")
    manager.post(address, fill_in() | {"settings-remove-key": "on"})

    assert SECRET not in page
    assert "It is set. Leave this empty to keep it." in page
    assert kept.key.get_secret_value() == SECRET
    assert settings_of(school_by_slug("toto"), "probe").key is None


def test_what_does_not_fit_is_said_beside_its_field(manager: Client) -> None:
    answer = manager.post(f"{INDEX}of/probe/settings/", fill_in(times="99", key=SECRET))

    assert answer.status_code == 200
    assert "less than or equal to 10" in answer.content.decode()
    assert SECRET not in answer.content.decode()
    whole = manager.post(f"{INDEX}of/probe/settings/", fill_in() | {"settings-loud": "on"})
    assert "To be loud it needs a key." in whole.content.decode()
    assert settings_of(school_by_slug("toto"), "probe").times == 1


def test_an_admin_deletes_what_a_plugin_keeps_by_writing_its_name(
    toto: CurrentSchool, admin: Client, manager: Client
) -> None:
    Folder.objects.create(school_id=toto.id, name="A")
    enable_plugin(actor=None, school=toto, slug="keeper", at=now())
    address = f"{INDEX}of/keeper/data/"

    assert "folders" in shown(admin, address)
    assert manager.get(address).status_code in (302, 403)
    away = admin.post(address, {"word": "keeper"})
    assert away["Location"].startswith("/admin/login/?next="), "to sign in again"
    admin = proved(signed_in(a_member(toto, "admin"), "toto"))
    on, while_on = shown(admin, address), admin.post(address, {"word": "keeper"})
    admin.post(f"{INDEX}of/keeper/switch/", {"to": "off"})
    assert Folder.objects.exists()
    off, wrong = shown(admin, address), admin.post(address, {"word": "keepr"})
    done = admin.post(address, {"word": "keeper"})

    assert "Write keeper." in wrong.content.decode()
    assert "Delete it all" not in on
    assert "Switch it off first, then come back here." in on
    assert "Delete it all" in off
    assert "Switch this plugin off first." in while_on.content.decode()
    assert done.status_code == 302
    assert not Folder.objects.exists()


def test_what_is_not_there_is_404(admin: Client) -> None:
    for part in ("settings", "data"):
        assert admin.get(f"{INDEX}of/absent/{part}/").status_code == 404
    assert admin.post(f"{INDEX}of/absent/switch/", {"to": "on"}).status_code == 404
    assert admin.get(f"{INDEX}of/keeper/settings/").status_code == 404
    assert admin.get(f"{INDEX}of/keeper/switch/").status_code == 405


def test_the_page_works_when_every_plugin_is_broken(
    toto: CurrentSchool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for plugin in host.plugins.values():
        monkeypatch.setattr(plugin, "state", State.BROKEN)
        monkeypatch.setattr(plugin, "reasons", [f"models.py: {plugin.slug} fell."])
        monkeypatch.setattr(plugin, "manifest", None)
    PluginInstall.objects.create(slug="bygone", name="Bygone", version="1.0")
    operator = signed_in(a_person(is_superuser=True), "toto")

    for client in (operator, signed_in(a_member(toto, "admin"), "toto")):
        page = shown(client)
        assert "models.py: probe fell. <em>The operator mends or removes it" in page
        assert "bygone" in page
    answer = operator.get(f"{INDEX}of/probe/settings/", follow=True)
    assert "This plugin cannot run here at the moment." in answer.content.decode()


def test_the_operator_sees_the_instance_and_what_waits_for_a_restart(
    toto: CurrentSchool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new, changed = tmp_path / "brand_new", tmp_path / "probe"
    manifest = (host.plugins["probe"].folder / "plugin.toml").read_text()
    for folder, text in (
        (new, manifest.replace('"probe"', '"brand_new"')),
        (changed, manifest.replace("1.0.0", "1.1.0")),
    ):
        folder.mkdir()
        (folder / "plugin.toml").write_text(text)
        (folder / "apps.py").write_text("raise SystemExit('imported')")
    monkeypatch.setattr(host, "shelves", (tmp_path, *host.shelves))
    operator = signed_in(a_person(is_superuser=True), "toto")

    page = shown(operator)

    assert "brand_new: 1.0.0 is new" in page
    assert "probe: 1.1.0 was put in the place of 1.0.0" in page
    assert "plugins.brand_new" not in sys.modules


def test_the_list_costs_the_same_however_many_plugins_there_are(
    manager: Client, monkeypatch: pytest.MonkeyPatch, django_assert_max_num_queries: Any
) -> None:
    shown(manager)
    with django_assert_max_num_queries(14):
        shown(manager)
