"""
Off means off: every door of a plugin, where it is on and where it is off, both at once.

Where it is off, each must answer as if the plugin had never been installed: what is asked of it is
asked of a slug that is nobody's too, and the two answers are equal byte for byte, but for the id of
the request and the slug itself.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.test import Client, RequestFactory

from lyceum.access.permissions import can, permissions_of
from lyceum.content.admin.plugin_pages import panels_of_plugins, plugin_admins
from lyceum.content.exercises.kinds import kinds_at, kinds_off_at, owners_of_kinds
from lyceum.events import deliveries
from lyceum.events.services import Fact, publish
from lyceum.http.screens import plugins_in_force
from lyceum.kernel.clock import now
from lyceum.kernel.plugins.hooks import hooks
from lyceum.kernel.plugins.host import host
from lyceum.schools.current import CurrentSchool
from lyceum.schools.plugins.jobs import Call, is_wanted
from lyceum.schools.scope import within
from lyceum.testing.addresses import addresses_beside, addresses_of
from lyceum.testing.news import all_told
from lyceum.testing.people import (
    a_learner,
    a_member,
    a_person,
    a_program,
    a_school,
    a_token,
    signed_in,
)
from lyceum.testing.plugins import a_school_with, switch_off

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
# Of each request its own: its id, and when it was answered.
APART = {"X-Request-Id", "Expires"}
BODY = json.dumps({"anything": 1})

Way = tuple[str, str, str]  # a method, a path, and a body


@dataclass(frozen=True)
class Answer:
    """What came back, as far as it may not differ."""

    status: int
    headers: dict[str, str]
    cookies: frozenset[str]
    body: bytes


def assert_off_is_off(plugin: str, **settings: Any) -> None:
    """
    Try every door of a loaded plugin, in a school where it is in force and in one where it is not.

    :param plugin: its slug
    :param settings: those that it cannot be switched on without
    :raises AssertionError: naming the door that tells of it where it is off
    """
    on, off = a_school_with(plugin, **settings), a_school()
    _try_addresses(plugin, on, off)
    _try_documents(plugin, on, off)
    _try_the_admin(plugin, on, off)
    _try_permissions(plugin, on, off)
    _try_what_is_called(plugin, on, off)
    off_by_now = switch_off(plugin, on)
    _try_addresses_of_nobody(plugin, off_by_now)


def unknown_like(slug: str) -> str:
    """Return a slug of the same length that is nobody's: lengths are told in headers."""
    unknown = "q" * len(slug)
    return unknown if unknown not in host.plugins else "z" * len(slug)


def _try_addresses(plugin: str, on: CurrentSchool, off: CurrentSchool) -> None:
    member, manager = a_learner(off), a_member(off, "manager")
    nobody = Client(headers={"host": off.host})
    callers = {
        "nobody": nobody,
        "a token": a_program(a_token(member, off, "content:read"), off.slug),
        "a manager": signed_in(manager, off.slug),
        "the operator": signed_in(a_person(is_superuser=True), off.slug),
    }
    known = addresses_of(plugin)
    for address in known + addresses_beside(plugin):
        for who, client in callers.items():
            _compare(plugin, client, who, asked=_ways(address, every=who == "nobody"))
    where_on = Client(headers={"host": on.host})
    for address in known:
        there = any(
            _ask(where_on, plugin, method, address)
            != _ask(where_on, plugin, method, _elsewhere(plugin, address))
            for method in ("GET", "PUT", "DELETE")
        )
        assert there, f"{address} is nowhere, not even where {plugin} is on."


def _try_addresses_of_nobody(plugin: str, school: CurrentSchool) -> None:
    for address in addresses_of(plugin):
        client = Client(headers={"host": school.host})
        _compare(plugin, client, "nobody", asked=[("GET", address, "")])


def _ways(address: str, *, every: bool) -> list[Way]:
    """Return how an address is asked: with a body; with `every`, without, and by another slash."""
    other = address[:-1] if address.endswith("/") else f"{address}/"
    ways = [(address, BODY), *([(address, ""), (other, "")] if every else [])]
    return [(method, path, body) for method in METHODS for path, body in ways]


