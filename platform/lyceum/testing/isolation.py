"""
One school's data never reach another: a plugin on in two schools, both with data, and one asked.

What is one school's alone (its rows' ids and texts, its people, its settings) may be in no answer
of the other; its ids are there what ids of nothing are; and whatever is done there leaves its rows
as they were.
"""

from __future__ import annotations

import html
import io
import json
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Any
from zipfile import ZipFile

from django.core.cache import cache
from django.test import Client

from lyceum.accounts.privacy.archives import write_school
from lyceum.content.page_types import plugin_pages
from lyceum.kernel.clock import now
from lyceum.kernel.identity import new_uuid
from lyceum.kernel.plugins.host import host
from lyceum.schools.current import CurrentSchool
from lyceum.schools.models import Membership, School
from lyceum.schools.plugins.jobs import Call, jobs, run_here
from lyceum.schools.roles import ROLES
from lyceum.testing.addresses import addresses_of
from lyceum.testing.news import deliver_news
from lyceum.testing.operations import Operation, Try, operations_of
from lyceum.testing.people import a_learner, a_member, a_person, signed_in
from lyceum.testing.plugins import a_school_with
from lyceum.testing.traces import (
    Traces,
    crossings,
    rows_by_table,
    tables_of_the_instance,
    traces_of,
)

# What differs between two answers that tell the same.
ID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")
TIME = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)")
NO_KEY = "987654321"

Fill = Callable[[CurrentSchool], object]


def assert_isolated(
    plugin: str,
    *,
    fill: Fill | None = None,
    of_the_instance: Collection[str] = (),
    **settings: Any,
) -> None:
    """
    Hold a plugin to it that what it has of one school never reaches another.

    Two schools have it on and are filled. Of the one, whoever may ask reads all there is by the API
    and in the admin, its own things among it; asks and writes with the other's ids; exports it; and
    has its periodic jobs done. Hooks are not called, nor what a worker is asked for.

    :param plugin: its slug
    :param fill: makes what a school has of the plugin, by the plugin's own services or addresses;
        called for each of the two schools. It must leave a row in every table that is a school's,
        and does well to write texts that only this school has, such as its slug; texts that both
        have are no trace. A plugin that keeps nothing needs none.
    :param of_the_instance: the tables whose rows are of no school
    :param settings: those that it cannot be switched on without
    :raises AssertionError: naming the table that is no school's, or is empty, or the door by which
        one school reaches another
    """
    there, here = (a_school_with(plugin, **settings) for _ in range(2))
    for school in (there, here):
        if fill is not None:
            fill(school)
        deliver_news()
    _look_at_tables(plugin, there, here, set(of_the_instance))
    traces, before = traces_of(plugin, there, beside=here), rows_by_table(plugin, there)
    asked = _Asked(plugin, here, there, traces)
    asked.read()
    _export(here, traces)
    asked.about_the_other()
    _do_what_is_due(plugin, here)
    deliver_news()
    after = rows_by_table(plugin, there)
    changed = [table for table, rows in before.items() if after[table] != rows]
    assert not changed, f"What was done at one school changed {changed} of another."
    _look_at_links(plugin, there, here)


@dataclass(frozen=True)
class _Caller:
    """Somebody who asks; who is `thorough` asks with every id."""

    name: str
    client: Client
    thorough: bool = False


