"""Personal tokens at moments' doors: with the scope for it, without, and of another school."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from lyceum.plugin.schools import CurrentSchool
from lyceum.testing.people import a_learner, a_member, a_program, a_token
from lyceum.testing.plugins import switch_off
from plugins.moments.tests.telling import MOMENTS, a_school_with_moments, do, post, read

pytestmark = pytest.mark.django_db


def refusal(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


def test_a_token_reads_and_posts_what_its_scopes_say(toto: CurrentSchool, ana: Any) -> None:
    reading = a_program(a_token(ana, toto, "moments:read"), "toto")
    writing = a_program(a_token(ana, toto, "moments:read", "moments:write"), "toto")
    without = a_program(a_token(ana, toto, "account:read"), "toto")
    made = post(writing, "From a program")

    assert [item["id"] for item in read(reading)["items"]] == [made["id"]]
    assert post(reading, expect=403)["code"] == "scope_missing"
    assert read(without, expect=403)["code"] == "scope_missing"
    assert refusal(without.put(f"{MOMENTS}/{made['id']}/like")) == (403, "scope_missing")


def test_a_token_does_no_more_than_its_person(
    toto: CurrentSchool, ben: Any, as_ana: Client
) -> None:
    of_ana = post(as_ana)
    by_ben = a_program(a_token(ben, toto, "moments:write"), "toto")
    by_moderator = a_program(a_token(a_member(toto, "moderator"), toto, "moments:write"), "toto")
    featured = f"/{of_ana['id']}/featured"

    assert refusal(by_ben.put(f"{MOMENTS}{featured}")) == (403, "forbidden")
    assert refusal(by_ben.delete(f"{MOMENTS}/{of_ana['id']}")) == (403, "not_yours")
    do(by_moderator, "put", featured)


def test_a_token_of_another_school_or_of_one_where_they_are_off_opens_nothing(
    toto: CurrentSchool, ana: Any
) -> None:
    other = a_school_with_moments("other")
    stranger = a_program(a_token(a_learner(other), other, "moments:read"), "toto")
    own = a_program(a_token(ana, toto, "moments:read"), "toto")

    assert refusal(stranger.get(MOMENTS)) == (403, "token_of_another_school")
    switch_off("moments", toto)
    assert refusal(own.get(MOMENTS)) == (404, "not_found")
