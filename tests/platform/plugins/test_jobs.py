"""Jobs of plugins: done for one school, where the plugin is in force, and no longer than that."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from lyceum.kernel.clock import now
from lyceum.schools.current import CurrentSchool
from lyceum.schools.models import PluginFailure
from lyceum.schools.plugins.jobs import Jobs, calls_at, jobs
from lyceum.schools.plugins.switching import disable_plugin, enable_plugin
from lyceum.schools.tasks import run_job
from plugins.probe import tasks as probe
from tests.people import a_school

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_done() -> Iterator[None]:
    probe.done.clear()
    yield
    probe.done.clear()


@pytest.fixture
def toto() -> CurrentSchool:
    return enable_plugin(actor=None, school=a_school("toto"), slug="probe", at=now())


def test_a_job_is_done_for_its_school(
    toto: CurrentSchool, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        probe.write_down(toto, "hello")
        assert probe.done == []

    assert probe.done == [("toto", "hello")]


def test_a_job_of_a_plugin_that_is_off_by_now_is_passed_over(toto: CurrentSchool) -> None:
    disable_plugin(actor=None, school=toto, slug="probe", at=now())

    run_job("probe", "write_down", toto.id, '["hello"]')

    assert probe.done == []


def test_what_a_removed_plugin_left_in_the_queue_is_passed_over(toto: CurrentSchool) -> None:
    run_job("removed", "anything", toto.id, "[]")
    run_job("probe", "renamed_since", toto.id, "[]")
    run_job("probe", "write_down", 0, '["hello"]')

    assert probe.done == []
    assert not PluginFailure.objects.exists()


def test_a_job_that_breaks_is_noted(toto: CurrentSchool) -> None:
    run_job("probe", "write_down", toto.id, '["raise"]')

    assert PluginFailure.objects.get().hook == "write_down"


def test_what_json_cannot_hold_is_refused_at_once(toto: CurrentSchool) -> None:
    with pytest.raises(TypeError):
        probe.write_down(toto, object())  # type: ignore[arg-type]


def test_at_its_time_a_job_is_done_where_its_plugin_is_in_force(
    toto: CurrentSchool, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_school("other")
    monkeypatch.setattr(jobs, "_minute", datetime(2026, 3, 2, 2, 58))

    calls = calls_at(datetime(2026, 3, 2, 3, 1, 7, tzinfo=UTC))
    again = calls_at(datetime(2026, 3, 2, 3, 1, 50, tzinfo=UTC))

    assert [(call.name, call.school_id) for call in calls] == [("every_night", toto.id)]
    assert again == []


def test_a_worker_that_was_busy_for_long_makes_up_for_an_hour_at_most() -> None:
    night = Jobs()
    night._jobs = {"probe": {"every_night": probe.every_night}}
    night._minute = datetime(2026, 3, 1, 0, 0)

    assert list(night.due(datetime(2026, 3, 2, 3, 30, tzinfo=UTC))) == [probe.every_night]
    night._minute = datetime(2026, 3, 1, 0, 0)
    assert list(night.due(datetime(2026, 3, 2, 5, 0, tzinfo=UTC))) == []
