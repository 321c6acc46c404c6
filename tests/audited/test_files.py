"""A file of a school's library that is deleted is written down, by whichever way it goes."""

from __future__ import annotations

import pytest

from lyceum.content.school_content import delete_content
from lyceum.events.models import AuditEntry
from tests.people import a_member, a_school, signed_in
from tests.platform.content.admin.test_isolation import a_library

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("kind", "address"),
    [
        ("image", "images/{pk}/delete/"),
        ("image", "bulk/content/libraryimage/delete/?id={pk}"),
        ("document", "documents/delete/{pk}/"),
        ("document", "bulk/content/librarydocument/delete/?id={pk}"),
        ("media", "media/delete/{pk}/"),
    ],
)
def test_who_deletes_a_file_is_written_down(kind: str, address: str) -> None:
    toto = a_school("toto")
    admin = a_member(toto, "admin")
    file = a_library(toto, "Apple")[kind]

    answer = signed_in(admin, "toto").post(f"/admin/{address.format(pk=file.pk)}")

    assert answer.status_code == 302
    row = AuditEntry.objects.get(action="file.deleted")
    assert (row.school, row.actor, row.target) == (toto.uuid, admin.uuid, file.uuid)
    assert (row.target_type, row.changes) == ("file", {"type": kind})


def test_a_school_that_is_deleted_is_one_row_whatever_files_it_has() -> None:
    toto = a_school("toto")
    a_library(toto, "Apple")

    delete_content(toto.id)

    assert not AuditEntry.objects.filter(action="file.deleted").exists()
