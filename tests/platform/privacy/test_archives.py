"""A person's archive: all that is held on them, readable, and nobody else's."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from io import BytesIO
from typing import Any
from uuid import UUID
from zipfile import ZipFile

import pytest
from django.core import mail
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from lyceum.accounts.models import Export, User
from lyceum.accounts.privacy import exports, guards
from lyceum.accounts.privacy.archives import write_person
from lyceum.accounts.privacy.erasing import erase_person
from lyceum.accounts.privacy.people import person_of
from lyceum.kernel.clock import now
from lyceum.kernel.errors import NotFound
from lyceum.kernel.privacy import DELETE, Holding, Part, Person, Provider, providers
from lyceum.schools.models import School
from tests.lives import EMAIL, PHONE, SAID, Life, a_life
from tests.people import a_member, a_person, a_school

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def life() -> Life:
    school = a_school("toto")
    a_member(school, "admin")
    return a_life(school)


def texts_of(user: User) -> dict[str, str]:
    """Return the files of a person's archive as texts, by name."""
    out = BytesIO()
    write_person(out, person_of(user), at=now())
    with ZipFile(out) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert len(names) == len(set(names))
        return {name: archive.read(name).decode("utf-8", "replace") for name in names}


def test_it_holds_all_of_a_person_and_their_files(life: Life) -> None:
    texts = texts_of(life.user)

    rows = {name: json.loads(text) for name, text in texts.items() if name.endswith(".json")}
    assert rows["accounts/account.json"][0]["email"] == EMAIL
    assert rows["accounts/profile.json"][0]["phone"] == PHONE
    assert rows["learning/Attempt.json"][0]["answer"] == {"gaps": [SAID]}
    assert rows["learning/Attempt.json"][0]["exercise"]["id"] == str(life.exercise.uuid)
    assert rows["content/Comment.json"][0]["text"] == SAID
    assert rows["accounts/UserSession.json"]
    assert rows["events/events.json"]
    assert {page["title"] for page in rows["content/pages-made.json"]} >= {"Animals"}
    recordings = [n for n in texts if n.startswith("content/recordings-files/")]
    assert [texts[name] for name in recordings] == [SAID]
    assert any(name.startswith("accounts/profile-files/") for name in texts)
    for name in rows:
        assert name in texts["README.txt"]


def test_it_tells_of_nobody_else_and_no_secret(life: Life) -> None:
    other = a_member(life.school, "teacher", first_name="Yolanda", email="yolanda@example.test")
    texts = texts_of(life.user)
    everything = "\n".join(texts.values())

    assert other.email not in everything
    assert "Yolanda" not in everything
    assert life.colleague.email not in everything
    assert str(life.colleague.uuid) not in everything
    assert life.user.password not in everything
    assert '"data": {"secret"' not in everything
    for secret in ("session_key", "digest", "key_hash", "asked_by"):
        assert f'"{secret}"' not in everything


def test_a_stranger_s_archive_holds_only_their_own(life: Life) -> None:
    stranger = a_person(first_name="Stranger")

    texts = texts_of(stranger)

    assert SAID not in "\n".join(texts.values())
    assert json.loads(texts["accounts/account.json"])[0]["first_name"] == "Stranger"
    assert "learning/Attempt.json" not in texts


def test_a_plugin_tells_by_a_function_too_and_costs_nothing_when_it_fails(
    life: Life, monkeypatch: pytest.MonkeyPatch
) -> None:
    def tell(person: Person) -> list[Part]:
        return [Part("letters.json", rows=[{"to": "a friend", "of": person.uuid}])]

    def fail(person: Person) -> list[Part]:
        raise SystemExit

    held = (Holding("accounts.PersonalToken", "user", DELETE),)
    monkeypatch.setitem(providers._things, "letters", Provider(export=tell, guarded=True))
    broken = Provider(holdings=held, export=fail, guarded=True)
    monkeypatch.setitem(providers._things, "accounts_personal", broken)

    texts = texts_of(life.user)

    assert json.loads(texts["letters/letters.json"])[0]["to"] == "a friend"
    assert "accounts_personal: its own code failed to tell" in texts["README.txt"]


def test_a_plugin_that_breaks_or_hangs_half_way_leaves_an_archive_that_can_be_read(
    life: Life, monkeypatch: pytest.MonkeyPatch
) -> None:
    def some(way_on: Any) -> Iterator[dict[str, int]]:
        yield {"number": 1}
        yield way_on()

    def hang() -> None:
        while True:
            pass

    def fail() -> None:
        raise ValueError

    monkeypatch.setattr(guards, "SECONDS", 0.2)
    for name, way_on in (("breaks", fail), ("hangs", hang)):
        told = partial(lambda way_on, _: [Part("some.json", rows=some(way_on))], way_on)
        monkeypatch.setitem(providers._things, name, Provider(export=told, guarded=True))
    outside = Provider(export=lambda _: [Part("../../x.json")], guarded=True)
    monkeypatch.setitem(providers._things, "outside", outside)

    texts = texts_of(life.user)

    for name in ("breaks", "hangs", "outside"):
        assert f"{name}: its own code failed to tell" in texts["README.txt"]
    for name in ("breaks", "hangs"):
        assert json.loads(texts[f"{name}/some.json"]) == [{"number": 1}]
    assert "accounts/account.json" in texts


