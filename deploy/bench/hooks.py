"""Measures hooks: how many calls a second the host makes, its guards included.

    python3 manage.py bench hooks [--rounds 15]

20 plugins answer each hook, of which 10 are in force in the school that is asked for.
"""

from __future__ import annotations

import sys
import time
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from statistics import median
from types import ModuleType
from typing import Any

import django

from lyceum.kernel.plugins.hooks import Hooks, Kind, Refusal, hookimpl, hookspec
from lyceum.kernel.plugins.plugins import Plugin

PLUGINS = 20
IN_FORCE = 10
CALLS = 5_000  # of each hook in a round
AT_LEAST = 100_000  # calls a second


class ASchool:
    """A school as hooks see it."""

    id = 1
    plugins = frozenset(f"plugin_{number}" for number in range(0, PLUGINS, PLUGINS // IN_FORCE))


def main() -> None:
    parser = ArgumentParser(description="Measure how many hook calls a second the host makes.")
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args().rounds
    django.setup()
    hooks = with_plugins()
    school = ASchool()
    calls: dict[str, Callable[[], Any]] = {
        "contributions": lambda: hooks.contributions("give", school=school, thing="it"),
        "a filter": lambda: hooks.filtered("change", "it", school=school),
        "a veto": lambda: hooks.refusal("refuse", school=school, thing="it"),
    }
    assert len(calls["contributions"]()) == IN_FORCE
    rates: dict[str, list[float]] = {name: [] for name in calls}
    for _ in range(rounds):
        # In turn, so that a busy machine hits all of them alike.
        for name, call in calls.items():
            rates[name].append(rate_of(call))
    print(f"{PLUGINS} plugins, {IN_FORCE} of them in force; medians of {rounds} rounds")
    print(f"{'':16}{'calls/s':>10}{'implementations/s':>20}")
    for name, found in rates.items():
        print(f"{name:16}{median(found):>10,.0f}{median(found) * IN_FORCE:>20,.0f}")
    slowest = min(median(found) for found in rates.values())
    verdict = "reached" if slowest >= AT_LEAST else "NOT REACHED"
    print(f"{verdict}: {AT_LEAST:,} calls a second, of the slowest kind {slowest:,.0f}")
    sys.exit(slowest < AT_LEAST)


def rate_of(call: Callable[[], Any]) -> float:
    """Return how often a second of CPU holds a call."""
    began = time.process_time()
    for _ in range(CALLS):
        call()
    return CALLS / (time.process_time() - began)


def with_plugins() -> Hooks:
    """Return hooks of each kind, with as many plugins as are measured."""
    hooks = Hooks()
    specifications = ModuleType("specifications")
    vars(specifications).update(give=give, change=change, refuse=refuse)
    hooks.specify(specifications)
    for number in range(PLUGINS):
        module = ModuleType(f"plugin_{number}")
        vars(module).update(implementations(number))
        hooks.add(Plugin(f"plugin_{number}", Path(), module.__name__, "bench"), module)
    return hooks


@hookspec(Kind.CONTRIBUTION)
def give(school: ASchool, thing: str) -> str | None:
    """Give something."""


@hookspec(Kind.FILTER)
def change(school: ASchool, value: str) -> str | None:
    """Change a value."""


@hookspec(Kind.VETO)
def refuse(school: ASchool, thing: str) -> Refusal | None:
    """Refuse something."""


def implementations(number: int) -> dict[str, Callable[..., Any]]:
    """Return what one plugin answers."""

    @hookimpl
    def give(school: ASchool, thing: str) -> str:
        return thing

    @hookimpl
    def change(value: str) -> str:
        return value

    @hookimpl
    def refuse(thing: str) -> None:
        return None

    return {"give": give, "change": change, "refuse": refuse}


if __name__ == "__main__":
    main()
