"""Who goes takes their moments along, and every count says what is still there."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from django.test import Client

from lyceum.plugin.clock import now
from lyceum.plugin.privacy import Person
from lyceum.testing.people import a_learner
from plugins.moments.actors import Actor
from plugins.moments.models import Comment, Like, Moment
from plugins.moments.privacy import erase
from plugins.moments.services.commenting import Saying, make_comment
from plugins.moments.services.liking import like_moment
from plugins.moments.services.posting import Draft, post_moment
from plugins.moments.tests.telling import comment, do, post
from tests.at_once import at_once

pytestmark = pytest.mark.django_db


@pytest.mark.django_db(transaction=True)
def test_counts_stay_true_while_others_like_and_comment(toto: Any) -> None:
    people = [Actor(a_learner(toto), toto, is_staff=False, is_child=False) for _ in range(9)]
    gone, *others = people
    moment = post_moment(actor=others[0], draft=Draft(text="Hello"), at=now()).id
    for actor in people[:5]:
        like_moment(actor=actor, moment_id=moment, at=now())
        make_comment(actor=actor, moment_id=moment, saying=Saying("Hi"), at=now())

    def work(number: int) -> str:
        if number == 0:
            with transaction.atomic():
                erase(Person(id=gone.user.pk, uuid=gone.user.uuid), at=now())
        elif number % 2:
            like_moment(actor=others[number - 1], moment_id=moment, at=now())
        else:
            make_comment(actor=others[number - 1], moment_id=moment, saying=Saying("x"), at=now())
        return "done"

    made = at_once(work, threads=9)

    row = Moment.objects.get(uuid=moment)
    assert made == ["done"] * 9
    assert row.likes_count == Like.objects.filter(moment=row).count() == 6
    assert row.comments_count == Comment.objects.filter(moment=row).count() == 8


def test_counts_forget_who_is_erased(
    toto: Any, ana: Any, ben: Any, as_ana: Client, as_ben: Client
) -> None:
    moment = post(as_ben, "Ben's")
    own = post(as_ana, "Ana's")
    kept = comment(as_ben, moment, "Ben says")
    comment(as_ana, moment, "Ana answers", parent=kept["id"])
    gone = comment(as_ana, moment, "Ana says")
    comment(as_ben, moment, "Ben answers", parent=gone["id"])
    for browser in (as_ana, as_ben):
        do(browser, "put", f"/{moment['id']}/like")

    erase(Person(id=ana.pk, uuid=ana.uuid), at=Moment.objects.latest("created_at").created_at)

    left = Moment.objects.get()
    assert left.uuid == UUID(moment["id"]) != UUID(own["id"])
    assert (left.likes_count, left.comments_count, left.shares_count) == (1, 1, 0)
    assert [(said.text, said.replies_count) for said in Comment.objects.all()] == [("Ben says", 0)]
