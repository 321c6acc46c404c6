"""Schools in the admin: the operator founds them, managers change their own."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from wagtail.images.tests.utils import get_test_image_file

from lyceum.events.models import AuditEntry
from lyceum.schools.models import School
from lyceum.theming.looks import themes
from tests.people import a_member, a_person, a_school, signed_in

pytestmark = pytest.mark.django_db

RULES: dict[str, Any] = {
    "name": "Toto",
    "signup_policy": "open",
    "join_code": "KITES2",
    "catalogue": "public",
    "level_scale": "cefr",
    "languages": "en\nes",
    "pass_mark": 70,
    "allowed_origins": "https://app.toto.example",
    "theme": "classic",
}


def an_operator() -> Client:
    client = Client()
    client.force_login(
        a_person(is_superuser=True), backend="lyceum.accounts.backends.AuthenticationBackend"
    )
    return client


def test_the_operator_founds_a_school() -> None:
    response = an_operator().post(
        "/admin/schools/new/",
        {**RULES, "slug": "toto", "status": "active", "host": "toto.example", "port": 80},
    )

    assert response.status_code == 302, response.context["form"].errors
    assert School.objects.get().site.hostname == "toto.example"


def test_a_taken_slug_is_said_beside_the_form() -> None:
    a_school("toto")

    response = an_operator().post(
        "/admin/schools/new/",
        {**RULES, "slug": "toto", "status": "active", "host": "other.example", "port": 80},
    )

    assert response.status_code == 200
    assert "already" in str(response.context["form"].errors)


def test_a_manager_changes_their_own_school_and_the_audit_tells() -> None:
    school = a_school("toto")
    manager = signed_in(a_member(school, "manager"), "toto")

    response = manager.post(f"/admin/schools/edit/{school.id}/", RULES)

    assert response.status_code == 302, response.context["form"].errors
    changed = School.objects.get(id=school.id)
    assert (changed.pass_mark, changed.languages) == (70, ["en", "es"])
    assert AuditEntry.objects.filter(action="school.settings_changed").exists()


def test_a_bad_language_is_said_beside_its_field() -> None:
    school = a_school("toto")
    manager = signed_in(a_member(school, "manager"), "toto")

    response = manager.post(f"/admin/schools/edit/{school.id}/", {**RULES, "languages": "xx"})

    assert "languages" in response.context["form"].errors
    assert School.objects.get(id=school.id).languages == ["en", "es", "ar"]


def test_a_manager_gives_the_school_its_own_look() -> None:
    school = a_school("toto")
    manager = signed_in(a_member(school, "manager"), "toto")
    address = f"/admin/schools/edit/{school.id}/"
    look = {
        "colours.brand": "#6A1B9A",
        "logo": SimpleUploadedFile("toto.png", get_test_image_file().file.getvalue()),
    }

    given = manager.post(address, {**RULES, **look})
    assert given.status_code == 302, given.context["form"].errors

    kept = School.objects.get(id=school.id)
    assert kept.colours == {"brand": "#6A1B9A"}
    shown = Client(headers={"host": school.host}).get("/").content.decode()
    assert f'<img src="/api/v1/school/logo?v={kept.logo.name[6:-5]}"' in shown
    assert "/api/v1/school/logo" in manager.get(address).content.decode()
    without = {**RULES, "logo-clear": "on"}
    assert manager.post(address, without).status_code == 302
    assert Client(headers={"host": school.host}).get("/api/v1/school/logo").status_code == 404
    assert School.objects.get(id=school.id).colours == {}


def test_a_look_that_could_not_be_read_is_refused_beside_its_field_and_changes_nothing() -> None:
    school = a_school("toto")
    manager = signed_in(a_member(school, "manager"), "toto")
    address = f"/admin/schools/edit/{school.id}/"

    pale = manager.post(address, {**RULES, "colours.brand": "#FFFFEE"})
    broken = manager.post(
        address, {**RULES, "logo": SimpleUploadedFile("toto.gif", b"GIF89a no picture")}
    )

    assert "could be" in str(pale.context["form"].errors["colours.brand"])
    assert "logo" in broken.context["form"].errors
    kept = School.objects.get(id=school.id)
    assert (kept.colours, kept.logo.name, kept.pass_mark) == ({}, "", 80)


def test_of_a_theme_that_broke_the_admin_names_the_fault_and_the_school_is_shown_in_another(
    broken_theme: str,
) -> None:
    school = a_school("toto")
    School.objects.filter(pk=school.id).update(theme=broken_theme)
    manager = signed_in(a_member(school, "manager"), "toto")

    asked = manager.get(f"/admin/schools/edit/{school.id}/").content.decode()
    shown = Client(headers={"host": school.host}).get("/")

    assert "midnight (broken: shown in the classic one)" in asked
    assert "tokens.json: color.ink" in asked
    assert shown.status_code == 200
    assert "/_themes/classic/" in shown.content.decode()


@pytest.fixture
def broken_theme(tmp_path: Path, settings: Any) -> Iterator[str]:
    """A theme whose text cannot be read upon its ground, among the themes of the instance."""
    shutil.copytree(settings.ROOT / "themes", tmp_path / "themes")
    shutil.copytree(tmp_path / "themes/classic", tmp_path / "themes/midnight")
    tokens = tmp_path / "themes/midnight/tokens.json"
    told = json.loads(tokens.read_text())
    told["color"]["ink"] = told["color"]["surface"]
    tokens.write_text(json.dumps(told))
    settings.ROOT, house = tmp_path, settings.ROOT
    themes.read()
    settings.ROOT = house
    yield "midnight"
    themes.read()


def test_nobody_changes_another_school_and_managers_found_none() -> None:
    school, other = a_school("toto"), a_school("campus")
    manager = signed_in(a_member(school, "manager"), "toto")

    edit = manager.post(f"/admin/schools/edit/{other.id}/", RULES)
    new = manager.get("/admin/schools/new/")
    colleague = signed_in(a_member(school, "teacher"), "toto").get(
        f"/admin/schools/edit/{school.id}/"
    )

    assert {edit.status_code, new.status_code, colleague.status_code} <= {302, 403, 404}
    assert School.objects.get(id=other.id).name == "Campus"


def test_a_manager_cannot_suspend_their_school() -> None:
    school = a_school("toto")
    manager = signed_in(a_member(school, "manager"), "toto")

    manager.post(f"/admin/schools/edit/{school.id}/", {**RULES, "status": "suspended"})

    assert School.objects.get(id=school.id).status == "active"


def test_the_list_shows_managers_their_own_school_and_the_operator_all() -> None:
    school = a_school("toto")
    a_school("campus")
    manager = signed_in(a_member(school, "manager"), "toto")

    own = manager.get("/admin/schools/").content.decode()
    all_of_them = an_operator().get("/admin/schools/").content.decode()

    assert "Toto" in own
    assert "Campus" not in own
    assert "Campus" in all_of_them
