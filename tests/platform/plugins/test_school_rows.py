"""A plugin's rows in the editor, where nobody meets another school's."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import ModelLogEntry, ReferenceIndex

from lyceum.accounts.models import User
from lyceum.events.models import AuditEntry
from lyceum.kernel.clock import now
from lyceum.schools.confinement import confined_to
from lyceum.schools.current import CurrentSchool
from lyceum.testing.plugins import a_school_with, switch_off, switch_on
from plugins.keeper.models import Folder, Paper
from plugins.probe.models import Note
from tests.audited.deeds import refusing
from tests.people import a_member, signed_in

pytestmark = pytest.mark.django_db

NOTES = "/admin/plugins/probe/notes/"
CHOOSER = "/admin/plugins/probe/choose-note/"
FOLDERS = "/admin/plugins/keeper/folders/"
WAYS = ("edit", "delete", "history", "history-results", "usage")
AJAX = {"x-requested-with": "XMLHttpRequest"}


@pytest.fixture
def toto() -> CurrentSchool:
    return switch_on("keeper", a_school_with("probe", "toto"))


@pytest.fixture
def campus() -> CurrentSchool:
    return switch_on("keeper", a_school_with("probe", "campus"))


@pytest.fixture
def ana(toto: CurrentSchool) -> User:
    return a_member(toto, "teacher", email="ana@example.test")


@pytest.fixture
def teacher(toto: CurrentSchool, ana: User) -> Client:
    return signed_in(ana, "toto")


def a_note(school: CurrentSchool, text: str, **given: Any) -> Note:
    given.setdefault("author", a_member(school))
    return Note.objects.create(school_id=school.id, text=text, written_at=now(), **given)


def filled(author: User, text: str = "Apple", **more: Any) -> dict[str, Any]:
    return {
        "author": author.pk,
        "text": text,
        "code": "ABCD",
        "written_at": "2026-11-21 10:00",
        **more,
    }


def shown(client: Client, address: str, **options: Any) -> str:
    answer = client.get(address, **options)
    assert answer.status_code == 200, (address, answer)
    return answer.content.decode()


def test_a_list_is_of_the_schools_rows_and_costs_the_same_however_long(
    toto: CurrentSchool, campus: CurrentSchool, teacher: Client
) -> None:
    author = a_member(toto)
    a_note(toto, "Apple", author=author)
    a_note(campus, "Zebra")

    for address in (NOTES, f"{NOTES}results/", f"{NOTES}?q=e", f"{NOTES}?export=csv"):
        answer = teacher.get(address)
        told = answer.getvalue().decode()
        assert ("Apple" in told, "Zebra" in told) == (True, False), address

    costs = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            shown(teacher, f"{NOTES}results/")
        costs.append(len(asked))
        for number in range(10):
            a_note(toto, f"Pear {number}", author=author)
    assert costs[0] == costs[1]


def test_a_row_is_made_changed_and_deleted_and_each_is_written_down(
    toto: CurrentSchool, ana: User, teacher: Client
) -> None:
    assert teacher.post(f"{NOTES}new/", filled(ana)).status_code == 302
    note = Note.objects.get()
    assert (note.school_id, note.text) == (toto.id, "Apple")

    changed = filled(ana, "Pear")
    assert teacher.post(f"{NOTES}edit/{note.pk}/", changed).status_code == 302
    note.refresh_from_db()
    assert (note.school_id, note.text) == (toto.id, "Pear")
    assert "Created" in shown(teacher, f"{NOTES}history/{note.pk}/")
    assert ModelLogEntry.objects.filter(object_id=str(note.pk)).count() == 2

    assert "Pear" in shown(teacher, f"{NOTES}delete/{note.pk}/")
    assert teacher.post(f"{NOTES}delete/{note.pk}/").status_code == 302
    assert not Note.objects.exists()

    told = AuditEntry.objects.filter(action__startswith="probe.note_").order_by("id")
    assert [(each.action, each.actor, each.school) for each in told] == [
        ("probe.note_made", ana.uuid, toto.uuid),
        ("probe.note_changed", ana.uuid, toto.uuid),
        ("probe.note_deleted", ana.uuid, toto.uuid),
    ]
    assert told[1].changes["text"] == "changed", "without what it was"
    assert {each.target for each in told} == {note.uuid}


@pytest.mark.parametrize(
    "action", ["keeper.folder_made", "keeper.folder_changed", "keeper.folder_deleted"]
)
def test_a_change_that_cannot_be_written_down_is_not_made(
    toto: CurrentSchool, ana: User, action: str
) -> None:
    folder = Folder.objects.create(school_id=toto.id, name="Apple")
    teacher = signed_in(ana, "toto")
    teacher.raise_request_exception = False
    outer = Folder.objects.create(school_id=toto.id, name="Apple")
    sent = {"name": "Pear", "parent": outer.pk, "author": ana.pk}
    places = {"made": "new/", "changed": f"edit/{folder.pk}/", "deleted": f"delete/{folder.pk}/"}
    place = FOLDERS + places[action.rpartition("_")[2]]

    with refusing(action):
        teacher.post(place, sent)
        assert [each.name for each in Folder.objects.all()] == ["Apple", "Apple"]

    assert teacher.post(place, sent).status_code == 302
    assert AuditEntry.objects.get(action=action).school == toto.uuid


def test_nobody_of_another_school_meets_a_row_on_any_way(
    toto: CurrentSchool, campus: CurrentSchool, ana: User, teacher: Client
) -> None:
    theirs = a_note(campus, "Zebra")
    colleague = signed_in(a_member(toto, "content_creator"), "toto")
    mine = a_note(toto, "Apple")

    for way in WAYS:
        for client, note in ((teacher, theirs), (colleague, mine)):
            address = f"{NOTES}{way}/{note.pk}/"
            nowhere = client.get(f"/admin/plugins/nobody/{way}/{note.pk}/")
            for answer in (client.get(address), client.post(address, filled(ana))):
                assert (answer.status_code, answer.content) == (404, nowhere.content), address
    assert colleague.get(NOTES).status_code == colleague.get(f"{NOTES}new/").status_code == 404
    assert {each.text for each in Note.objects.all()} == {"Apple", "Zebra"}


def test_forms_and_filters_offer_the_schools_people_and_rows(
    toto: CurrentSchool, campus: CurrentSchool, ana: User, teacher: Client
) -> None:
    stranger = a_member(campus, email="zoe@example.test", first_name="Zoe", last_name="Zebra")
    theirs = Folder.objects.create(school_id=campus.id, name="Zebra")
    own = Folder.objects.create(school_id=toto.id, name="Apple")

    for address in (f"{FOLDERS}new/", f"{FOLDERS}edit/{own.pk}/", FOLDERS, f"{NOTES}new/", NOTES):
        told = shown(teacher, address)
        assert "Zebra" not in told, address
    assert f'<option value="{own.pk}">Apple<' in shown(teacher, f"{FOLDERS}new/")

    for field, value in (("parent", theirs.pk), ("author", stranger.pk)):
        sent = {"name": "Pear", "parent": own.pk, "author": ana.pk, field: value}
        refused = teacher.post(f"{FOLDERS}new/", sent)
        assert "Select a valid choice" in refused.content.decode(), field
        assert "Zebra" not in refused.content.decode()
    assert Folder.objects.count() == 2


def test_a_chooser_offers_and_takes_the_schools_rows_alone(
    toto: CurrentSchool, campus: CurrentSchool, ana: User, teacher: Client
) -> None:
    own, theirs = a_note(toto, "Apple"), a_note(campus, "Zebra")

    for address in (CHOOSER, f"{CHOOSER}results/", f"{CHOOSER}chosen/{own.pk}/"):
        told = shown(teacher, address, headers=AJAX)
        assert ("Apple" in told, "Zebra" in told) == (True, False), address
    assert teacher.get(f"{CHOOSER}chosen/{theirs.pk}/").status_code == 404
    both = f"{CHOOSER}chosen-multiple/?id={own.pk}&id={theirs.pk}"
    assert teacher.get(both).status_code == 404

    assert teacher.post(f"{CHOOSER}create/", filled(ana, "Pear")).status_code == 200
    assert Note.objects.get(text="Pear").school_id == toto.id
    assert AuditEntry.objects.filter(action="probe.note_made").count() == 1


def test_what_does_not_go_with_the_schools_rows_is_said_in_the_form(
    toto: CurrentSchool, campus: CurrentSchool, ana: User, teacher: Client
) -> None:
    a_note(campus, "Zebra", code="ABCD")
    assert teacher.post(f"{NOTES}new/", filled(ana)).status_code == 302, "another's code is free"

    again = teacher.post(f"{NOTES}new/", filled(ana))

    assert again.status_code == 200
    assert "already exists" in again.content.decode()
    assert Note.objects.filter(school_id=toto.id).count() == 1


def test_what_others_hold_on_to_is_not_deleted_and_that_is_said(
    toto: CurrentSchool, teacher: Client
) -> None:
    folder = Folder.objects.create(school_id=toto.id, name="Apple")
    inner = Folder.objects.create(school_id=toto.id, name="Inner", parent=folder)
    ReferenceIndex.create_or_update_for_object(inner)
    Paper.objects.create(folder=folder)
    assert "Inner" in shown(teacher, f"{FOLDERS}usage/{folder.pk}/")

    kept = teacher.post(f"{FOLDERS}delete/{folder.pk}/", follow=True)

    assert "It cannot be deleted: it is in use." in kept.content.decode()
    assert Folder.objects.filter(pk=folder.pk).exists()
    assert not AuditEntry.objects.filter(action="keeper.folder_deleted").exists()


def test_where_the_plugin_is_off_all_its_addresses_are_as_of_none(
    toto: CurrentSchool, teacher: Client
) -> None:
    note = a_note(toto, "Apple")
    addresses = [NOTES, f"{NOTES}new/", CHOOSER, *(f"{NOTES}{way}/{note.pk}/" for way in WAYS)]
    assert {teacher.get(address).status_code for address in addresses} == {200}

    switch_off("probe", toto)

    for address in addresses:
        nowhere = teacher.get(address.replace("probe", "nobody"))
        for answer in (teacher.get(address), teacher.post(address)):
            assert (answer.status_code, answer.content) == (404, nowhere.content), address


def test_outside_the_editor_a_manager_finds_what_is_asked_for(
    toto: CurrentSchool, campus: CurrentSchool
) -> None:
    a_note(toto, "Apple")
    a_note(campus, "Zebra")
    every = Note.objects.all()

    assert {note.text for note in every.all()} == {"Apple", "Zebra"}
    with confined_to(toto):
        assert {note.text for note in every.all()} == {"Apple"}
        assert Note.objects.shown().count() == 1
    with confined_to(campus):
        assert {note.text for note in every.all()} == {"Zebra"}
