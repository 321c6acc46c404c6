"""Switching a plugin: seen by the next request, in this school alone."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lyceum.kernel.clock import now
from lyceum.schools.current import CurrentSchool
from lyceum.schools.plugins.switching import disable_plugin, enable_plugin
from tests.people import a_learner, a_member, a_school, a_token, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def toto() -> CurrentSchool:
    return a_school("toto")


def test_a_plugin_is_there_from_the_next_request_on_and_gone_with_the_one_after(
    toto: CurrentSchool,
) -> None:
    browser = signed_in(a_learner(toto), "toto")
    before = browser.get("/api/v1/probe/echo?said=hello")

    enable_plugin(actor=None, school=toto, slug="probe", at=now())
    on = browser.get("/api/v1/probe/echo?said=hello")
    disable_plugin(actor=None, school=toto, slug="probe", at=now())
    after = browser.get("/api/v1/probe/echo?said=hello")

    assert (before.status_code, on.status_code, after.status_code) == (404, 200, 404)
    assert on.json() == {"said": "hello"}
    assert before.content == after.content == browser.get("/api/v1/nothing/echo").content


def test_it_is_on_in_one_school_and_off_in_another(toto: CurrentSchool) -> None:
    other = a_school("other")
    enable_plugin(actor=None, school=toto, slug="probe", at=now())

    here = signed_in(a_learner(toto), "toto").get("/api/v1/probe/echo")
    there = signed_in(a_learner(other), "other").get("/api/v1/probe/echo")

    assert (here.status_code, there.status_code) == (200, 404)


def test_a_manager_switches_it_and_a_teacher_may_not(toto: CurrentSchool) -> None:
    manager, teacher = (a_member(toto, role) for role in ("manager", "teacher"))

    answers = [
        signed_in(person, "toto").put("/api/v1/plugins/probe/enabled").status_code
        for person in (teacher, manager)
    ]

    assert answers == [403, 204]
    assert Client(headers={"host": "toto.test"}).get("/api/v1/probe/echo").status_code == 401


def test_its_right_is_held_where_it_is_in_force_by_the_roles_that_it_names(
    toto: CurrentSchool,
) -> None:
    enable_plugin(actor=None, school=toto, slug="probe", at=now())

    answers = [
        signed_in(a_member(toto, role), "toto").get("/api/v1/probe/secret").status_code
        for role in ("teacher", "student", "manager")
    ]

    assert answers == [200, 403, 200]


def test_what_is_on_costs_a_request_no_query(toto: CurrentSchool) -> None:
    other = a_school("other")
    for plugin in ("badges", "moments", "probe"):
        enable_plugin(actor=None, school=toto, slug=plugin, at=now())

    for path in ("/api/v1/school", "/api/v1/content/tree", "/api/v1/me", "/_plugins/probe/1/x"):
        asked = [queries_of(school, path) for school in (toto, other)]
        assert asked[0] == asked[1], path


def test_what_is_off_is_answered_with_the_one_query_that_finds_the_school(
    toto: CurrentSchool,
) -> None:
    assert queries_of(toto, "/api/v1/probe/echo") == queries_of(toto, "/api/v1/nothing/echo") == 1


def queries_of(school: CurrentSchool, path: str) -> int:
    """Return how many queries a signed-in learner's second request to an address costs."""
    token = a_token(a_learner(school), school, "content:read")
    client = Client(headers={"authorization": f"Bearer {token}"})
    client.get(path, headers={"x-school": school.slug, "host": f"{school.slug}.test"})
    with CaptureQueriesContext(connection) as asked:
        client.get(path, headers={"x-school": school.slug, "host": f"{school.slug}.test"})
    return len(asked)
