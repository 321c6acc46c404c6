"""Installing, purging and uninstalling a plugin: what is written down, deleted, and left alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from guardian.models import UserObjectPermission
from taggit.models import Tag, TaggedItem

from lyceum.events.models import AuditEntry
from lyceum.kernel.clock import now
from lyceum.kernel.plugins.host import host
from lyceum.kernel.plugins.plugins import State
from lyceum.schools.current import CurrentSchool
from lyceum.schools.models import PluginInstall, PluginSettings, PluginSwitch, School
from lyceum.schools.plugins.errors import NoSuchPlugin, PluginNotReady, RequiredBy
from lyceum.schools.plugins.installing import install_plugin
from lyceum.schools.plugins.purging import SwitchedOn, kept_of, purge_plugin
from lyceum.schools.plugins.settings import save_settings
from lyceum.schools.plugins.switching import disable_plugin, enable_plugin
from lyceum.schools.plugins.uninstalling import CodeGone, CodeThere, InUse, uninstall_plugin
from lyceum.testing.plugins import switch_off, switch_on
from plugins.keeper.models import Folder, Paper, Word
from tests.people import a_learner, a_member, a_person, a_school, proved, signed_in

pytestmark = pytest.mark.django_db

TABLES = ["keeper_folder", "keeper_paper", "keeper_paper_words", "keeper_word"]


@pytest.fixture
def toto(db: None) -> CurrentSchool:
    return a_school("toto")


def fill(school: CurrentSchool) -> Paper:
    """Keep two folders, a paper with a file, a word, a tag and a grant at a school."""
    folder = Folder.objects.create(school_id=school.id, name="A", author=a_learner(school))
    Folder.objects.create(school_id=school.id, name="B", parent=folder)
    paper = Paper(folder=folder)
    paper.file.save("paper.txt", ContentFile(b"words"))
    paper.words.add(Word.objects.create(text="yes"))
    ContentType.objects.clear_cache()
    kind = ContentType.objects.get_for_model(Paper)
    tag, _ = Tag.objects.get_or_create(name=f"of {school.slug}")
    TaggedItem.objects.create(tag=tag, content_type=kind, object_id=paper.pk)
    UserObjectPermission.objects.create(
        user=a_person(),
        permission=Permission.objects.get(codename="change_paper"),
        content_type=kind,
        object_pk=str(paper.pk),
    )
    return paper


def rows_in(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT COUNT(*) FROM "{table}"')
        return int(cursor.fetchone()[0])


# --- Installed -------------------------------------------------------------------------------


def test_migrate_alone_writes_down_what_it_installed(db: None) -> None:
    row = PluginInstall.objects.get(slug="keeper")

    assert (row.name, row.version, row.tables) == ("Keeper", "1.0.0", TABLES)
    assert {"table": "keeper_folder", "column": "author_id", "by_uuid": False} in row.people
    assert row.files == [{"table": "keeper_paper", "column": "file"}]
    assert PluginInstall.objects.get(slug="echo").tables == []


def test_installing_again_after_a_new_version_is_an_upgrade(db: None) -> None:
    PluginInstall.objects.filter(slug="keeper").update(version="0.9.0", tables=[])

    made = install_plugin(slug="keeper", at=now())

    assert (made.before, made.version, made.tables) == ("0.9.0", "1.0.0", TABLES)
    entry = AuditEntry.objects.get(action="plugin.upgraded")
    assert entry.changes == {"version": ["0.9.0", "1.0.0"]}
    assert install_plugin(slug="keeper", at=now()).before == "1.0.0"
    assert AuditEntry.objects.filter(action__startswith="plugin.").count() >= 1


def test_what_is_broken_is_not_installed(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(host.plugins["keeper"], "state", State.BROKEN)

    with pytest.raises(PluginNotReady):
        install_plugin(slug="keeper", at=now())
    with pytest.raises(NoSuchPlugin):
        install_plugin(slug="absent", at=now())


# --- Purged ----------------------------------------------------------------------------------


def test_purging_deletes_all_of_one_school_and_nothing_of_another(
    toto: CurrentSchool, django_capture_on_commit_callbacks: Any
) -> None:
    other = a_school("other")
    ours, theirs = fill(toto), fill(other)
    save_settings(actor=None, school=toto, slug="probe", values={"times": 2}, secrets={}, at=now())

    kept = kept_of(toto, "keeper")
    with django_capture_on_commit_callbacks(execute=True):
        gone = purge_plugin(actor=None, school=toto, slug="keeper", at=now())

    assert {kind.table: kind.count for kind in kept.kinds if kind.table} == {
        "keeper_folder": 2,
        "keeper_paper": 1,
        "keeper_paper_words": 1,
    }
    assert (kept.rows, kept.files, kept.has_settings) == (6, 1, False), "a tag and a right, too"
    assert gone == kept, "what was shown beforehand is what was deleted"
    assert kept_of(toto, "keeper").rows == 0
    assert kept_of(other, "keeper") == kept
    assert list(Paper.objects.all()) == [theirs]
    assert not default_storage.exists(ours.file.name)
    assert default_storage.exists(theirs.file.name)
    assert [int(each.object_pk) for each in UserObjectPermission.objects.all()] == [theirs.pk]
    assert [each.object_id for each in TaggedItem.objects.all()] == [theirs.pk]
    assert Word.objects.count() == 2, "no school's"
    assert PluginSettings.objects.count() == 1, "another plugin's"
    entry = AuditEntry.objects.get(action="plugin.purged")
    assert entry.changes["keeper_folder"] == [2, 0]


def test_purging_deletes_what_is_a_schools_by_one_link_where_the_other_is_empty(
    toto: CurrentSchool,
) -> None:
    """A mention hangs on a moment, and, made in a comment, on that too."""
    install_plugin(slug="moments", at=now())
    toto = switch_on("moments", toto)
    ana, ben = a_learner(toto), a_learner(toto)
    body = {"text": "Hello", "mentions": [str(ben.uuid)]}
    made = signed_in(ana, toto.slug).post("/api/v1/moments", body, content_type="application/json")
    assert made.status_code == 201, made.content
    switch_off("moments", toto)

    assert {"moments_mention", "moments_moment"} <= {
        kind.table for kind in kept_of(toto, "moments").kinds if kind.count
    }
    purge_plugin(actor=None, school=toto, slug="moments", at=now())

    assert kept_of(toto, "moments").rows == 0
    connection.check_constraints()


def test_purging_deletes_settings_and_the_switch(toto: CurrentSchool) -> None:
    save_settings(
        actor=None, school=toto, slug="probe", values={}, secrets={"key": "secret"}, at=now()
    )
    enable_plugin(actor=None, school=toto, slug="probe", at=now())
    with pytest.raises(SwitchedOn):
        purge_plugin(actor=None, school=toto, slug="probe", at=now())
    disable_plugin(actor=None, school=toto, slug="probe", at=now())

    purge_plugin(actor=None, school=toto, slug="probe", at=now())

    assert not PluginSettings.objects.exists()
    assert not PluginSwitch.objects.exists()


def test_what_is_suspended_counts_as_switched_on(toto: CurrentSchool) -> None:
    PluginSwitch.objects.create(
        school_id=toto.id, slug="keeper", is_on=True, suspended_at=now(), suspended_because="x"
    )

    with pytest.raises(SwitchedOn):
        purge_plugin(actor=None, school=toto, slug="keeper", at=now())


def test_a_plugin_whose_code_is_gone_is_purged_all_the_same(
    toto: CurrentSchool, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(toto)
    monkeypatch.delitem(host.plugins, "keeper")

    purge_plugin(actor=None, school=toto, slug="keeper", at=now())

    assert (rows_in("keeper_folder"), rows_in("keeper_paper")) == (0, 0)


# --- Uninstalled -----------------------------------------------------------------------------


@pytest.fixture
def put_back() -> Iterator[None]:
    """Make the keeper's tables anew after a test that removes them."""
    yield
    MigrationRecorder(connection).migration_qs.filter(app="keeper").delete()
    if "keeper_folder" not in connection.introspection.table_names():
        call_command("migrate", "keeper", verbosity=0)


