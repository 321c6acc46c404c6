"""What a plugin keeps of a school: counted, taken out, and then gone wherever it was kept."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from taggit.models import Tag, TaggedItem

from lyceum.community.bin import bin_thing
from lyceum.community.models import Case, Report
from lyceum.events.deliveries import TO_PLUGINS
from lyceum.events.models import AuditEntry, Delivery, Event
from lyceum.http.models import StoredAnswer
from lyceum.kernel.clock import now
from lyceum.kernel.plugins.host import host
from lyceum.kernel.plugins.plugins import State
from lyceum.kernel.privacy import Provider, SchoolHolding, providers
from lyceum.learning.models import ActivityEntry
from lyceum.schools.current import CurrentSchool
from lyceum.schools.models import PluginFailure, PluginSettings
from lyceum.schools.plugins.elsewhere import elsewhere
from lyceum.schools.plugins.purging import Kept, kept_of, purge_plugin
from lyceum.schools.plugins.settings import save_settings
from plugins.keeper.models import Folder, Paper, Word
from tests.people import a_learner, a_member, a_person, a_school, proved, signed_in

pytestmark = pytest.mark.django_db

DATA = "/admin/plugins/of/keeper/data/"
API = "/api/v1/plugins/keeper/data/file"
SECRET = "sk-telltale-4711"


@pytest.fixture
def toto() -> CurrentSchool:
    return a_school("toto")


def fill(school: CurrentSchool) -> Paper:
    """Keep of the keeper, at a school, a row in each place where there can be one."""
    author = a_learner(school, first_name="Ana")
    folder = Folder.objects.create(school_id=school.id, name="A", author=author)
    paper = Paper(folder=folder)
    paper.file.save("paper.txt", ContentFile(b"words"))
    paper.words.add(Word.objects.create(text="yes"))
    kind = ContentType.objects.get_for_model(Paper)
    tag, _ = Tag.objects.get_or_create(name=f"of {school.slug}")
    TaggedItem.objects.create(tag=tag, content_type=kind, object_id=paper.pk)
    fill_elsewhere(school, author, folder)
    return paper


def fill_elsewhere(school: CurrentSchool, author: Any, folder: Folder) -> None:
    about = {"type": "keeper.folder", "thing": folder.uuid, "author": author, "excerpt": "A"}
    case = Case.objects.create(school_id=school.id, origin="report", **about)
    Report.objects.create(case=case, reporter=author, kind="spam", text="It is.")
    bin_thing(school=school, by=author, at=now(), **about)
    StoredAnswer.objects.create(
        person=author.uuid, path="/api/v1/keeper/folders", key="k" * 8, school=school.slug
    )
    event = Event.objects.create(type="keeper.filed", school=school.uuid, actor=author.uuid)
    Delivery.objects.create(event=event, consumer=f"{TO_PLUGINS}keeper")
    ActivityEntry.objects.create(
        event=event.uuid, kind="folder_filed", person=author.uuid, school=school.uuid, at=now()
    )
    PluginFailure.objects.create(school_id=school.id, slug="keeper", hook="x", error="It fell.")
    PluginSettings.objects.create(school_id=school.id, slug="keeper", values={"colour": "red"})


def counts(kept: Kept) -> dict[str, int]:
    return {kind.table or str(kind.name): kind.count for kind in kept.kinds}


def opened(content: bytes) -> dict[str, Any]:
    """Return what an archive holds: lists of rows by their names, all else as bytes."""
    with ZipFile(BytesIO(content)) as archive:
        assert archive.testzip() is None
        held = {name: archive.read(name) for name in archive.namelist()}
    return {
        name: json.loads(each) if name.endswith(".json") else each for name, each in held.items()
    }


def taken(client: Client, address: str = f"{DATA}file/") -> dict[str, Any]:
    answer = client.get(address)
    assert answer.status_code == 200, answer
    return opened(b"".join(answer.streaming_content))  # type: ignore[arg-type]


# --- Gone ------------------------------------------------------------------------------------


def test_what_is_counted_beforehand_is_what_is_deleted_and_nothing_is_left(
    toto: CurrentSchool,
) -> None:
    other = a_school("other")
    fill(toto), fill(other)
    theirs = kept_of(other, "keeper")

    kept = kept_of(toto, "keeper")
    gone = purge_plugin(actor=None, school=toto, slug="keeper", at=now())

    assert gone == kept
    assert counts(kept) == {
        "keeper_folder": 1,
        "keeper_paper": 1,
        "keeper_paper_words": 1,
        "failures noted": 1,
        "news that is on its way": 1,
        "answers kept for a day": 1,
        "entries of activity logs": 1,
        "reports of its things": 1,
        "cases about its things": 1,
        "its things in the bin": 1,
        "rights, tags, older versions and the like": 1,
    }
    assert (kept.files, kept.has_settings) == (1, True)
    left = kept_of(toto, "keeper")
    assert (left.rows, left.files, left.has_settings) == (0, 0, False)
    assert kept_of(other, "keeper") == theirs


def test_the_audit_says_how_much_of_what_was_deleted(toto: CurrentSchool) -> None:
    fill(toto)

    purge_plugin(actor=None, school=toto, slug="keeper", at=now())

    told = AuditEntry.objects.get(action="plugin.purged").changes
    assert told["keeper_paper"] == told["cases"] == told["files"] == told["pointing"] == [1, 0]


def test_every_table_that_could_name_what_a_plugin_brings_is_purged_or_known(
    toto: CurrentSchool,
) -> None:
    purged = {each.rows(toto, "keeper").model._meta.label for each in elsewhere if each.rows}
    known = {
        "content.BasePage": "An address of a page.",
        "content.DocumentReference": "What a page embeds, which is the school's.",
        "content.LibraryMedia": "Audio or video.",
        "community.Sanction": "A warning or a suspension.",
        "events.AuditEntry": "Nobody can change it.",
        "events.Event": "Nobody can change it.",
        "learning.Attempt": "An answer, which is its learner's.",
        "schools.PluginInstall": "Of the instance.",
        "schools.PluginSettings": "Deleted beside the rows.",
        "schools.PluginSwitch": "Deleted beside the rows.",
        "schools.School": "Its own.",
    }
    columns = {"type", "slug", "path", "consumer", "target_type", "kind"}

    naming = {
        model._meta.label
        for model in apps.get_models()
        if model.__module__.startswith("lyceum.")
        and columns & {field.name for field in model._meta.local_fields}
    }

    assert naming == purged | known.keys()


def test_a_plugin_whose_code_is_gone_is_purged_elsewhere_too(
    toto: CurrentSchool, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(toto)
    monkeypatch.delitem(host.plugins, "keeper")

    kept = kept_of(toto, "keeper")

    assert purge_plugin(actor=None, school=toto, slug="keeper", at=now()) == kept
    assert not Case.objects.exists()
    assert not ActivityEntry.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM keeper_folder")
        assert cursor.fetchone()[0] == 0


# --- Taken out -------------------------------------------------------------------------------


def test_an_admin_takes_out_all_that_it_keeps_and_nothing_of_another_school(
    toto: CurrentSchool,
) -> None:
    paper = fill(toto)
    Folder.objects.create(school_id=a_school("other").id, name="Theirs")

    held = taken(proved(signed_in(a_member(toto, "admin"), "toto")))

    assert [row["name"] for row in held["keeper/Folder.json"]] == ["A"]
    assert held["keeper/Folder.json"][0]["author"]["name"] == "Ana"
    [told] = held["keeper/Paper.json"]
    assert held[f"keeper/{told['file']}"] == b"words"
    assert paper.file.name.endswith(told["file"].rpartition("/")[2])
    assert len(held["keeper/Paper_words.json"]) == 1
    assert held["keeper/settings.json"] == [{"colour": "red"}]
    assert held["keeper/reports.json"][0]["text"] == "It is."
    assert {"keeper/cases.json", "keeper/bin.json", "keeper/activity.json"} <= held.keys()
    assert b"keeper/Folder.json: 1\n" in held["README.txt"]
    assert AuditEntry.objects.get(action="plugin.data_taken_out").target_type == "plugin:keeper"


def test_no_secret_is_in_it(toto: CurrentSchool) -> None:
    save_settings(
        actor=None, school=toto, slug="probe", values={}, secrets={"key": SECRET}, at=now()
    )
    kept = PluginSettings.objects.get()
    admin = proved(signed_in(a_member(toto, "admin"), "toto"))

    answer = admin.get("/admin/plugins/of/probe/data/file/")

    with ZipFile(BytesIO(b"".join(answer.streaming_content))) as archive:  # type: ignore[arg-type]
        text = b"".join(map(archive.read, archive.namelist())).decode()
    assert SECRET not in text
    assert kept.secrets not in text


@pytest.mark.parametrize("state", ["gone", "broken"])
def test_where_its_code_is_gone_or_broken_rows_and_files_are_told_as_stored(
    toto: CurrentSchool, monkeypatch: pytest.MonkeyPatch, state: str
) -> None:
    paper = fill(toto)
    if state == "gone":
        monkeypatch.delitem(host.plugins, "keeper")
    else:
        monkeypatch.setattr(host.plugins["keeper"], "state", State.BROKEN)

    held = taken(proved(signed_in(a_member(toto, "admin"), "toto")))

    assert held["keeper/as-stored/keeper_folder.json"][0]["name"] == "A"
    assert held[f"keeper/as-stored/files/{paper.file.name}"] == b"words"


def test_what_its_own_code_fails_to_tell_is_told_as_stored(
    toto: CurrentSchool, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(toto)
    monkeypatch.setattr(Folder, "__str__", lambda row: 1 / 0)

    held = taken(proved(signed_in(a_member(toto, "admin"), "toto")))

    assert held["keeper/as-stored/keeper_paper.json"]
    assert b"its own code failed to tell" in held["README.txt"]


def test_what_it_hands_out_to_nobody_is_left_out_and_said(
    toto: CurrentSchool, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(toto)
    kept = Provider(of_schools=(SchoolHolding("keeper.Folder", untold=("*",)),))
    monkeypatch.setitem(providers._things, "keeper", kept)

    held = taken(proved(signed_in(a_member(toto, "admin"), "toto")))

    assert not [name for name in held if "older" in name]
    assert b"keeper.Folder" in held["README.txt"]


def test_only_those_who_may_delete_it_may_take_it_out(toto: CurrentSchool) -> None:
    fill(toto)
    stranger = a_member(a_school("other"), "admin")
    asked = [a_member(toto, "manager"), stranger, a_member(toto, "admin")]
    operator = a_person(is_superuser=True)

    def status(client: Client, address: str) -> int:
        answer = client.get(address)
        b"".join(answer)
        return answer.status_code

    pages = [status(proved(signed_in(each, "toto")), f"{DATA}file/") for each in asked]
    doors = [status(proved(signed_in(each, "toto")), API) for each in [*asked, operator]]
    long_ago = signed_in(asked[-1], "toto")
    unproved, led_back = long_ago.get(API), long_ago.get(f"{DATA}file/")

    assert pages == [302, 302, 200]
    assert doors == [403, 403, 200, 200]
    assert unproved.json()["code"] == "reauthentication_required"
    assert (led_back.status_code, led_back["Location"]) == (302, DATA)
    assert Client(headers={"host": "toto.test"}).get(f"{DATA}file/").status_code == 302


def test_the_api_hands_out_the_same(toto: CurrentSchool) -> None:
    fill(toto)
    admin = proved(signed_in(a_member(toto, "admin"), "toto"))

    answer = admin.get(API)

    assert answer["Content-Disposition"] == 'attachment; filename="keeper.zip"'
    assert answer["Cache-Control"] == "private, no-store"
    assert "keeper/Folder.json" in opened(b"".join(answer.streaming_content))  # type: ignore[arg-type]
    absent = admin.get("/api/v1/plugins/absent/data/file")
    assert (absent.status_code, absent.json()["code"]) == (404, "not_found")


def test_the_page_offers_it_and_what_is_not_there_is_404(toto: CurrentSchool) -> None:
    admin = proved(signed_in(a_member(toto, "admin"), "toto"))

    assert f'href="{DATA}file/"' in admin.get(DATA).content.decode()
    assert admin.get("/admin/plugins/of/absent/data/file/").status_code == 404


def test_the_command_writes_it_before_it_deletes(toto: CurrentSchool, tmp_path: Path) -> None:
    fill(toto)
    file = tmp_path / "keeper.zip"

    call_command("plugins", "purge", "keeper", "--school", "toto", "--export", file, "--yes")

    assert "keeper/Folder.json" in opened(file.read_bytes())
    assert file.stat().st_mode & 0o777 == 0o600
    assert not Folder.objects.exists()
    with pytest.raises(CommandError, match="cannot be made"):
        call_command("plugins", "purge", "keeper", "--school", "toto", "--export", file, "--yes")
