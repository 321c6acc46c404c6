"""
Every address of the admin, as another school's people: nothing of a school is told or changed.

The walk is made from the resolver, see `tests.admin_addresses`. An address with an argument of no
meaning fails, and so does one that is neither open nor the operator's.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client

from lyceum.content.admin.addresses import NAMELESS, OF_ITS_PAGE, OPEN, THINGS, is_open
from lyceum.schools.models import Membership
from tests.admin_addresses import (
    ADDRESSES,
    BROKEN_ON_PURPOSE,
    LEAVING,
    WORDS,
    Address,
    meaning_of,
    values_for,
)
from tests.blocks import a_tests_own_block
from tests.people import a_member
from tests.telltale import Telltale, a_telltale_school

pytestmark = pytest.mark.django_db


class Writing:
    """Notices whether anything was written, so that what was not need not be compared."""

    happened = False

    def __call__(self, execute: Any, sql: str, *args: Any) -> Any:
        if sql.startswith(("INSERT", "UPDATE", "DELETE")) and "django_session" not in sql:
            self.happened = True
        return execute(sql, *args)


@dataclass
class Walk:
    """A person's way through the admin of their school, with another school's ids."""

    ours: Telltale
    theirs: Telltale
    browser: Client
    steps: int = 0
    seen: int = 0
    faults: list[str] = field(default_factory=list)
    untouched: str = ""

    def __post_init__(self) -> None:
        self.untouched = self.theirs.dump()

    def ask(self, address: Address, path: str, *, foreign: bool, body: Any = None) -> None:
        """Call an address; note what it tells of the other school, and what it changed there."""
        self.steps += 1
        kept = SimpleCookie(self.browser.cookies)
        try:
            with a_tests_own_block():
                self._call(address, path, foreign=foreign, body=body)
                if body is not None:
                    transaction.set_rollback(True)
        except Exception as crash:
            self.faults.append(f"{path} ({address.name}): {crash!r}")
        self.browser.cookies = kept

    def _call(self, address: Address, path: str, *, foreign: bool, body: Any) -> None:
        call = self.browser.get if body is None else self.browser.post
        wrote = Writing()
        with connection.execute_wrapper(wrote):
            answer = call(path, body, headers={"x-requested-with": "XMLHttpRequest"})
        method = "GET" if body is None else "POST"
        told = _text_of(answer)
        where = f"{method} {path} ({address.name}) {answer.status_code}"
        if self.theirs.word.lower() in told.lower():
            at = told.lower().index(self.theirs.word.lower())
            self.faults.append(f"{where} tells: …{told[max(0, at - 80) : at + 60]}…")
        self.seen += self.ours.word in told
        if foreign and answer.status_code == 200:
            self.faults.append(f"{where}: a foreign id is answered")
        if answer.status_code >= 500:
            self.faults.append(f"{where}: it broke")
        if wrote.happened and self.theirs.dump() != self.untouched:
            self.faults.append(f"{where}: it changed the other school")


def _text_of(answer: Any) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    # What the next page will say lies in a cookie until then.
    return f"{content.decode('utf-8', 'replace')} {answer.headers} {answer.cookies.output()}"


def queries_for(theirs: Telltale) -> list[str]:
    """Return what is asked of every list: words that find everything, filters by what is theirs."""
    filters = {
        "owner": theirs["user"],
        "edited_by": theirs["manager"],
        "user": theirs["user"],
        "site": theirs["site"],
        "workflow": theirs["workflow"],
        "task": theirs["task"],
        "collection_id": theirs["collection"],
        "collection": theirs["collection"],
        "view_as": "student",
        "locale": 1,
        "html_path": "/",
        "multiple": 1,
        "can_choose_root": 1,
    }
    return [
        f"q={theirs.search}&term={theirs.word[:3]}&search={theirs.search}&p=1&ordering=title",
        "&".join(f"{name}={value}" for name, value in filters.items()),
    ]


def wide_queries_for(theirs: Telltale) -> list[str]:
    """Return what else a list might be asked, each for itself."""
    words = ("q", "term", "search", "tag", "owner", "user", "order", "ordering", "type", "fields")
    things = ("user", "category", "site", "workflow", "task", "collection", "lesson", "group")
    names = ("owner", "edited_by", "child_of", "descendant_of", "ancestor_of", "translation_of")
    return [
        *(f"{word}={theirs.search}" for word in words),
        *(f"{name}={theirs[thing]}&fields=*" for name in names for thing in things[:2]),
        *(f"{thing}={theirs[thing]}" for thing in things),
        *("export=csv", "export=xlsx", "fields=*&limit=20", "for_explorer=1", "id=all"),
        f"id=all&q={theirs.search}",
    ]


def a_crafted_form(theirs: Telltale) -> dict[str, Any]:
    """Return a form of every field that any view might read, each naming what is theirs."""
    host = theirs.school.host
    return {
        "collection": theirs["collection"],
        "collections": theirs["collection"],
        "groups": theirs["group"],
        "role": theirs["group"],
        "group": theirs["group"],
        "user": theirs["user"],
        "task": theirs["task"],
        "workflow": theirs["workflow"],
        "title": "Taken",
        "name": "Taken",
        "slug": "taken",
        "tags": "taken",
        "position": 0,
        "comment": "Taken",
        "is_superuser": "on",
        "is_active": "on",
        "email": f"admin@{theirs.school.slug}.test",
        "action-publish": "on",
        "publish_copies": "on",
        "copy_subpages": "on",
        "new_title": "T",
        "new_slug": "t",
        "external-link-chooser-url": f"http://{host}/{theirs.school.slug}-category/",
        "external-link-chooser-link_text": "",
    }


@pytest.fixture
def schools() -> tuple[Telltale, Telltale]:
    ours = a_telltale_school("toto", word="Apple", search="pear")
    theirs = a_telltale_school("campus", word="Zebra", search="quagga")
    return ours, theirs


def browser_of(person: Any, school: Telltale) -> Client:
    client = Client(headers={"host": school.school.host}, raise_request_exception=False)
    client.force_login(person, backend="lyceum.accounts.backends.AuthenticationBackend")
    return client


def test_every_address_is_open_or_the_operators_and_every_argument_means_something() -> None:
    for address in ADDRESSES:
        for name in address.arguments:
            known = name in WORDS or name in ("app_label", "model_name")
            assert known or meaning_of(address, name), f"{address.form}: {name} means nothing"
            if address.name in OPEN:
                held = {*NAMELESS, *OF_ITS_PAGE, *THINGS, "pk"}
                assert name in held, f"{address.form}: the door does not know {name}"
    gone = OPEN - {address.name for address in ADDRESSES}
    assert not gone, f"open, and nowhere: {gone}"


def walk(person: Any, ours: Telltale, theirs: Telltale, *, wide: bool = False) -> Walk:
    """Go everywhere as a person: each address with each filling, asked each way."""
    way = Walk(ours, theirs, browser_of(person, ours))
    for address in ADDRESSES:
        if address.name in BROKEN_ON_PURPOSE:
            continue
        for values, foreign in values_for(address, ours, theirs, wide=wide):
            path = address.filled(values)
            for query in asked_of(address, theirs, foreign=foreign, wide=wide):
                way.ask(address, f"{path}?{query}" if query else path, foreign=foreign)
            if address.name not in LEAVING:
                way.ask(address, path, foreign=foreign, body=a_crafted_form(theirs))
    return way


def asked_of(address: Address, theirs: Telltale, *, foreign: bool, wide: bool) -> list[str]:
    if foreign or not is_open(address.name):
        # What is not there at all is not asked for in many ways.
        return [""]
    if address.name == "wagtail_bulk_action":
        return [f"id=all&q={theirs.search}", f"id={theirs['lesson']}"]
    return ["", *queries_for(theirs), *(wide_queries_for(theirs) if wide else ())]


def told_of(way: Walk) -> str:
    return "\n".join([f"{len(way.faults)} of {way.steps}:", *way.faults[:40]])


@pytest.fixture(autouse=True)
def keep_no_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    """Spare the copies of every template's context that Django keeps for a test to look at."""
    monkeypatch.setattr("django.test.client.store_rendered_templates", lambda *_, **__: None)


def test_a_manager_finds_nothing_of_another_school(schools: tuple[Telltale, Telltale]) -> None:
    ours, theirs = schools

    way = walk(ours.manager, ours, theirs)

    assert not way.faults, told_of(way)
    # Not because there was nothing to see.
    assert way.seen > 100


@pytest.mark.long
@pytest.mark.parametrize("role", ["teacher", "content_creator", "admin"])
def test_nor_does_anybody_else_on_its_staff(schools: tuple[Telltale, Telltale], role: str) -> None:
    ours, theirs = schools

    way = walk(a_member(ours.school, role), ours, theirs, wide=True)

    assert not way.faults, told_of(way)


@pytest.mark.long
def test_who_manages_both_finds_at_each_address_the_school_whose_host_it_is(
    schools: tuple[Telltale, Telltale],
) -> None:
    ours, theirs = schools
    Membership.objects.create(
        school_id=theirs.school.id, user=ours.manager, roles=frozenset({"manager"})
    )

    way = walk(ours.manager, ours, theirs, wide=True)

    assert not way.faults, told_of(way)
