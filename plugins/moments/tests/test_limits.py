"""What nobody does by hand is limited; what is sent twice is made once."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lyceum.plugin.http import Limit
from plugins.moments.models import Media
from plugins.moments.tests.telling import MOMENTS, comment, do, post, read
from plugins.moments.tests.test_media import a_picture

pytestmark = pytest.mark.django_db


def test_posting_liking_commenting_following_and_sending_are_limited(
    ana: Any, ben: Any, as_ana: Client, as_ben: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = post(as_ana)
    said = comment(as_ana, made)
    monkeypatch.setattr(Limit, "_has_room", lambda self, key, most: False)

    answers = [
        as_ben.generic(method, f"{MOMENTS}{path}", "{}", content_type="application/json")
        for method, path in (
            ("POST", ""),
            ("POST", f"/{made['id']}/shares"),
            ("PATCH", f"/{made['id']}"),
            ("POST", f"/{made['id']}/comments"),
            ("PATCH", f"/comments/{said['id']}"),
            ("PUT", f"/{made['id']}/like"),
            ("DELETE", f"/{made['id']}/like"),
            ("PUT", f"/comments/{said['id']}/like"),
            ("DELETE", f"/comments/{said['id']}/like"),
            ("PUT", f"/people/{ana.uuid}/follow"),
            ("DELETE", f"/people/{ana.uuid}/follow"),
            ("POST", "/media"),
        )
    ]

    # What is no body at all is refused before.
    codes = [answer.json()["code"] for answer in answers]
    assert codes == [*["throttled"] * 3, *["invalid"] * 2, *["throttled"] * 7], codes
    assert read(as_ben)["items"]


def test_a_person_posts_so_often_and_no_more(as_ana: Client, as_ben: Client) -> None:
    for number in range(60):
        post(as_ana, str(number))

    assert post(as_ana, expect=429)["code"] == "throttled"
    post(as_ben)


def test_a_file_sent_twice_with_a_key_is_kept_once(as_ana: Client) -> None:
    content, key = a_picture(), str(uuid4())

    answers = [
        as_ana.post(
            f"{MOMENTS}/media",
            {"file": SimpleUploadedFile("holiday", content)},
            headers={"idempotency-key": key},
        )
        for _ in range(2)
    ]

    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert answers[1]["Idempotent-Replayed"] == "true"
    assert Media.objects.count() == 1
    do(as_ana, "delete", f"/media/{answers[0].json()['id']}")