def _compare(plugin: str, client: Client, who: str, *, asked: list[Way]) -> None:
    for method, path, body in asked:
        told = _ask(client, plugin, method, path, body)
        nothing = _ask(client, plugin, method, _elsewhere(plugin, path), body)
        assert told == nothing, (
            f"{method} {path} as {who} tells of {plugin}: {told}, not {nothing}."
        )


def _ask(client: Client, plugin: str, method: str, path: str, body: str = "") -> Answer:
    answer = client.generic(method, path, body, content_type="application/json")
    unknown = unknown_like(plugin)
    headers = {
        name: value.replace(unknown, plugin)
        for name, value in answer.headers.items()
        if name not in APART
    }
    content = b"".join(answer) if answer.streaming else answer.content
    told = content.replace(unknown.encode(), plugin.encode())
    return Answer(answer.status_code, headers, frozenset(answer.cookies), told)


def _elsewhere(plugin: str, path: str) -> str:
    return path.replace(f"/{plugin}", f"/{unknown_like(plugin)}", 1)


def _try_documents(plugin: str, on: CurrentSchool, off: CurrentSchool) -> None:
    has_endpoints = any(each.startswith("/api/") for each in addresses_of(plugin))
    for school, is_on in ((on, True), (off, False)):
        client = Client(headers={"host": school.host})
        document = client.get("/api/v1/openapi.json").json()
        named = [path for path in document["paths"] if path.startswith(f"/api/v1/{plugin}/")]
        assert bool(named) is (is_on and has_endpoints), f"The document tells {named}."
        features = [each["slug"] for each in client.get("/api/v1/school").json()["plugins"]]
        assert (plugin in features) is is_on, f"GET /school tells {features}."
        assert (plugin in {each.slug for each in plugins_in_force(school)}) is is_on


def _try_the_admin(plugin: str, on: CurrentSchool, off: CurrentSchool) -> None:
    admin = plugin_admins.get(plugin)
    operator = a_person(is_superuser=True)
    for school, is_on in ((on, True), (off, False)):
        home = signed_in(operator, school.slug).get("/admin/").content.decode()
        is_told = f"/admin/plugins/{plugin}/" in home
        assert is_told is (is_on and bool(admin and admin.entries)), "The menu is wrong."
        request = RequestFactory().get("/admin/")
        request.user = operator
        with within(school):
            panels = [each for each in panels_of_plugins(request) if each.slug == plugin]
        assert bool(panels) is (is_on and bool(admin and admin.panels)), "The panels are wrong."


def _try_permissions(plugin: str, on: CurrentSchool, off: CurrentSchool) -> None:
    operator = a_person(is_superuser=True)
    for permission in host.plugins[plugin].told.permissions:
        code = f"{plugin}.{permission.code}"
        people = [operator, *(a_member(off, role) for role in permission.roles)]
        assert can(operator, code, on), f"The operator lacks {code} where it is in force."
        assert not any(can(each, code, off) for each in people), f"{code} is held where it is off."
        with within(off):
            assert not any(can(each, code) for each in people), f"{code} is held where it is off."
    held = permissions_of(operator, off)
    assert not [code for code in held if code.startswith(f"{plugin}.")]


def _try_what_is_called(plugin: str, on: CurrentSchool, off: CurrentSchool) -> None:
    told = host.plugins[plugin].told
    own = {name for name, owner in owners_of_kinds.items() if owner == plugin}
    assert own <= {kind.name for kind in kinds_at(on)}, "A kind of exercise is not there."
    assert own <= set(kinds_off_at(off)), "A kind of exercise is there where it is off."
    for hook in told.hooks:
        assert plugin in hooks.answering(hook, school=on), f"{hook} is not asked where it is on."
        assert plugin not in hooks.answering(hook, school=off), f"{hook} is asked where it is off."
    for task in told.tasks:
        assert is_wanted(Call(plugin, task, on.id)), f"{task} is not done where it is on."
        assert not is_wanted(Call(plugin, task, off.id)), f"{task} is done where it is off."
    at = now()
    with transaction.atomic():
        for type in told.listens:
            for school in (on, off):
                publish(Fact(type, at=at, school=school.uuid, data=all_told(type, {})))
    due = deliveries.due_to_plugins(now())
    hears = {each.school for each in due if each.consumer == deliveries.TO_PLUGINS + plugin}
    assert off.uuid not in hears, f"{plugin} hears news where it is off."
