"""Personal tokens at badges' doors: with the scope for it, without, and of another school."""

from __future__ import annotations

import pytest

from lyceum.plugin.schools import CurrentSchool
from lyceum.testing.people import a_learner, a_member, a_program, a_token
from lyceum.testing.plugins import switch_off
from plugins.badges.tests.asking import V1, code_of, read, send
from plugins.badges.tests.learning import a_school_with_badges

pytestmark = pytest.mark.django_db

LISTING = f"{V1}/leaderboards/membership"
RULE = {"name": {"en": "Ten"}, "measure": "count", "kind": "exercise_completed", "threshold": 10}


def test_a_token_reads_and_changes_what_its_scopes_say(toto: CurrentSchool) -> None:
    sam = a_learner(toto)
    reading = a_program(a_token(sam, toto, "badges:read"), "toto")
    writing = a_program(a_token(sam, toto, "badges:write"), "toto")
    without = a_program(a_token(sam, toto, "account:read"), "toto")

    assert read(reading, f"{V1}/me")["points"] == 0
    assert writing.delete(LISTING).status_code == 204
    assert read(reading, f"{V1}/me")["listed"] is False
    refused = [reading.put(LISTING), writing.get(f"{V1}/me"), without.get(f"{V1}/me")]
    assert [code_of(answer) for answer in refused] == [(403, "scope_missing")] * 3


def test_a_token_changes_rules_where_its_person_may(toto: CurrentSchool) -> None:
    manager, sam = a_member(toto, "manager"), a_learner(toto)
    by_manager = a_program(a_token(manager, toto, "badges:write"), "toto")
    by_learner = a_program(a_token(sam, toto, "badges:write"), "toto")

    assert send(by_manager, "post", f"{V1}/rules", RULE).status_code == 201
    assert code_of(send(by_learner, "post", f"{V1}/rules", RULE)) == (403, "forbidden")


def test_a_token_of_another_school_or_of_one_where_they_are_off_opens_nothing(
    toto: CurrentSchool,
) -> None:
    other, sam = a_school_with_badges("other"), a_learner(toto)
    stranger = a_program(a_token(a_learner(other), other, "badges:read"), "toto")
    own = a_program(a_token(sam, toto, "badges:read"), "toto")

    assert code_of(stranger.get(f"{V1}/me")) == (403, "token_of_another_school")
    switch_off("badges", toto)
    assert code_of(own.get(f"{V1}/me")) == (404, "not_found")
