"""
Off means off: every door of a plugin, where it is on and where it is off, both at once.

Where it is off, each must answer as if the plugin had never been installed: what is asked of it is
asked of a slug that is nobody's too, and the two answers are equal byte for byte, but for the id of
the request and the slug itself.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.test import Client
from django.urls import Resolver404, resolve

from lyceum.access.permissions import can
from lyceum.events.deliveries import TO_PLUGINS
from lyceum.events.models import Delivery
from lyceum.events.services import Fact, publish
from lyceum.kernel.clock import now
from lyceum.kernel.plugins.hooks import hooks
from lyceum.kernel.plugins.host import host
from lyceum.schools.current import CurrentSchool
from lyceum.schools.plugins.jobs import Call, is_wanted
from lyceum.schools.scope import within
from lyceum.testing.addresses import AN_ID, addresses_beside, addresses_of
from lyceum.testing.doors import brought_to_pages, doors_at, streams_of_pages
from lyceum.testing.news import all_told, tell_plugins
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
REPORTABLES = "register_reportables"
FRONT_END = "https://app.example"
# What a request may bring beside, each with a method that it belongs to.
MANNERS: tuple[tuple[str, Mapping[str, str]], ...] = (
    ("GET", {"accept-language": "ar"}),
    ("GET", {"accept": "text/html"}),
    ("GET", {"if-none-match": "*"}),
    ("GET", {"if-modified-since": "Fri, 01 Jan 2100 00:00:00 GMT"}),
    ("GET", {"range": "bytes=0-1"}),
    ("GET", {"origin": FRONT_END}),
    ("GET", {"origin": "https://elsewhere.example"}),
    ("GET", {"authorization": "Bearer nonsense"}),
    ("OPTIONS", {"origin": FRONT_END, "access-control-request-method": "PUT"}),
    ("POST", {"idempotency-key": "0198c9a0-5b1e-7b3c"}),
    ("POST", {"content-encoding": "gzip"}),
)
# What the platform has of every plugin, for those who may switch it.
OURS = (
    *(f"/admin/plugins/of/{{slug}}/{page}/" for page in ("switch", "settings", "data")),
    *(f"/api/v1/plugins/{{slug}}/{thing}" for thing in ("enabled", "settings", "data")),
)

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
    on = a_school_with(plugin, **settings)
    off = a_school(allowed_origins=[FRONT_END])
    _try_addresses(plugin, on, off)
    _try_doors(plugin, on, off)
    _try_what_is_kept(plugin, off)
    _try_lists(plugin, off)
    _try_reports(plugin, on, off)
    off_by_now = _try_what_waits(plugin, on)
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
        for method, manners in MANNERS:
            _compare(plugin, nobody, "nobody", asked=[(method, address, BODY)], headers=manners)
    may_not_switch = {**callers, "a teacher": signed_in(a_member(off, "teacher"), off.slug)}
    for who in ("nobody", "a token", "a teacher"):
        for form in OURS:
            asked = _ways(form.format(slug=plugin), every=False)
            _compare(plugin, may_not_switch[who], who, asked=asked)
    where_on = Client(headers={"host": on.host})
    for address in known:
        there = any(
            _ask(where_on, plugin, method, address)
            != _ask(where_on, plugin, method, _elsewhere(plugin, address))
            for method in ("GET", "PUT", "DELETE")
        )
        there = there or is_mounted(address, on)
        assert there, f"{address} is nowhere, not even where {plugin} is on."


def is_mounted(address: str, school: CurrentSchool | None = None) -> bool:
    """Return whether an address of the editor leads to a view, of whatever row there is none."""
    with within(school):
        try:
            return address.startswith("/admin/") and bool(resolve(address))
        except Resolver404:
            return False


def _try_addresses_of_nobody(plugin: str, school: CurrentSchool) -> None:
    for address in addresses_of(plugin):
        client = Client(headers={"host": school.host})
        _compare(plugin, client, "nobody", asked=[("GET", address, "")])


def _ways(address: str, *, every: bool) -> list[Way]:
    """Return how an address is asked: with a body; with `every`, without, and by another slash."""
    other = address[:-1] if address.endswith("/") else f"{address}/"
    ways = [(address, BODY), *([(address, ""), (other, "")] if every else [])]
    return [(method, path, body) for method in METHODS for path, body in ways]


def _compare(
    plugin: str,
    client: Client,
    who: str,
    *,
    asked: list[Way],
    headers: Mapping[str, str] | None = None,
) -> None:
    for method, path, body in asked:
        told = _ask(client, plugin, method, path, body, headers)
        nothing = _ask(client, plugin, method, _elsewhere(plugin, path), body, headers)
        assert told == nothing, (
            f"{method} {path} as {who} tells of {plugin}: {told}, not {nothing}."
        )


def _ask(
    client: Client,
    plugin: str,
    method: str,
    path: str,
    body: str = "",
    headers: Mapping[str, str] | None = None,
) -> Answer:
    answer = client.generic(method, path, body, content_type="application/json", headers=headers)
    unknown = unknown_like(plugin)
    told_in = {
        name: value.replace(unknown, plugin)
        for name, value in answer.headers.items()
        if name not in APART
    }
    content = b"".join(answer) if answer.streaming else answer.content
    told = content.replace(unknown.encode(), plugin.encode())
    return Answer(answer.status_code, told_in, frozenset(answer.cookies), told)


def _elsewhere(plugin: str, path: str) -> str:
    return path.replace(f"/{plugin}", f"/{unknown_like(plugin)}", 1)


def _try_doors(plugin: str, on: CurrentSchool, off: CurrentSchool) -> None:
    operator = a_person(is_superuser=True)
    closed = [
        door for door, is_open in doors_at(plugin, on, operator=operator).items() if not is_open
    ]
    assert not closed, f"Where {plugin} is on, these are closed: {closed}."
    opened = [door for door, is_open in doors_at(plugin, off, operator=operator).items() if is_open]
    assert not opened, f"Where {plugin} is off, these are open: {opened}."
    for permission in host.plugins[plugin].told.permissions:
        code = f"{plugin}.{permission.code}"
        people = [a_member(off, role) for role in permission.roles]
        assert not any(can(each, code, off) for each in people), f"{code} is held where it is off."


def _try_what_is_kept(plugin: str, off: CurrentSchool) -> None:
    """Read and write pages that hold what the plugin brought: none of it is lost."""
    for name in brought_to_pages(plugin):
        stored = [{"type": name, "value": {"anything": [1]}, "id": AN_ID}]
        for stream in streams_of_pages():
            with within(off):
                kept = stream.get_prep_value(stream.to_python(stored))
            assert kept == stored, f"{name} is not kept where {plugin} is off."


def _try_lists(plugin: str, off: CurrentSchool) -> None:
    """Read all that the platform lists, as nobody and as a teacher: none of it names the plugin."""
    nobody = Client(headers={"host": off.host})
    teacher = signed_in(a_member(off, "teacher"), off.slug)
    paths = nobody.get("/api/v1/openapi.json").json()["paths"]
    lists = [path for path in paths if "{" not in path and "get" in paths[path]]
    named = re.compile(rf'["/]{plugin}["./]'.encode())
    for path in lists:
        for client in (nobody, teacher):
            answer = client.get(path)
            told = b"".join(answer) if answer.streaming else answer.content
            assert not named.search(told), f"{path} tells of {plugin}: {told!r}."


def _try_reports(plugin: str, on: CurrentSchool, off: CurrentSchool) -> None:
    """Report things of the plugin and of nobody's, where it is off: the answers are equal."""
    if REPORTABLES not in host.plugins[plugin].told.hooks:
        return
    found = hooks.contributions(REPORTABLES, school=on)
    own = [each.value for each in found if each.slug == plugin]
    types = {getattr(thing, "type", "") for several in own for thing in several}
    member = signed_in(a_learner(off), off.slug)
    for type in sorted(each for each in types if each.startswith(f"{plugin}.")):
        other = type.replace(plugin, unknown_like(plugin), 1)
        told, nothing = (
            member.post(
                "/api/v1/reports",
                {"type": each, "id": AN_ID, "kind": "spam"},
                content_type="application/json",
            )
            for each in (type, other)
        )
        assert told.status_code == nothing.status_code == 422, told.content
        assert told.content.replace(type.encode(), other.encode()) == nothing.content


def _try_what_waits(plugin: str, on: CurrentSchool) -> CurrentSchool:
    """Switch the plugin off while it has work waiting: none of it is done, no page is kept."""
    told = host.plugins[plugin].told
    manager = signed_in(a_member(on, "manager"), on.slug)
    read = [(each, manager.get(each).headers.get("ETag", "")) for each in addresses_of(plugin)]
    at = now()
    with transaction.atomic():
        for type in told.listens:
            publish(Fact(type, at=at, school=on.uuid, data=all_told(type, {})))
    off = switch_off(plugin, on)
    calls = [Call(plugin, task, on.id) for task in told.tasks]
    assert not [call.name for call in calls if is_wanted(call)], "A job that waited is done."
    tell_plugins()
    left = Delivery.objects.filter(consumer=f"{TO_PLUGINS}{plugin}", event__school=on.uuid)
    assert not left.exists(), "News that waited is kept."
    for address, tag in read:
        kept = {"if-none-match": tag or "*"}
        _compare(plugin, manager, "a manager", asked=[("GET", address, "")], headers=kept)
    return off
