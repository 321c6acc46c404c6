"""A backup is whole or it is not there; a restore gives back what was, or changes nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from deploy.backup.databases import Counts, engine
from deploy.backup.folder import stored_files
from lyceum.accounts.models import User
from lyceum.content.models import BasePage, Document, LibraryDocument
from lyceum.events.models import AuditEntry
from tests.pages import a_lesson
from tests.people import PASSWORD, a_learner, a_school, signed_in

pytestmark = pytest.mark.django_db(transaction=True)

PDF = b"%PDF-1.4 a page of grammar"
# Written by a restore itself.
TABLES_OF_A_RESTORE = {"events_auditentry", "django_session", "usersessions_usersession"}


@pytest.fixture(autouse=True)
def a_disk(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def school() -> Any:
    """A school with a lesson, a learner who is signed in, and a file."""
    school = a_school("toto")
    a_lesson(school, "The past", description_en="Ayer · أمس")
    signed_in(a_learner(school, email="maría@example.test"), "toto")
    upload("grammar.pdf", PDF)
    return school


def upload(name: str, content: bytes) -> LibraryDocument:
    file = SimpleUploadedFile(name, content)
    document: LibraryDocument = LibraryDocument.objects.create(title=name, file=file)
    return document


def rows() -> Counts:
    """Count what a restore must give back."""
    return {table: n for table, n in engine().rows().items() if table not in TABLES_OF_A_RESTORE}


def documents() -> list[tuple[Any, ...]]:
    return list(Document.objects.order_by("pk").values_list())


def files() -> dict[str, bytes]:
    return {name: content_of(name) for name in stored_files(default_storage)}


def content_of(name: str) -> bytes:
    with default_storage.open(name) as file:
        content: bytes = file.read()
    return content


def test_a_restore_gives_back_counts_documents_and_files(school: Any, tmp_path: Path) -> None:
    before = rows(), documents(), files()
    call_command("backup", tmp_path / "monday")
    (lost,) = before[2]
    default_storage.delete(lost)
    BasePage.objects.filter(title_en="The past").update(title_en="Spoilt")
    Document.objects.all().delete()
    User.objects.create_user("late@example.test", PASSWORD)

    call_command("restore", tmp_path / "monday", replace=True)

    assert (rows(), documents(), files()) == before
    assert not User.objects.filter(email="late@example.test").exists()
    assert AuditEntry.objects.filter(action="instance.restored").count() == 1
    call_command("documents", "check")


def test_a_file_that_was_changed_since_is_what_it_was(school: Any, tmp_path: Path) -> None:
    (name,) = files()
    call_command("backup", tmp_path / "monday")
    default_storage.delete(name)
    default_storage.save(name, SimpleUploadedFile(name, b"%PDF-1.4 something else"))

    call_command("restore", tmp_path / "monday", replace=True)

    assert files() == {name: PDF}


def test_nobody_is_signed_in_again_by_a_restore(tmp_path: Path) -> None:
    school = a_school("toto")
    browser = signed_in(a_learner(school), "toto")
    assert browser.get("/api/v1/me").status_code == 200
    call_command("backup", tmp_path / "monday")

    call_command("restore", tmp_path / "monday", replace=True)

    assert browser.get("/api/v1/me").status_code == 401


def test_people_stay_signed_in_where_it_is_asked_for(tmp_path: Path) -> None:
    school = a_school("toto")
    browser = signed_in(a_learner(school), "toto")
    call_command("backup", tmp_path / "monday")

    call_command("restore", tmp_path / "monday", replace=True, keep_sessions=True)

    assert browser.get("/api/v1/me").status_code == 200


def test_an_older_backup_is_brought_up_to_the_newer_code(school: Any, tmp_path: Path) -> None:
    head = MigrationRecorder(connection).applied_migrations().keys()
    call_command("migrate", "accounts", "0004", verbosity=0)
    call_command("backup", tmp_path / "monday")
    call_command("migrate", verbosity=0)

    call_command("restore", tmp_path / "monday", replace=True)

    assert MigrationRecorder(connection).applied_migrations().keys() == head
    assert User.objects.get(email="maría@example.test").managed_by_id is None


def test_the_school_serves_after_a_restore(school: Any, tmp_path: Path) -> None:
    client = Client(headers={"X-School": "toto"})
    before = client.get("/api/v1/content/lessons").json()
    call_command("backup", tmp_path / "monday")

    call_command("restore", tmp_path / "monday", replace=True)

    assert client.get("/api/v1/content/lessons").json() == before
    assert len(before["items"]) == 1


def test_an_instance_with_people_is_not_replaced_unasked(school: Any, tmp_path: Path) -> None:
    call_command("backup", tmp_path / "monday")
    before = rows()

    with pytest.raises(CommandError, match="--replace"):
        call_command("restore", tmp_path / "monday")

    assert rows() == before


def test_a_damaged_backup_is_refused_before_anything_changes(school: Any, tmp_path: Path) -> None:
    call_command("backup", tmp_path / "monday")
    before = rows()
    (file,) = (path for path in (tmp_path / "monday" / "files").rglob("*") if path.is_file())
    file.write_bytes(PDF[:-1])

    with pytest.raises(CommandError, match=file.name):
        call_command("restore", tmp_path / "monday", replace=True)

    assert rows() == before


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"format": 99}, "format"),
        ({"engine": "oracle"}, "oracle"),
        ({"migrations": [["accounts", "9999_from_the_future"]]}, "newer Lyceum"),
    ],
)
def test_a_backup_that_does_not_fit_is_refused(
    school: Any, tmp_path: Path, changes: dict[str, Any], says: str
) -> None:
    call_command("backup", tmp_path / "monday")
    page = tmp_path / "monday" / "manifest.json"
    page.write_text(json.dumps({**json.loads(page.read_text()), **changes}))
    before = rows()

    with pytest.raises(CommandError, match=says):
        call_command("restore", tmp_path / "monday", replace=True)

    assert rows() == before


def test_a_folder_without_a_backup_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"manifest\.json"):
        call_command("restore", tmp_path, replace=True)


def test_a_backup_never_overwrites_another(tmp_path: Path) -> None:
    a_school("toto")
    call_command("backup", tmp_path / "monday")

    with pytest.raises(CommandError, match="already"):
        call_command("backup", tmp_path / "monday")


def test_half_a_backup_does_not_bear_the_name_of_a_whole_one(
    school: Any, tmp_path: Path, settings: Any
) -> None:
    # A loop among the links of the disk: the file is listed and cannot be opened.
    Path(settings.MEDIA_ROOT, "loop.pdf").symlink_to("loop.pdf")

    with pytest.raises(OSError, match="symbolic links"):
        call_command("backup", tmp_path / "monday")

    assert not (tmp_path / "monday").exists()


def test_nobody_but_its_owner_reads_a_backup(tmp_path: Path) -> None:
    a_school("toto")

    call_command("backup", tmp_path / "monday")

    assert (tmp_path / "monday").stat().st_mode & 0o077 == 0
