"""Notes: what one may do with the probe, as with any plugin."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lyceum.plugin.schools import CurrentSchool
from lyceum.testing.news import published
from lyceum.testing.off import a_school_with
from lyceum.testing.people import a_learner, signed_in
from lyceum.testing.plugins import set_up, switch_off, switch_on
from plugins.probe.models import Note, Reading

pytestmark = pytest.mark.django_db

NOTES = "/api/v1/probe/notes"
KEY = {"idempotency-key": "0198c9a0-5b1e-7b3c"}


@pytest.fixture
def toto() -> CurrentSchool:
    return a_school_with("probe", "toto")


@pytest.fixture
def sam(toto: CurrentSchool) -> Client:
    return signed_in(a_learner(toto), "toto")


def write(client: Client, text: str = "Hello", **headers: str) -> Any:
    return client.post(NOTES, {"text": text}, content_type="application/json", headers=headers)


def test_a_note_is_read_by_the_school_and_nobody_else(toto: CurrentSchool, sam: Client) -> None:
    written = write(sam)
    colleague = signed_in(a_learner(toto), "toto")
    stranger = signed_in(a_learner(a_school_with("probe", "campus")), "toto")

    assert written.status_code == 201
    assert colleague.get(NOTES).json()["items"] == [written.json()]
    assert stranger.get(NOTES).status_code == 403
    assert Client(headers={"host": "toto.test"}).get(NOTES).status_code == 401
    assert [news.subject for news in published("probe.noted")] == [Note.objects.get().uuid]


def test_a_page_of_notes_costs_the_same_however_long_it_is(sam: Client) -> None:
    costs = []
    for _ in range(2):
        write(sam)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            sam.get(NOTES)
        costs.append(len(queries))

    assert costs[0] == costs[1]


def test_a_school_may_set_that_none_are_written(toto: CurrentSchool, sam: Client) -> None:
    set_up("probe", toto, most=0)

    refused = write(sam)

    assert (refused.status_code, refused.json()["code"]) == (503, "probe_out_of_paper")
    assert not Note.objects.exists()


def test_who_read_the_rules_is_kept(toto: CurrentSchool, sam: Client) -> None:
    assert sam.put("/api/v1/probe/reading").status_code == 204
    assert Reading.objects.of(toto).count() == 1


def test_what_is_open_is_read_by_whom_the_school_lets(toto: CurrentSchool) -> None:
    set_up("probe", toto, greeting="Welcome", motto="Onwards")
    nobody = Client(headers={"host": "toto.test"})

    assert nobody.get("/api/v1/probe/greeting").json() == {"said": "Welcome"}
    assert nobody.get("/api/v1/probe/motto").json() == {"said": "Onwards"}


def test_a_stored_answer_is_given_again_only_where_the_plugin_is_on(
    toto: CurrentSchool, sam: Client
) -> None:
    first = write(sam, **KEY)
    again = write(sam, **KEY)
    switch_off("probe", toto)
    off = write(sam, **KEY)
    unknown = sam.post("/api/v1/qqqqq/notes", {"text": "Hello"}, content_type="application/json")
    switch_on("probe", toto)
    once_more = write(sam, **KEY)

    assert (first.status_code, again["Idempotent-Replayed"]) == (201, "true")
    assert (off.status_code, off.content) == (404, unknown.content)
    assert "Idempotent-Replayed" not in off
    assert once_more.json() == first.json()
    assert Note.objects.count() == 1