def test_it_is_made_once_mailed_and_deleted_after_a_day(life: Life) -> None:
    mail.outbox.clear()
    at = now()

    asked = exports.ask_for_export(actor=life.user, person=life.user, at=at)

    made = exports.export_of(asked_by=life.user, export_id=asked.id, school=None, of_person=True)
    assert (asked.status, made.status) == ("waiting", "ready")
    assert made.size > 1000
    assert [(message.to, "archive" in message.body) for message in mail.outbox] == [([EMAIL], True)]
    file = archive(life.user, asked.id, at)
    assert (file.size, file.content_type) == (made.size, "application/zip")
    with pytest.raises(NotFound):
        archive(life.user, asked.id, at + timedelta(hours=24))
    assert exports.forget_old_exports(at + timedelta(hours=23)) == 0
    assert exports.forget_old_exports(at + timedelta(hours=24)) == 1
    assert not default_storage.exists(file.name)


def archive(user: User, id: UUID, at: Any) -> Any:
    return exports.archive_of(asked_by=user, export_id=id, school=None, of_person=True, at=at)


def test_only_who_asked_reads_it(life: Life) -> None:
    asked = exports.ask_for_export(actor=life.user, person=life.user, at=now())
    operator = a_person(is_superuser=True)

    for somebody in (life.colleague, operator):
        with pytest.raises(NotFound):
            archive(somebody, asked.id, now())


def test_what_a_killed_worker_left_is_made_by_another(life: Life) -> None:
    at = now()
    export = Export.objects.create(
        asked_by=life.user,
        person=life.user,
        created_at=at,
        started_at=at,
        expires_at=at + timedelta(hours=24),
    )
    waiting = str(export.uuid)

    assert exports.waiting_exports(at) == []
    exports.make_export(waiting, at=at)
    assert Export.objects.get().status == "waiting"
    later = at + timedelta(minutes=31)
    assert exports.waiting_exports(later) == [waiting]
    exports.make_export(waiting, at=later)
    exports.make_export(waiting, at=later)

    assert Export.objects.get().status == "ready"
    assert len(default_storage.listdir("exports")[1]) == 1


def test_an_archive_that_a_killed_worker_stored_goes_with_its_person(
    life: Life, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = exports._store

    def die(*given: Any) -> Any:
        store(*given)
        raise SystemExit

    monkeypatch.setattr(exports, "_store", die)
    with pytest.raises(SystemExit):
        exports.ask_for_export(actor=life.user, person=life.user, at=now())
    assert len(default_storage.listdir("exports")[1]) == 1

    erase_person(user=life.user, actor=None, at=now())

    assert default_storage.listdir("exports")[1] == []


def test_asking_twice_makes_one(life: Life, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "make_archive", lambda _: None)

    first = exports.ask_for_export(actor=life.user, person=life.user, at=now())
    second = exports.ask_for_export(actor=life.user, person=life.user, at=now())

    assert first.id == second.id


def test_one_that_cannot_be_made_says_so(life: Life, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any) -> Any:
        raise OSError("The disk is full.")

    monkeypatch.setattr(exports, "_store", fail)
    asked = exports.ask_for_export(actor=life.user, person=life.user, at=now())

    told = exports.export_of(asked_by=life.user, export_id=asked.id, school=None, of_person=True)

    assert told.status == "failed"
    with pytest.raises(NotFound):
        archive(life.user, asked.id, now())


def test_an_archive_of_who_was_erased_meanwhile_is_not_kept(
    life: Life, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = exports._store

    def slowly(export: Export, name: str, at: Any) -> Any:
        made = store(export, name, at)
        erase_person(user=life.user, actor=life.user, at=now())
        return made

    monkeypatch.setattr(exports, "_store", slowly)

    exports.ask_for_export(actor=life.user, person=life.user, at=now())

    assert default_storage.listdir("exports")[1] == []


def test_the_operator_does_it_by_command(life: Life, tmp_path: Any) -> None:
    call_command("privacy", "export_person", EMAIL.upper(), str(tmp_path / "person.zip"))
    call_command("privacy", "export_school", "toto", str(tmp_path / "school.zip"))
    call_command("privacy", "erase_person", str(life.user.uuid), "--yes")
    call_command("privacy", "delete_school", "toto", "--yes")

    for name in ("person", "school"):
        with ZipFile(tmp_path / f"{name}.zip") as made:
            assert made.testzip() is None
        assert (tmp_path / f"{name}.zip").stat().st_mode & 0o777 == 0o600
    assert not School.objects.exists()
    assert not User.objects.filter(email=EMAIL).exists()


def test_the_command_says_what_is_wrong(tmp_path: Any) -> None:
    taken = tmp_path / "taken.zip"
    taken.write_bytes(b"")
    a_person("ana@example.test")

    for said, *words in (
        ("nobody", "export_person", "nobody@example.test", str(tmp_path / "x")),
        ("neither an address nor an id", "erase_person", "ana", "--yes"),
        ("cannot be made", "export_person", "ana@example.test", str(taken)),
        ("no school", "delete_school", "atlantis", "--yes"),
    ):
        with pytest.raises(CommandError, match=said):
            call_command("privacy", *words)
