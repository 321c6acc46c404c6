"""The doors of badges: the rules, which a school's managers change."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from lyceum.plugin.schools import CurrentSchool
from lyceum.testing.people import a_learner, a_member, signed_in
from plugins.badges.models import Rule
from plugins.badges.rulebook import BEGINNING
from plugins.badges.tests.asking import V1, code_of, read, send
from plugins.badges.tests.learning import MONDAY, a_school_with_badges, solve

pytestmark = pytest.mark.django_db

RULE = {
    "name": {"en": "Two right", "es": "Dos aciertos"},
    "measure": "count",
    "kind": "exercise_completed",
    "threshold": 2,
}


def test_managers_make_change_and_delete_badges(toto: CurrentSchool) -> None:
    manager = signed_in(a_member(toto, "manager"), "toto")
    sam = a_learner(toto)
    solve(toto, sam)
    made = send(manager, "post", f"{V1}/rules", RULE)
    assert made.status_code == 201
    address = made["Location"]

    changed = send(manager, "patch", address, {"threshold": 1, "icon": "✌️"})
    assert (changed.status_code, changed.json()["threshold"]) == (200, 1)
    assert changed.json()["name"] == RULE["name"]
    # The worker has looked: tests do at once what is to be done.
    solve(toto, sam)
    mine = read(signed_in(sam, "toto"), f"{V1}/me")["badges"]
    assert "Two right" in [badge["name"] for badge in mine]
    assert send(manager, "delete", address).status_code == 204
    assert code_of(manager.get(address)) == (404, "not_found")
    assert code_of(send(manager, "delete", address)) == (404, "not_found")
    # Who has it keeps it; others are not told of it.
    told = [badge["name"] for badge in read(signed_in(sam, "toto"), V1)["items"]]
    assert "Two right" in told
    assert len(read(manager, V1)["items"]) == len(BEGINNING)


def test_what_is_done_to_a_rule_is_in_the_audit_with_before_and_after(toto: CurrentSchool) -> None:
    manager = signed_in(a_member(toto, "manager"), "toto")
    address = send(manager, "post", f"{V1}/rules", RULE)["Location"]
    send(manager, "patch", address, {"threshold": 3, "icon": "✌️", "kind": RULE["kind"]})
    send(manager, "patch", address, {"threshold": 3})
    manager.delete(address)

    told = read(signed_in(a_member(toto, "admin"), "toto"), "/api/v1/audit")["items"]
    rules = [entry for entry in told if entry["action"].startswith("badges.")]

    assert [entry["action"] for entry in rules] == [
        "badges.rule_retired",
        "badges.rule_changed",
        "badges.rule_made",
    ]
    assert rules[1]["changes"] == {"threshold": [2, 3], "icon": ["", "✌️"]}
    assert rules[2]["changes"]["name"] == [None, RULE["name"]]
    assert rules[0]["changes"]["threshold"] == [3, None]


def test_a_badge_that_was_earned_stays_when_its_rule_asks_for_more(toto: CurrentSchool) -> None:
    manager = signed_in(a_member(toto, "manager"), "toto")
    sam, kim = a_learner(toto), a_learner(toto)
    address = send(manager, "post", f"{V1}/rules", {**RULE, "threshold": 1})["Location"]
    solve(toto, sam)
    send(manager, "patch", address, {"threshold": 50, "name": {"en": "Fifty"}})
    for learner in (sam, kim):
        solve(toto, learner)

    for learner, own in ((sam, True), (kim, False)):
        badges = read(signed_in(learner, "toto"), f"{V1}/me")["badges"]
        assert ("Fifty" in [badge["name"] for badge in badges]) is own


def test_only_managers_of_the_school_change_its_rules(toto: CurrentSchool) -> None:
    rule = Rule.objects.create(
        school_id=toto.id, name={"en": "X"}, measure="points", threshold=5, created_at=MONDAY
    )
    other = a_school_with_badges("other")
    elsewhere = signed_in(a_member(other, "manager"), "other")
    for client, expected in (
        (Client(headers={"host": "toto.test"}), 401),
        (signed_in(a_learner(toto), "toto"), 403),
        (signed_in(a_member(toto, "teacher"), "toto"), 403),
        (elsewhere, 404),
    ):
        address = f"{V1}/rules/{rule.uuid}"
        assert client.get(address).status_code == expected
        assert send(client, "patch", address, {"threshold": 1}).status_code == expected
        assert client.delete(address).status_code == expected
    rule.refresh_from_db()
    assert (rule.threshold, rule.retired_at) == (5, None)


def test_what_a_school_deletes_of_the_beginning_does_not_come_back(toto: CurrentSchool) -> None:
    manager = signed_in(a_member(toto, "manager"), "toto")
    for rule in read(manager, f"{V1}/rules")["items"]:
        assert send(manager, "delete", f"{V1}/rules/{rule['id']}").status_code == 204
    solve(toto, a_learner(toto))

    assert read(manager, f"{V1}/rules")["items"] == read(manager, V1)["items"] == []


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"kind": ""}, "rule_contradictory", "kind"),
        ({"measure": "streak"}, "rule_contradictory", "kind"),
        ({"min_score": 50}, "rule_contradictory", "min_score"),
        ({"category": "01890000-0000-7000-8000-000000000000"}, "rule_contradictory", "category"),
        ({"threshold": 0}, "invalid", "threshold"),
        ({"name": {}}, "invalid", "name"),
        ({"name": {"en": "a\x00b"}}, "invalid", "name.en"),
        ({"kind": "moment_created"}, "invalid", "kind"),
        ({"colour": "red"}, "invalid", "colour"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused_by_field(
    toto: CurrentSchool, changes: dict[str, Any], code: str, field: str
) -> None:
    manager = signed_in(a_member(toto, "manager"), "toto")

    response = send(manager, "post", f"{V1}/rules", {**RULE, **changes})

    assert code_of(response) == (422, code)
    assert any(field in path for path in response.json()["errors"])
    assert not Rule.objects.filter(name__en="Two right").exists()


def test_a_school_has_so_many_badges_and_no_more(
    toto: CurrentSchool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("plugins.badges.rulebook.MOST", len(BEGINNING))
    manager = signed_in(a_member(toto, "manager"), "toto")

    assert code_of(send(manager, "post", f"{V1}/rules", RULE)) == (409, "too_many_rules")