class _Asked:
    """The school that is asked, and what must not be found in its answers."""

    def __init__(
        self, plugin: str, here: CurrentSchool, there: CurrentSchool, others: Traces
    ) -> None:
        self.plugin = plugin
        self.others = others
        # What is sent may be kept, and told to who sent it.
        self.given: set[str] = set()
        self.own = traces_of(plugin, here, beside=there)
        nobody = Client(headers={"host": here.host})
        self.operations = operations_of(plugin, nobody)
        self.callers = [_Caller("nobody", nobody), *_people_of(here, there)]

    def read(self) -> None:
        """Read all there is, as everybody, its own things among it."""
        for caller in self.callers:
            for operation in self.operations:
                if operation.is_read:
                    ids = self.own.ids if caller.thorough else self.own.ids[:1]
                    asked = (operation.asked_about(id) for id in (*ids, str(new_uuid())))
                    for each in dict.fromkeys(asked):
                        self._answer(caller, each)
            for each in self._pages(self.own):
                self._answer(caller, each)

    def about_the_other(self) -> None:
        """Give the other school's ids wherever one is taken: they are as ids of nothing."""
        for caller in (each for each in self.callers if each.thorough):
            for operation in self.operations:
                if operation.takes_an_id():
                    self._compare(caller, operation)
            self.given.update(self.others.ids)
            for page, unknown in zip(self._pages(self.others), self._pages(None), strict=True):
                told, nothing = self._answer(caller, page)[0], self._answer(caller, unknown)[0]
                _are_equal(caller, page, told, nothing)

    def _compare(self, caller: _Caller, operation: Operation) -> None:
        nothing = self._answer(caller, operation.asked_about(str(new_uuid())))
        for id in self.others.ids:
            each = operation.asked_about(id)
            self.given.add(id)
            _are_equal(caller, each, self._answer(caller, each), nothing)

    def _pages(self, traces: Traces | None) -> list[Try]:
        """Return the pages of the admin, with ids of a school, or with those of nothing."""
        ids = (traces.ids[:1] if traces else ()) or (str(new_uuid()),)
        keys = (traces.keys[:1] if traces else ()) or (NO_KEY,)
        named = addresses_of(self.plugin, id=ids[0], number=keys[0])
        return [Try("GET", address) for address in named if address.startswith("/admin/")]

    def _answer(self, caller: _Caller, asked: Try) -> tuple[int, str]:
        """Ask; return the status and the text, in which the other school must not be found."""
        # Nobody is to meet a limit: that answer would tell nothing.
        cache.clear()
        answer = caller.client.generic(
            asked.method, asked.address, asked.body, content_type="application/json"
        )
        where = f"{asked.method} {asked.address} as {caller.name}"
        assert answer.status_code < 500, f"{where} broke: nothing could be seen to leak."
        content = b"".join(answer) if answer.streaming else answer.content
        text = _plain(content.decode(errors="replace"), str(answer.get("Content-Type", "")))
        _look_for(self.others, text, where, self.given)
        return answer.status_code, TIME.sub("<time>", ID.sub("<id>", text))


def _people_of(here: CurrentSchool, there: CurrentSchool) -> Iterator[_Caller]:
    """Yield somebody of each kind; who belongs to both schools has every role in each."""
    both = a_member(here, *ROLES)
    Membership.objects.create(school_id=there.id, user=both, roles=frozenset(ROLES))
    people = {
        "a learner": a_learner(here),
        "a teacher": a_member(here, "teacher"),
        "a manager": a_member(here, "manager"),
        "a stranger": a_learner(there),
        "the operator": a_person(is_superuser=True),
        "a member of both": both,
    }
    for name, person in people.items():
        # Whose rights reach furthest, in either school, tries every id.
        yield _Caller(name, signed_in(person, here.slug), thorough=person is both)


def _are_equal(caller: _Caller, asked: Try, told: Any, nothing: Any) -> None:
    assert told == nothing, (
        f"{asked.method} {asked.address} as {caller.name} with an id of another school is answered "
        f"{told}; with one of nothing, {nothing}."
    )


def _look_for(traces: Traces, text: str, where: str, given: Collection[str] = ()) -> None:
    """Look for what is another school's, but for the ids that it was given itself."""
    found = sorted(each for each in traces.texts if each in text and each not in given)
    assert not found, f"{where} tells what is of another school alone: {found[:5]}."


def _plain(text: str, kind: str) -> str:
    """Return what an answer says, without the signs by which JSON and HTML write it."""
    if "json" in kind and text:
        return json.dumps(json.loads(text), ensure_ascii=False).replace('\\"', '"')
    return html.unescape(text)


def _look_at_tables(
    plugin: str, there: CurrentSchool, here: CurrentSchool, of_the_instance: set[str]
) -> None:
    # A page is its school's by its place in the tree, which its own table does not say.
    free = tables_of_the_instance(plugin) - {page._meta.db_table for page in plugin_pages}
    unsaid, strange = sorted(free - of_the_instance), sorted(of_the_instance - free)
    assert not unsaid, f"The rows of {unsaid} are no school's: is that meant (of_the_instance)?"
    assert not strange, f"The rows of {strange} are a school's, or there is no such table."
    for school in (there, here):
        empty = [table for table, rows in rows_by_table(plugin, school).items() if not rows]
        assert not empty, f"`fill` left no row in {empty}: nothing could be seen to leak."
    _look_at_links(plugin, there, here)


def _look_at_links(plugin: str, there: CurrentSchool, here: CurrentSchool) -> None:
    crossed = [*crossings(plugin, there, here), *crossings(plugin, here, there)]
    assert not crossed, f"Rows of one school point to rows of another, in {crossed}."


def _export(here: CurrentSchool, traces: Traces) -> None:
    written = io.BytesIO()
    write_school(written, School.objects.get(id=here.id), at=now())
    with ZipFile(written) as opened:
        for name in opened.namelist():
            text = _plain(opened.read(name).decode(errors="replace"), name)
            _look_for(traces, text, f"{name} in the school's export")


def _do_what_is_due(plugin: str, here: CurrentSchool) -> None:
    for name in host.plugins[plugin].told.tasks:
        job = jobs.find(plugin, name)
        if job is not None and job.times is not None:
            assert run_here(Call(plugin, name, here.id)), f"The job {name} broke."