@pytest.mark.django_db(transaction=True)
def test_uninstalling_leaves_nothing_and_installing_begins_anew(put_back: None) -> None:
    toto = a_school("toto")
    paper = fill(toto)
    save_settings(actor=None, school=toto, slug="probe", values={"times": 2}, secrets={}, at=now())

    removed = uninstall_plugin(slug="keeper", at=now())

    assert removed == TABLES
    assert not [name for name in connection.introspection.table_names() if "keeper" in name]
    assert not MigrationRecorder(connection).migration_qs.filter(app="keeper").exists()
    assert not ContentType.objects.filter(app_label="keeper").exists()
    assert not Permission.objects.filter(content_type__app_label="keeper").exists()
    assert not UserObjectPermission.objects.exists()
    assert not TaggedItem.objects.exists()
    assert not PluginInstall.objects.filter(slug="keeper").exists()
    assert not default_storage.exists(paper.file.name)
    assert PluginSettings.objects.count() == 1, "another plugin's"
    with pytest.raises(PluginNotReady):
        enable_plugin(actor=None, school=toto, slug="keeper", at=now())

    assert install_plugin(slug="keeper", at=now()).tables == TABLES
    fill(toto)


@pytest.mark.django_db(transaction=True)
def test_a_plugin_whose_code_is_gone_is_removed_by_what_was_written_down(
    put_back: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(a_school("toto"))
    monkeypatch.delitem(host.plugins, "keeper")

    with pytest.raises(CodeGone):
        uninstall_plugin(slug="keeper", at=now())
    uninstall_plugin(slug="keeper", code_gone=True, at=now())

    assert not [name for name in connection.introspection.table_names() if "keeper" in name]


def test_it_is_not_removed_while_a_school_or_another_plugin_needs_it(
    toto: CurrentSchool, monkeypatch: pytest.MonkeyPatch
) -> None:
    enable_plugin(actor=None, school=toto, slug="keeper", at=now())
    with pytest.raises(InUse) as caught:
        uninstall_plugin(slug="keeper", at=now())
    assert caught.value.fields == {"schools": ["toto"]}

    disable_plugin(actor=None, school=toto, slug="keeper", at=now())
    probe = host.plugins["probe"]
    needing = probe.told.model_copy(update={"requires": {"keeper": ">=1"}})
    monkeypatch.setattr(probe, "manifest", needing)
    with pytest.raises(RequiredBy) as refused:
        uninstall_plugin(slug="keeper", at=now())
    assert refused.value.fields == {"required_by": ["probe"]}


def test_what_is_loaded_is_not_taken_for_gone(db: None) -> None:
    with pytest.raises(CodeThere):
        uninstall_plugin(slug="keeper", code_gone=True, at=now())
    with pytest.raises(NoSuchPlugin):
        uninstall_plugin(slug="absent", code_gone=True, at=now())


def test_with_its_data_kept_only_the_switches_go(toto: CurrentSchool) -> None:
    fill(toto)
    PluginSwitch.objects.create(school_id=toto.id, slug="keeper")

    uninstall_plugin(slug="keeper", keep_data=True, at=now())

    assert Folder.objects.count() == 2
    assert PluginInstall.objects.filter(slug="keeper").exists()
    assert not PluginSwitch.objects.exists()


# --- By command ------------------------------------------------------------------------------


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    call_command("plugins", *arguments)
    return capsys.readouterr().out


def test_the_list_tells_of_each_plugin(
    toto: CurrentSchool, capsys: pytest.CaptureFixture[str]
) -> None:
    enable_plugin(actor=None, school=toto, slug="keeper", at=now())
    PluginInstall.objects.create(slug="bygone", name="Bygone", version="2.0", tables=["bygone_x"])

    told = {entry["slug"]: entry for entry in json.loads(run(capsys, "list", "--json"))}
    lines = run(capsys, "list").splitlines()

    assert told["keeper"]["schools"] == 1
    assert told["keeper"]["tables"] == "there"
    assert told["echo"]["tables"] == "none"
    assert told["bygone"]["state"] == "code_gone"
    assert any(line.split()[:4] == ["keeper", "1.0.0", "loaded", "there"] for line in lines)


def test_checking_fails_for_a_broken_plugin_and_says_why(
    db: None, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(capsys, "check", "keeper", "probe") == "All plugins can be used.\n"

    monkeypatch.setattr(host.plugins["keeper"], "state", State.BROKEN)
    monkeypatch.setattr(host.plugins["keeper"], "reasons", ["models.py: it fell."])
    with pytest.raises(CommandError, match="1 of the plugins"):
        run(capsys, "check")
    assert "keeper: It is broken. models.py: it fell." in capsys.readouterr().out
    with pytest.raises(CommandError, match="no plugin absent"):
        run(capsys, "check", "absent")


def test_a_school_s_switch_and_data_by_command(
    toto: CurrentSchool, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(capsys, "enable", "keeper", "--school", "toto") == "keeper is on at toto.\n"
    fill(toto)
    with pytest.raises(CommandError, match="Switch this plugin off first"):
        run(capsys, "purge", "keeper", "--school", "toto", "--yes")
    run(capsys, "disable", "keeper", "--school", "toto")
    with pytest.raises(CommandError, match="Nothing was deleted"):
        run(capsys, "purge", "keeper", "--school", "toto")
    assert "2  folders" in capsys.readouterr().out

    run(capsys, "purge", "keeper", "--school", "toto", "--yes")

    assert not Folder.objects.exists()
    with pytest.raises(CommandError, match="no school 'nowhere'"):
        run(capsys, "enable", "keeper", "--school", "nowhere")


def test_removing_wants_a_word_and_installing_says_what_it_did(
    toto: CurrentSchool, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(CommandError, match="Say --yes"):
        run(capsys, "uninstall", "keeper")
    enable_plugin(actor=None, school=toto, slug="keeper", at=now())
    with pytest.raises(CommandError, match="schools: toto"):
        run(capsys, "uninstall", "keeper", "--yes")

    assert "keeper 1.0.0 is installed: 4 tables." in run(capsys, "install", "keeper")
    assert School.objects.get(slug="toto").plugins == ["keeper"]


def test_the_graph_names_what_requires_what(
    db: None, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    probe = host.plugins["probe"]
    needing = probe.told.model_copy(update={"requires": {"keeper": ">=1"}})
    monkeypatch.setattr(probe, "manifest", needing)

    assert "    requires keeper >=1\n" in run(capsys, "graph")


# --- By the API ------------------------------------------------------------------------------


def test_an_admin_counts_and_deletes_what_a_plugin_keeps(toto: CurrentSchool) -> None:
    fill(toto)
    enable_plugin(actor=None, school=toto, slug="keeper", at=now())
    admin = signed_in(a_member(toto, "admin"), "toto")
    address = "/api/v1/plugins/keeper/data"

    counted = admin.get(address).json()
    while_on = proved(admin).delete(address)
    disable_plugin(actor=None, school=toto, slug="keeper", at=now())
    deleted = admin.delete(address)

    assert counted["rows"] == 6
    assert {"name": "folders", "count": 2} in counted["kinds"]
    assert (while_on.status_code, while_on.json()["code"]) == (409, "plugin_on")
    assert deleted.status_code == 204
    assert not Folder.objects.exists()
    assert admin.get("/api/v1/plugins/absent/data").status_code == 404


def test_a_manager_a_stranger_and_one_who_logged_in_long_ago_delete_nothing(
    toto: CurrentSchool,
) -> None:
    fill(toto)
    stranger = a_member(a_school("other"), "admin")
    address = "/api/v1/plugins/keeper/data"
    for person in (stranger, a_member(toto, "manager")):
        client = proved(signed_in(person, "toto"))
        assert (client.get(address).status_code, client.delete(address).status_code) == (403, 403)

    long_ago = signed_in(a_member(toto, "admin"), "toto").delete(address)

    assert (long_ago.status_code, long_ago.json()["code"]) == (403, "reauthentication_required")
    assert Folder.objects.count() == 2
