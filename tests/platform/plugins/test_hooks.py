"""Hooks: asked of the plugins in force, in their order, and each guarded by itself."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from deploy.bench import hooks as bench
from lyceum.http.draining import Draining, DrainingMiddleware, draining
from lyceum.kernel.plugins.hooks import Contribution, Hooks, Kind, hookimpl, hookspec
from lyceum.kernel.plugins.plugins import BadPart, Plugin
from lyceum.kernel.plugins.watchdog import Watch, Watchdog

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class ASchool:
    id: int
    plugins: frozenset[str]


@hookspec(Kind.VETO, fails_closed=True)
def veto_a_thing(school: ASchool, thing: str) -> None:
    """Refuse a thing."""


def with_hook(specification: Any, **plugins: Any) -> Hooks:
    hooks = Hooks()
    hooks.on_failure = lambda *_: None
    specifications = ModuleType("specifications")
    vars(specifications)[specification.__name__] = specification
    hooks.specify(specifications)
    for slug, implementation in plugins.items():
        module = ModuleType(slug)
        vars(module)[specification.__name__] = hookimpl(implementation)
        hooks.add(Plugin(slug, Path(), slug, "test"), module)
    return hooks


def test_those_in_force_contribute_in_the_order_of_the_plugins() -> None:
    hooks = bench.with_plugins()
    school = ASchool(1, frozenset({"plugin_7", "plugin_2", "plugin_11"}))

    found = hooks.contributions("give", school=school, thing="it")

    assert found == [Contribution(f"plugin_{number}", "it") for number in (2, 7, 11)]


def test_a_filter_that_breaks_leaves_the_value_as_it_was_and_the_next_goes_on() -> None:
    def breaks(value: str) -> str:
        raise ValueError(value)

    hooks = with_hook(bench.change, one=breaks, two=lambda value: value + "!")

    school = ASchool(1, frozenset({"one", "two"}))

    assert hooks.filtered("change", "it", school=school) == "it!"


def test_a_veto_for_safety_refuses_where_it_breaks() -> None:
    def breaks(thing: str) -> None:
        raise SystemExit(1)

    hooks = with_hook(veto_a_thing, one=breaks)

    refusal = hooks.refusal("veto_a_thing", school=ASchool(1, frozenset({"one"})), thing="it")

    assert refusal is not None
    assert (refusal.code, refusal.slug) == ("not_checked", "one")


@pytest.mark.parametrize("answer", [False, True, "no", ["no"], object()])
def test_a_veto_that_answers_what_is_no_answer_counts_as_broken(answer: object) -> None:
    noted: list[str] = []
    hooks = with_hook(veto_a_thing, one=lambda thing: answer)
    hooks.on_failure = lambda slug, hook, school, error: noted.append(type(error).__name__)

    refusal = hooks.refusal("veto_a_thing", school=ASchool(1, frozenset({"one"})), thing="it")

    assert refusal is not None
    assert (refusal.code, noted) == ("not_checked", ["TypeError"])


def test_a_hook_s_failure_is_told_with_plugin_hook_and_school() -> None:
    def breaks() -> None:
        raise ValueError("no")

    told: list[Any] = []
    hooks = with_hook(bench.give, one=breaks)
    hooks.on_failure = lambda *what: told.append(what[:3])

    hooks.contributions("give", school=ASchool(5, frozenset({"one"})), thing="it")

    assert told == [("one", "give", 5)]


def test_who_is_told_of_what_is_stuck_may_fail_without_blinding_the_watchdog() -> None:
    told: list[Watch] = []

    def fails(watch: Watch) -> None:
        raise RuntimeError("the database is away")

    dog = Watchdog()
    dog.on_stuck = [fails, told.append]
    watch = Watch()

    dog._tell(watch)

    assert told == [watch]


def test_a_process_that_is_leaving_turns_requests_away_and_says_when_to_come_again(
    monkeypatch: pytest.MonkeyPatch, rf: RequestFactory
) -> None:
    door = DrainingMiddleware(lambda request: HttpResponse("served"))
    before = door(rf.get("/"))
    monkeypatch.setattr(draining, "is_on", True)

    after = door(rf.get("/"))

    assert (before.content, after.status_code, after["Retry-After"]) == (b"served", 503, "3")
    assert b"restarting" in after.content


def test_a_request_is_under_way_until_its_last_byte_or_its_failure(
    monkeypatch: pytest.MonkeyPatch, rf: RequestFactory
) -> None:
    # Other tests leave answers open, as no server does.
    monkeypatch.setattr(draining, "under_way", {})

    def breaks(request: HttpRequest) -> HttpResponse:
        raise RuntimeError

    response = DrainingMiddleware(lambda request: HttpResponse("served"))(rf.get("/"))
    assert threading.get_ident() in draining.under_way.values()
    response.close()
    with pytest.raises(RuntimeError):
        DrainingMiddleware(breaks)(rf.get("/"))

    assert threading.get_ident() not in draining.under_way.values()
    assert not Draining()._waits()


def test_an_answer_to_a_hook_that_there_is_not_is_a_bad_part() -> None:
    hooks = with_hook(bench.give)
    module = ModuleType("one")
    vars(module)["misspelt"] = hookimpl(lambda: None)

    with pytest.raises(BadPart, match="There is no hook misspelt"):
        hooks.check(Plugin("one", Path(), "one", "test"), module)
