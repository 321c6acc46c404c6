"""Tables whose code is broken or gone keep nobody from being erased."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, models
from django.db.migrations.state import ModelState, ProjectState

from lyceum.accounts.models import User
from lyceum.accounts.privacy.archives import write_person
from lyceum.accounts.privacy.erasing import erase_person
from lyceum.accounts.privacy.people import person_of
from lyceum.kernel.clock import now
from lyceum.schools.models import DroppedFile, Membership, PluginInstall
from tests.people import a_member, a_person, a_school

pytestmark = pytest.mark.django_db(transaction=True)


def link(to: str, **options: Any) -> Any:
    # Whatever the plugin wished for: without its code nobody knows.
    return models.ForeignKey(to, models.PROTECT, related_name="+", **options)


TABLES: dict[str, dict[str, Any]] = {
    "Moment": {"author": link("accounts.User"), "text": models.TextField()},
    "Like": {"moment": link("gone.Moment"), "by": link("accounts.User")},
    "Pin": {"moment": link("gone.Moment", null=True), "text": models.TextField()},
    "Review": {"reviewer": link("accounts.User", null=True), "text": models.TextField()},
    "Badge": {"place": link("schools.Membership")},
    "Note": {"person_uuid": models.UUIDField(), "text": models.TextField()},
    "Photo": {"owner": link("accounts.User"), "file": models.FileField()},
    "Scan": {"person_uuid": models.UUIDField(), "file": models.FileField()},
    "Tip": {"person_uuid": models.UUIDField(null=True), "text": models.TextField()},
}


@pytest.fixture
def gone() -> Iterator[Any]:
    """Make the tables of a plugin whose code is not there, and remove them afterwards."""
    state = ProjectState(real_apps={"accounts", "schools", "auth", "wagtailcore", "content"})
    state.real_apps |= {"contenttypes"}
    for name, fields in TABLES.items():
        columns = [("id", models.BigAutoField(primary_key=True)), *fields.items()]
        state.add_model(ModelState("gone", name, columns))
    made = [state.apps.get_model("gone", name) for name in TABLES]
    _foreign_keys(False)
    with connection.schema_editor() as editor:
        for model in made:
            editor.create_model(model)
    _foreign_keys(True)
    yield dict(zip(TABLES, made, strict=True))
    _foreign_keys(False)
    with connection.schema_editor() as editor:
        for model in reversed(made):
            editor.delete_model(model)
    _foreign_keys(True)


def _foreign_keys(on: bool) -> None:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA foreign_keys = {'ON' if on else 'OFF'}")


def test_rows_of_theirs_go_and_what_they_only_touched_stays(gone: Any) -> None:
    ana, ben = people(gone)

    erase_person(user=ana, actor=None, at=now())

    kept = {
        name: sorted(model.objects.values_list("text", flat=True))
        for name, model in gone.items()
        if "text" in TABLES[name]
    }
    assert kept == {
        "Moment": ["by Ben"],
        "Pin": ["of Ana's", "of Ben's"],
        "Review": ["by Ana", "by Ben"],
        "Note": ["on Ben"],
        "Tip": ["for Ana", "for Ben"],
    }
    # Ben's like of a moment of Ana's goes with the moment; his of his own stays.
    assert list(gone["Like"].objects.values_list("by_id", flat=True)) == [ben.pk]
    place = Membership.objects.get(user=ben)
    assert list(gone["Badge"].objects.values_list("place_id", flat=True)) == [place.pk]
    assert gone["Review"].objects.get(text="by Ana").reviewer_id is None
    assert gone["Tip"].objects.get(text="for Ana").person_uuid is None
    connection.check_constraints()


def test_their_files_go_with_the_rows(gone: Any) -> None:
    ana, ben = people(gone)
    for person in (ana, ben):
        for table in ("Photo", "Scan"):
            default_storage.save(f"plugins/gone/{table}-{person.first_name}", ContentFile(b"x"))

    erase_person(user=ana, actor=None, at=now())

    assert sorted(default_storage.listdir("plugins/gone")[1]) == ["Photo-Ben", "Scan-Ben"]
    assert not DroppedFile.objects.exists()


def test_deleting_a_user_in_any_other_way_never_fails_either(gone: Any) -> None:
    ana, ben = people(gone)

    User.objects.get(pk=ana.pk).delete()
    User.objects.filter(pk=ben.pk).delete()

    assert not gone["Moment"].objects.exists()
    connection.check_constraints()


def test_an_archive_tells_of_them_as_they_are_stored(gone: Any) -> None:
    ana, _ = people(gone)
    out = BytesIO()

    write_person(out, person_of(ana), at=now())

    with ZipFile(out) as archive:
        told = {
            name: json.loads(archive.read(name))
            for name in archive.namelist()
            if name.startswith("as-stored/")
        }
    assert {row["text"] for row in told["as-stored/gone_moment-author_id.json"]} == {"by Ana"}
    assert {row["text"] for row in told["as-stored/gone_note-person_uuid.json"]} == {"on Ana"}


def people(gone: Any) -> tuple[User, User]:
    """Make two people with rows in all of the tables, and have the host know the UUID columns."""
    school = a_school("toto")
    ana, ben = a_member(school, first_name="Ana"), a_member(school, first_name="Ben")
    Membership.objects.filter(user=ben).update(id=ana.pk + 1000)
    Membership.objects.filter(user=ana).update(id=ben.pk + 1000)
    Membership.objects.filter(user=ben).update(id=ana.pk)
    noted = [
        {"table": f"gone_{table}", "column": "person_uuid", "by_uuid": True}
        for table in ("note", "tip", "scan")
    ]
    noted.append({"table": "gone_no_more", "column": "person_id", "by_uuid": False})
    # A membership's id may be another person's.
    noted.append({"table": "gone_badge", "column": "place_id", "by_uuid": False})
    files = [{"table": f"gone_{table}", "column": "file"} for table in ("photo", "scan", "no_more")]
    PluginInstall.objects.create(slug="gone", name="Gone", version="1", people=noted, files=files)
    a_person(is_superuser=True)
    for person in (ana, ben):
        name = person.first_name
        moment = gone["Moment"].objects.create(author_id=person.pk, text=f"by {name}")
        gone["Like"].objects.create(moment=moment, by_id=ben.pk)
        gone["Pin"].objects.create(moment=moment, text=f"of {name}'s")
        gone["Review"].objects.create(reviewer_id=person.pk, text=f"by {name}")
        gone["Badge"].objects.create(place_id=Membership.objects.get(user=person).pk)
        gone["Note"].objects.create(person_uuid=person.uuid, text=f"on {name}")
        file = f"plugins/gone/Photo-{name}"
        gone["Photo"].objects.create(owner_id=person.pk, file=file)
        file = f"plugins/gone/Scan-{name}"
        gone["Scan"].objects.create(person_uuid=person.uuid, file=file)
        gone["Tip"].objects.create(person_uuid=person.uuid, text=f"for {name}")
    return ana, ben
