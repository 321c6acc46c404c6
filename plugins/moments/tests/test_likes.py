"""Likes: a count equals its rows, whoever likes and unlikes at the same time."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from lyceum.plugin.clock import now
from lyceum.testing.people import a_learner
from plugins.moments.actors import Actor
from plugins.moments.models import Like, Moment
from plugins.moments.services.liking import like_moment, unlike_moment
from plugins.moments.services.posting import Draft, post_moment
from plugins.moments.tests.telling import do, post, read
from tests.at_once import at_once

THREADS, EACH, PEOPLE = 20, 10, 50


@pytest.mark.django_db
def test_a_like_counts_once_and_is_taken_back_once(as_ana: Client, as_ben: Client) -> None:
    made = post(as_ana)
    address = f"/{made['id']}/like"

    def seen() -> tuple[int, bool]:
        moment = read(as_ben, f"/{made['id']}")
        return moment["likes"], moment["is_liked"]

    do(as_ben, "put", address)
    do(as_ben, "put", address)
    twice = seen()
    do(as_ben, "delete", address)
    do(as_ben, "delete", address)

    assert (twice, seen()) == ((1, True), (0, False))


@pytest.mark.django_db
def test_what_cannot_be_read_cannot_be_liked(as_ana: Client, as_ben: Client) -> None:
    made = post(as_ana, visibility="private")

    do(as_ben, "put", f"/{made['id']}/like", expect=404)


@pytest.mark.django_db(transaction=True)
def test_200_likes_and_unlikes_by_50_people_at_once_leave_a_count_that_equals_the_rows(
    toto: Any,
) -> None:
    people = [Actor(a_learner(toto), toto, is_staff=False, is_child=False) for _ in range(PEOPLE)]
    moment = post_moment(actor=people[0], draft=Draft(text="Hello"), at=now()).id

    def work(number: int) -> str:
        for step in range(EACH):
            # The same person is at work in several threads.
            actor = people[(number * 3 + step * 7) % PEOPLE]
            if (number + step) % 3:
                like_moment(actor=actor, moment_id=moment, at=now())
            else:
                unlike_moment(actor=actor, moment_id=moment)
        return "done"

    made = at_once(work, threads=THREADS)

    row = Moment.objects.get(uuid=moment)
    assert made == ["done"] * THREADS
    assert row.likes_count == Like.objects.filter(moment=row).count() > 0
