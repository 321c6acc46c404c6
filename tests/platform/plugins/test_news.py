"""News to plugins: told once, where the plugin is in force, and undone where it breaks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from lyceum.events.models import Delivery
from lyceum.events.services import Fact, publish
from lyceum.kernel.clock import now
from lyceum.schools.current import CurrentSchool, school_by_id
from lyceum.schools.models import PluginFailure
from lyceum.schools.plugins.failures import MOST
from lyceum.schools.plugins.switching import disable_plugin, enable_plugin
from lyceum.schools.scope import within
from lyceum.testing.news import tell_plugins
from plugins.probe import hooks as probe
from tests.people import a_school

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def silence() -> Iterator[None]:
    probe.heard.clear()
    yield
    probe.heard.clear()


@pytest.fixture
def toto() -> CurrentSchool:
    school = enable_plugin(actor=None, school=a_school("toto"), slug="probe", at=now())
    # What was said of it in the meantime, as it hears of all that happens.
    Delivery.objects.all().delete()
    return school


def say(school: CurrentSchool, type: str = "probe.said", **data: Any) -> None:
    with transaction.atomic():
        publish(Fact(type, at=now(), school=school.uuid, data=data))


def test_a_plugin_is_told_once_of_what_it_listens_to(toto: CurrentSchool) -> None:
    say(toto, name="Sam")
    say(toto, "badges.level_reached")

    assert tell_plugins() == 1
    assert tell_plugins() == 0
    assert [(school, news.type, news.data) for school, news in probe.heard] == [
        ("toto", "probe.said", {"name": "Sam"})
    ]
    assert not Delivery.objects.filter(consumer="plugin:probe").exists()


def test_nothing_is_kept_for_a_plugin_that_was_off_when_it_happened(toto: CurrentSchool) -> None:
    other = a_school("other")
    say(other)
    enable_plugin(actor=None, school=other, slug="probe", at=now())
    tell_plugins()

    assert probe.heard == []


def test_what_happened_just_before_it_was_switched_off_it_does_not_hear(
    toto: CurrentSchool,
) -> None:
    say(toto)
    disable_plugin(actor=None, school=toto, slug="probe", at=now())
    tell_plugins()

    assert probe.heard == []
    assert not Delivery.objects.exists()


def test_news_of_another_plugin_is_dormant_while_that_one_is_away(toto: CurrentSchool) -> None:
    say(toto, "absent.said")
    say(toto, "probe.said")

    tell_plugins()

    assert [news.type for _, news in probe.heard] == ["probe.said"]


def test_a_plugin_that_breaks_is_told_again_later_and_the_others_at_once(
    toto: CurrentSchool, monkeypatch: pytest.MonkeyPatch
) -> None:
    say(toto, **{"raise": "not that one"})
    say(toto)

    assert tell_plugins() == 2
    assert len(probe.heard) == 1
    assert PluginFailure.objects.get().error == "ValueError: not that one"
    assert Delivery.objects.get().attempts == 1
    assert tell_plugins() == 0


def test_one_that_breaks_again_and_again_is_suspended_and_hears_no_more(
    toto: CurrentSchool,
) -> None:
    for _ in range(MOST + 2):
        say(toto, **{"raise": "never"})

    tell_plugins()

    assert PluginFailure.objects.count() == MOST
    assert "probe" not in school_by_id(toto.id).plugins
    Delivery.objects.update(due_at=now())
    tell_plugins()
    assert not Delivery.objects.exists()


def test_in_a_request_publishing_asks_for_no_school(
    toto: CurrentSchool, django_assert_num_queries: Any
) -> None:
    with within(toto), transaction.atomic(), django_assert_num_queries(2):
        facts = (Fact("member_left", at=now(), school=toto.uuid) for _ in range(20))
        publish(*facts)
