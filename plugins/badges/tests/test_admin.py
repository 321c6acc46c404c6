"""Badges in the admin: for the school's managers, in its languages."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from lyceum.plugin.schools import CurrentSchool
from lyceum.testing.people import a_member, signed_in
from lyceum.testing.plugins import switch_off
from plugins.badges.models import Rule
from plugins.badges.rulebook import BEGINNING
from plugins.badges.tests.learning import MONDAY, a_school_with_badges

pytestmark = pytest.mark.django_db

ADMIN = "/admin/plugins/badges/"
GIVEN = {
    "name_en": "Early bird",
    "name_es": "Madrugador",
    "icon": "🐦",
    "measure": "streak",
    "threshold": "5",
}


@pytest.fixture
def manager(toto: CurrentSchool) -> Client:
    return signed_in(a_member(toto, "manager"), "toto")


def a_rule(school: CurrentSchool) -> Rule:
    return Rule.objects.create(
        school_id=school.id,
        name={"en": "Five", "fr": "Cinq"},
        measure="points",
        threshold=5,
        created_at=MONDAY,
    )


def text_of(response: Any, status: int = 200) -> str:
    assert response.status_code == status
    return response.content.decode()


def test_a_manager_sees_makes_changes_and_deletes_badges(manager: Client) -> None:
    assert text_of(manager.get(ADMIN)).count('class="title"') == len(BEGINNING)
    assert manager.post(f"{ADMIN}new/", GIVEN).status_code == 302
    rule = Rule.objects.get(measure="streak", threshold=5)
    assert rule.name == {"en": "Early bird", "es": "Madrugador"}

    address = f"{ADMIN}{rule.uuid}/"
    assert "Madrugador" in text_of(manager.get(address))
    assert manager.post(address, {**GIVEN, "threshold": "6"}).status_code == 302
    rule.refresh_from_db()
    assert rule.threshold == 6
    assert manager.get(f"{address}delete/").status_code == 405
    assert manager.post(f"{address}delete/").status_code == 302
    assert "Early bird" not in text_of(manager.get(ADMIN))
    assert manager.get(address).status_code == 404


def test_what_makes_no_sense_is_said_beside_its_field(manager: Client) -> None:
    for wrong, told in (
        ({"kind": "lesson_completed"}, "Leave it out"),
        ({"measure": "count"}, "Say what is counted."),
        ({"threshold": "0"}, "greater than or equal to 1"),
        ({"name_en": ""}, "This field is required"),
        ({"category": "nothing"}, "Select a valid choice"),
    ):
        assert told in text_of(manager.post(f"{ADMIN}new/", {**GIVEN, **wrong}))
    assert not Rule.objects.filter(measure="streak", threshold=5).exists()


def test_a_name_in_a_language_that_the_school_gave_up_is_kept(
    toto: CurrentSchool, manager: Client
) -> None:
    rule = a_rule(toto)
    given = {"name_en": "High five", "measure": "points", "threshold": "5"}
    assert manager.post(f"{ADMIN}{rule.uuid}/", given).status_code == 302

    rule.refresh_from_db()
    assert rule.name == {"en": "High five", "fr": "Cinq"}


def test_nobody_else_finds_it_and_no_school_anothers(toto: CurrentSchool) -> None:
    rule = a_rule(toto)
    other = a_school_with_badges("other")
    for client in (
        signed_in(a_member(toto, "teacher"), "toto"),
        signed_in(a_member(other, "manager"), "other"),
    ):
        for address in (f"{ADMIN}{rule.uuid}/", f"{ADMIN}{rule.uuid}/delete/"):
            assert client.post(address, GIVEN).status_code == 404
    rule.refresh_from_db()
    assert (rule.name["en"], rule.retired_at) == ("Five", None)


def test_off_there_are_no_pages_of_it(toto: CurrentSchool, manager: Client) -> None:
    rule = a_rule(toto)
    switch_off("badges", toto)

    assert manager.get(f"{ADMIN}{rule.uuid}/").status_code == 404
    assert ADMIN + "new/" not in text_of(manager.get("/admin/"))
