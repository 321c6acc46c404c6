"""What people write is shown in the admin and in our own pages, and never runs there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import models, transaction
from django.test import Client

from content_types.models import Exercise, Lesson
from lyceum.accounts.models import Profile
from lyceum.content.admin.addresses import is_open
from lyceum.content.exercises.kinds import exercise_kinds
from tests.admin_addresses import ADDRESSES, BROKEN_ON_PURPOSE, LEAVING, values_for
from tests.blocks import a_tests_own_block
from tests.children import a_class
from tests.content_types.exercise_kinds.tasks import a_choice
from tests.markup import IMAGE, SCRIPT, TEXT, a_block_of_texts, what_runs
from tests.pages import an_exercise
from tests.people import signed_in
from tests.telltale import Telltale, a_telltale_school

pytestmark = pytest.mark.django_db

# Texts that are not written freely: codes that the house knows, and what it makes itself.
CODES = frozenset(
    {"level", "url_path", "language", "time_zone", "join_code", "phone", "password", "username"}
)
MORE_PAGES = ("exercise", "bank", "course", "subcategory")


@pytest.fixture(autouse=True)
def keep_no_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.test.client.store_rendered_templates", lambda *_, **__: None)


@pytest.fixture
def school() -> Telltale:
    made = a_telltale_school("toto", word=SCRIPT, search=IMAGE)
    things = made.things
    for thing in list(things.values()):
        if isinstance(thing, models.Model):
            write_everywhere(thing)
    for profile in Profile.objects.all():
        write_everywhere(profile)
    for name in ("image", "document", "media"):
        things[name].tags.add(TEXT)
    things["task_state"].comment = TEXT
    things["task_state"].save()
    draft = Lesson.objects.get(pk=things["draft"].pk)
    draft.body_en = json.dumps(
        a_block_of_texts(Lesson._meta.get_field("body_en").stream_block, made)
    )
    draft.save_revision(user=made.manager)
    options = [{"text": f"{n} {TEXT}", "correct": n == 1, "feedback": {}} for n in (1, 2)]
    value = a_choice(question=TEXT, options=options, multiple=False)
    choice = {"type": "multiple_choice", "value": value}
    an_exercise(things["lesson"], TEXT, instructions_en=TEXT, task=json.dumps([choice]))
    for kind in exercise_kinds:
        # Not published: a text that is good for every kind there is none.
        an_exercise(
            things["lesson"],
            TEXT,
            published=False,
            instructions_en=TEXT,
            explanation_en=TEXT,
            hints_en=json.dumps([{"type": "hint", "value": TEXT}]),
            task=json.dumps([{"type": kind.name, "value": a_block_of_texts(kind.block(), made)}]),
        )
    a_class(made.school, things["teacher"], TEXT)
    return made


def write_everywhere(thing: models.Model) -> None:
    """Fill the texts of a row that were left empty."""
    for field in thing._meta.concrete_fields:
        free = isinstance(field, models.CharField | models.TextField) and not isinstance(
            field, models.SlugField | models.EmailField | models.URLField
        )
        long = field.max_length is None or field.max_length >= len(TEXT)
        written = field.editable and not field.choices and field.name not in CODES
        if free and long and written and getattr(thing, field.attname) == "":
            type(thing)._base_manager.filter(pk=thing.pk).update(**{field.name: TEXT})


def paths(school: Telltale) -> Iterator[tuple[str, bool]]:
    """Yield each open address with one's own ids, and whether a form may be sent to it."""
    lists = urlencode({"q": TEXT, "search": TEXT, "view_as": TEXT, "next": TEXT, "tag": TEXT})
    for address in ADDRESSES:
        if address.name in BROKEN_ON_PURPOSE | LEAVING or not is_open(address.name):
            continue
        filled = {
            address.filled(values): None
            for values, _ in values_for(address, school, school, wide=True)
        }
        if address.arguments == ("page_id",):
            filled |= {address.filled({"page_id": school[name]}): None for name in MORE_PAGES}
        for number, path in enumerate(filled):
            yield path, number == 0
            if number == 0:
                yield f"{path}?{lists}", False


def our_own_pages(school: Telltale) -> Iterator[str]:
    yield from ("/api/v1/docs", "/api/v1/problems/not_found", f"/api/v1/problems/{SCRIPT}")
    yield f"/preview?{urlencode({'token': TEXT})}"
    for whom in ("student:A1", "teacher", "anonymous", TEXT):
        view = urlencode({"view_as": whom})
        yield f"/admin/view-as/?{view}"
        for plural, name in (("lessons", "lesson"), ("courses", "course")):
            yield f"/admin/view-as/{plural}/{school.things[name].uuid}/?{view}"


class Look:
    """Goes to addresses as one person, and notes what would run in an answer."""

    def __init__(self, browser: Client) -> None:
        self.browser = browser
        self.faults: list[str] = []
        self.showed = 0

    def at(self, path: str, form: Any = None) -> None:
        with a_tests_own_block():
            call = self.browser.get if form is None else self.browser.post
            answer = call(path, form)
            if answer.headers.get("Location", "").startswith("/preview"):
                answer = self.browser.get(answer["Location"])
            transaction.set_rollback(True)
        if answer.streaming:
            # Not `close()`, which would close the database too.
            for close in answer._resource_closers:
                close()
            return
        body = answer.content.decode("utf-8", "replace")
        self.showed += "telltale" in body
        for fault in what_runs(answer, body):
            self.faults.append(f"{'GET' if form is None else 'POST'} {path}: …{fault}…")
        if answer.status_code >= 500:
            self.faults.append(f"{path}: it broke")


def test_nothing_that_people_write_runs_in_a_page(school: Telltale) -> None:
    browser = signed_in(school.manager, "toto")
    browser.raise_request_exception = False
    look = Look(browser)

    for path, takes_form in paths(school):
        look.at(path)
        if takes_form:
            # Notices lie in a cookie until the next page, and are looked at there.
            look.at(path, {})
    for path in our_own_pages(school):
        look.at(path)
    for exercise in Exercise.objects.all():
        look.at(f"/admin/pages/{exercise.pk}/edit/")
    look.at("/admin/children/cards/", {"child": str(school["child"])})

    assert not look.faults, "\n".join([str(len(look.faults)), *look.faults[:30]])
    # Not because there was nothing to see.
    assert look.showed > 100
