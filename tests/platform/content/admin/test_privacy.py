"""What is held on a school and on its children: taken out and deleted in the editor, by admins."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from lyceum.accounts.managed.making import Credentials
from lyceum.accounts.models import Export, User
from lyceum.accounts.privacy.exports import make_export
from lyceum.events.models import AuditEntry
from lyceum.kernel.clock import now
from lyceum.schools.current import CurrentSchool
from lyceum.schools.models import School
from tests.children import a_child, user_of
from tests.people import PASSWORD, a_member, a_school, proved, signed_in

pytestmark = pytest.mark.django_db

SCHOOL = "/admin/privacy/"
LOG_IN = "/admin/login/?next="


@pytest.fixture
def toto() -> CurrentSchool:
    return a_school("toto")


@pytest.fixture
def ana(toto: CurrentSchool) -> User:
    return a_member(toto, "admin", email="ana@example.test")


@pytest.fixture
def admin(ana: User) -> Client:
    return signed_in(ana, "toto")


@pytest.fixture
def files(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def actions() -> list[str]:
    return list(AuditEntry.objects.order_by("id").values_list("action", flat=True))


def test_who_has_not_signed_in_lately_is_led_through_the_log_in_and_back(
    admin: Client, ana: User, toto: CurrentSchool
) -> None:
    page = admin.get(SCHOOL).content.decode()
    assert "Sign in again" in page
    assert "Ask for an archive" not in page

    for act in ("export/", "delete/"):
        client = signed_in(ana, "toto")
        answer = client.post(f"{SCHOOL}{act}", {"word": "toto"})
        assert answer["Location"] == f"{LOG_IN}%2Fadmin%2Fprivacy%2F", act
        assert client.get(SCHOOL).status_code == 302, "they are signed out"
    assert School.objects.filter(slug="toto").exists()
    assert not Export.objects.exists()

    # By a link alone nobody is signed out.
    assert admin.get(f"{SCHOOL}file/")["Location"] == SCHOOL
    assert admin.get(SCHOOL).status_code == 200

    away = admin.post("/admin/sign-in-again/", {"next": SCHOOL})
    back = admin.post(away["Location"], {"username": ana.email, "password": PASSWORD})
    assert back["Location"] == SCHOOL
    assert "Ask for an archive" in admin.get(SCHOOL).content.decode()


@pytest.mark.parametrize("back", ["https://elsewhere.test/", "//elsewhere.test/", ""])
def test_the_way_back_leads_nowhere_else(admin: Client, back: str) -> None:
    assert admin.post("/admin/sign-in-again/", {"next": back}).status_code == 404
    assert admin.get("/admin/sign-in-again/").status_code == 405
    assert admin.get(SCHOOL).status_code == 200, "still signed in"


def test_an_archive_is_asked_for_seen_and_fetched_by_who_asked(
    admin: Client, ana: User, toto: CurrentSchool, files: None
) -> None:
    proved(admin)
    assert admin.get(f"{SCHOOL}file/").status_code == 404, "none is ready"
    assert admin.post(f"{SCHOOL}export/")["Location"] == SCHOOL
    assert "being made" in admin.get(SCHOOL).content.decode()
    assert actions()[-1] == "school.export_asked"

    make_export(str(Export.objects.get().uuid), at=now())

    assert "Fetch the last one" in admin.get(SCHOOL).content.decode()
    archive = admin.get(f"{SCHOOL}file/")
    assert archive.status_code == 200
    assert b"".join(archive.streaming_content).startswith(b"PK")  # type: ignore[attr-defined]
    assert "no-store" in archive["Cache-Control"]
    other = proved(signed_in(a_member(toto, "admin"), "toto"))
    assert other.get(f"{SCHOOL}file/").status_code == 404, "another admin's own is none"


def test_a_school_is_deleted_by_its_slug_alone(admin: Client, ana: User) -> None:
    proved(admin)
    refused = admin.post(f"{SCHOOL}delete/", {"word": "Toto"})
    assert (refused.status_code, "Write toto." in refused.content.decode()) == (200, True)
    assert admin.get(f"{SCHOOL}delete/")["Location"] == SCHOOL
    assert School.objects.filter(slug="toto").exists()

    done = admin.post(f"{SCHOOL}delete/", {"word": "toto"})

    assert (done.status_code, "is deleted" in done.content.decode()) == (200, True)
    assert not School.objects.filter(slug="toto").exists()
    assert actions()[-1] == "school.deleted"
    assert User.objects.filter(pk=ana.pk).exists(), "people stay"


def test_nobody_else_takes_a_school_out_or_deletes_it(toto: CurrentSchool) -> None:
    manager = proved(signed_in(a_member(toto, "manager"), "toto"))
    stranger = proved(signed_in(a_member(a_school("other"), "admin"), "toto"))
    for client in (manager, stranger):
        for act in ("", "export/", "file/", "delete/"):
            for answer in (client.get(SCHOOL + act), client.post(SCHOOL + act, {"word": "toto"})):
                # As Wagtail refuses: back to the first page, or to the log-in.
                assert answer["Location"] in ("/admin/", f"{LOG_IN}{SCHOOL}{act}"), act
        assert "/admin/privacy/" not in client.get("/admin/").content.decode()
    assert School.objects.filter(slug="toto").exists()
    assert not Export.objects.exists()


def place_of(child: Credentials) -> str:
    return f"/admin/children/{child.account.id}/privacy/"


def test_what_is_held_on_a_child_is_taken_out_and_erased(
    toto: CurrentSchool, admin: Client, files: None
) -> None:
    child = a_child(toto)
    place = place_of(child)
    assert place in admin.get(place.removesuffix("privacy/")).content.decode()
    assert "Sign in again" in admin.get(place).content.decode()
    proved(admin)

    assert admin.post(f"{place}export/")["Location"] == place
    make_export(str(Export.objects.get().uuid), at=now())
    assert b"".join(admin.get(f"{place}file/").streaming_content).startswith(b"PK")  # type: ignore[attr-defined]

    assert "Write " in admin.post(f"{place}erase/", {"word": "somebody"}).content.decode()
    assert user_of(child)
    done = admin.post(f"{place}erase/", {"word": child.account.username})
    assert done["Location"] == "/admin/children/"
    assert not User.objects.filter(uuid=child.account.person).exists()
    assert actions()[-2:] == ["account.export_asked", "account.erased"]


def test_a_child_is_found_by_its_own_schools_managers_alone(toto: CurrentSchool) -> None:
    child = a_child(toto)
    place = place_of(child)
    teacher = proved(signed_in(a_member(toto, "teacher"), "toto"))
    stranger = proved(signed_in(a_member(a_school("other"), "admin"), "other"))

    for act in ("", "export/", "file/", "erase/"):
        for way in ("get", "post"):
            assert getattr(teacher, way)(place + act)["Location"] == "/admin/", act
            # What sends nothing looks for nothing.
            lost = getattr(stranger, way)(place + act).status_code
            assert lost == (405 if (way, act) == ("get", "export/") else 404), act
    assert user_of(child)
    assert not Export.objects.exists()
