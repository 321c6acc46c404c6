"""Who goes takes their moments along, and every count says what is still there."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from lyceum.plugin.privacy import Person
from plugins.moments.models import Comment, Moment
from plugins.moments.privacy import erase
from plugins.moments.tests.telling import comment, do, post

pytestmark = pytest.mark.django_db


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
