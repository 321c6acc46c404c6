"""Deleting a school: all of it goes, its people stay, and no other school notices."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.files.storage import default_storage
from django.db import connection
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, PageLogEntry, Site, Workflow

from lyceum.accounts.models import User
from lyceum.accounts.privacy.archives import write_school
from lyceum.accounts.privacy.closing import delete_school
from lyceum.accounts.privacy.erasing import ConfirmationWrong
from lyceum.content.models import BasePage, LibraryImage, Recording
from lyceum.events.models import AuditEntry, Event
from lyceum.kernel.clock import now
from lyceum.kernel.holdings import rows_of_school
from lyceum.kernel.privacy import providers
from lyceum.learning.models import Attempt
from lyceum.schools.current import CurrentSchool
from lyceum.schools.models import Cohort, Membership, School
from tests.children import a_child
from tests.lives import SAID, Life, a_life, bytes_left
from tests.pages import a_lesson
from tests.people import a_member, a_school

pytestmark = pytest.mark.django_db(transaction=True)

HERE, THERE = "Secretly-about-toto", "Openly-about-campus"


@pytest.fixture
def life() -> Life:
    school = a_school("toto")
    a_member(school, "admin")
    return a_life(school)


@pytest.fixture
def campus() -> CurrentSchool:
    school = a_school("campus")
    a_member(school, "admin")
    a_lesson(school, THERE)
    LibraryImage.objects.create(
        title=THERE, file=get_test_image_file(), collection_id=school.collection_id
    )
    Cohort.objects.create(school_id=school.id, name=THERE)
    return school


def gone(school: CurrentSchool) -> None:
    delete_school(school=school, actor=None, confirm=school.slug, at=now())


def test_all_that_a_school_has_goes(life: Life) -> None:
    a_lesson(life.school, HERE)
    a_child(life.school, "quetzalina")

    row = School.objects.get()

    gone(life.school)

    left = [
        held.model
        for provider in providers
        for held in provider.of_schools
        if not held.reason and rows_of_school(row, held).exists()
    ]
    assert left == []
    assert not School.objects.exists()
    assert not Site.objects.filter(hostname="toto.test").exists()
    assert not Workflow.objects.filter(name="Review at Toto").exists()
    assert not BasePage.objects.filter(path__startswith=life.school.root_path).exists()
    assert Collection.objects.count() == 1
    assert not PageLogEntry.objects.exists()
    assert not LibraryImage.objects.exists()
    assert default_storage.listdir("recordings")[1] == []
    assert default_storage.listdir("original_images")[1] == []
    assert not User.objects.exclude(managed_by=None).exists()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="of SQLite's files")
def test_no_word_of_its_content_is_left_in_the_file(life: Life) -> None:
    a_lesson(life.school, HERE)
    assert bytes_left((HERE,))

    gone(life.school)

    assert bytes_left((HERE,)) == []


def test_people_stay_with_what_they_have_elsewhere(life: Life, campus: CurrentSchool) -> None:
    Membership.objects.create(school_id=campus.id, user=life.user, roles=frozenset({"student"}))
    sessions = Session.objects.count()

    gone(life.school)

    person = User.objects.get(pk=life.user.pk)
    assert [place.school_id for place in person.memberships.all()] == [campus.id]
    assert person.profile.bio == SAID
    assert Session.objects.count() == sessions
    assert not Attempt.objects.exists()
    assert not Recording.objects.exists()


def test_another_school_is_as_it_was(life: Life, campus: CurrentSchool) -> None:
    before = all_of(campus)

    gone(life.school)

    assert all_of(campus) == before


def all_of(school: CurrentSchool) -> Any:
    rows = [
        (
            held.model,
            list(apps.get_model(held.model)._base_manager.filter(school_id=school.id).values()),
        )
        for provider in providers
        for held in provider.of_schools
        if held.school == "school" and hasattr(apps.get_model(held.model), "school_id")
    ]
    images = LibraryImage.objects.filter(collection_id=school.collection_id)
    pages = BasePage.objects.filter(path__startswith=school.root_path)
    return (
        rows,
        list(pages.values()),
        [image.file.storage.exists(image.file.name) for image in images],
        list(Event.objects.filter(school=school.uuid).values()),
        list(Site.objects.filter(hostname="campus.test").values()),
    )


def test_the_audit_keeps_that_it_was_and_what_was_done(life: Life) -> None:
    uuid = life.school.uuid
    before = AuditEntry.objects.filter(school=uuid).count()

    gone(life.school)

    assert AuditEntry.objects.filter(school=uuid).count() == before + 1
    assert AuditEntry.objects.get(action="school.deleted").target == uuid
    assert not Event.objects.filter(school=uuid).exists()


def test_the_slug_is_typed(life: Life) -> None:
    with pytest.raises(ConfirmationWrong):
        delete_school(school=life.school, actor=None, confirm="Toto", at=now())

    assert School.objects.filter(slug="toto").exists()


def test_its_archive_holds_all_of_it_and_nothing_of_another(
    life: Life, campus: CurrentSchool
) -> None:
    a_lesson(life.school, HERE, published=False)
    out = BytesIO()

    write_school(out, School.objects.get(slug="toto"), at=now())

    with ZipFile(out) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert len(names) == len(set(names))
        texts = {name: archive.read(name).decode("utf-8", "replace") for name in names}
        pages = json.loads(texts["content/pages.json"])
        members = json.loads(texts["schools/Membership.json"])
    everything = "\n".join(texts.values())
    assert {"school/school.json", "README.txt", "learning/Attempt.json"} <= set(names)
    assert any(name.startswith("content/library/") for name in names)
    assert any(name.startswith("content_types/") and name.endswith(".yaml") for name in names)
    assert HERE in {page["title_en"] for page in pages}
    assert "Xaviera Quintillion" in {member["user"]["name"] for member in members}
    assert THERE not in everything
    assert "campus" not in everything
    # As a field; that somebody logged in with one is in the audit.
    for secret in ("code_digest", '"password":', 'digest"', "secrets"):
        assert secret not in everything
