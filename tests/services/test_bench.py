"""The benchmark can be run: its server starts, and all that it compares answers."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from deploy.management.commands.bench import Command
from tests.clients import AppClient
from tests.pages import a_lesson
from tests.people import a_learner, a_school

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _addresses(settings: Any) -> None:
    settings.ROOT_URLCONF = "deploy.bench.urls"


def test_what_ours_is_compared_with_answers_behind_the_same_middleware(client: Client) -> None:
    school = a_school("toto")
    lesson = a_lesson(school)
    app = AppClient("toto")
    app.log_in(str(a_learner(school).email))
    own = {"host": "toto.test"}

    empty = client.get("/api/v1/content/bench/empty", headers=own)
    signed = app.call("GET", "/api/v1/content/bench/signed")
    wagtail = client.get(f"/api/v1/content/bench/wagtail/pages/{lesson.pk}/", headers=own)

    assert (empty.status_code, empty.content) == (200, b"")
    assert empty["X-Request-Id"]
    assert signed.status_code == 200
    assert wagtail.json()["title"] == lesson.title


def test_the_command_finds_all_that_it_starts() -> None:
    from deploy.bench import feed, hooks, leaderboards, marking, processes, seeding, web

    modules = (feed, hooks, leaderboards, marking, processes, seeding, web)
    assert Command.help
    assert all(module.__doc__ for module in modules)
