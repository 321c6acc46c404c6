"""Prepared queries: written once, and each run with the values it brings."""

from __future__ import annotations

from typing import Any

import pytest
from django.db.models import BigIntegerField, CharField, QuerySet, UUIDField

from lyceum.accounts.models import User
from lyceum.kernel.prepared import ManySlot, Put, Question, Slot, fetch
from tests.people import a_person

pytestmark = pytest.mark.django_db


def test_a_query_is_built_once_and_answers_what_each_run_asks() -> None:
    ada, bob = a_person(first_name="Ada"), a_person(first_name="Bob")
    built: list[str] = []

    def by_uuid() -> QuerySet[User]:
        built.append("once")
        return User.objects.filter(uuid=Slot("uuid", UUIDField())).select_related("profile")

    [first] = fetch("test: by uuid", by_uuid, uuid=ada.uuid)
    [second] = fetch("test: by uuid", by_uuid, uuid=bob.uuid)

    assert (first, second, built) == (ada, bob, ["once"])
    # An object like any other: complete, saved, and with what came with it.
    assert first.profile.user is first
    first.first_name = "Ada M."
    first.save()
    ada.refresh_from_db()
    assert (ada.first_name, ada.date_joined) == ("Ada M.", first.date_joined)


def test_rows_are_tuples_in_the_order_in_which_they_were_asked_for() -> None:
    people = [a_person(last_name=name) for name in ("One", "Two", "Three")]

    def named(names: tuple[str, ...]) -> list[Any]:
        return fetch(
            "test: named",
            lambda: (
                User.objects.filter(last_name__in=ManySlot("names", CharField()))
                .order_by("pk")
                .values_list("last_name", "uuid")
            ),
            names=names,
        )

    assert named(("One", "Three")) == [("One", people[0].uuid), ("Three", people[2].uuid)]
    assert named(()) == []


def test_a_question_is_asked_with_slots_or_as_a_queryset_like_any_other() -> None:
    people = [a_person(last_name="Same") for _ in range(3)]

    def build(put: Put) -> QuerySet[User]:
        return User.objects.filter(last_name=put("name", CharField()))

    question = Question("test: same", build, {"name": "Same"}).refined(
        lambda rows, put: rows.filter(pk__gt=put("after", BigIntegerField())).order_by("pk"),
        after=people[0].pk,
    )

    assert question.rows().count() == 2
    assert question.fetch(lambda rows: rows) == people[1:]
    assert question.fetch(lambda rows: rows.values_list("pk")[:1], 1) == [(people[1].pk,)]


def test_a_query_that_can_have_no_rows_has_none() -> None:
    assert fetch("test: none", lambda: User.objects.none()) == []
