"""Sending a POST again is harmless: it is done once and answered as before."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.test import Client

from lyceum.accounts.models import User
from lyceum.http.idempotency import KEPT_FOR
from lyceum.http.models import StoredAnswer
from lyceum.kernel.clock import now
from lyceum.schools.models import Cohort
from tests.people import a_member, a_school, signed_in

pytestmark = pytest.mark.urls("tests.api.notes_api")

KEY = "0198c9a0-5b1e-7b3c"


def make(client: Client, body: dict[str, Any], key: str = KEY) -> Any:
    return client.post(
        "/api/v1/school/notes",
        body,
        content_type="application/json",
        headers={"idempotency-key": key},
    )


@pytest.fixture
def manager(db: None) -> User:
    return a_member(a_school("toto"), "manager")


def test_the_same_request_again_gets_the_stored_answer(manager: User) -> None:
    client = signed_in(manager, "toto")

    first = make(client, {"name": "Kites"})
    second = make(client, {"name": "Kites"})

    assert first.status_code == second.status_code == 201
    assert second.json() == first.json()
    assert second["Location"] == first["Location"]
    assert second["Idempotent-Replayed"] == "true"
    assert Cohort.objects.count() == 1


def test_another_body_under_the_same_key_is_a_mismatch(manager: User) -> None:
    client = signed_in(manager, "toto")
    make(client, {"name": "Kites"})

    response = make(client, {"name": "Boats"})

    assert (response.status_code, response.json()["code"]) == (422, "idempotency_mismatch")


def test_the_key_of_one_person_is_nothing_to_another(manager: User) -> None:
    colleague = a_member(_school_of(manager), "manager")

    make(signed_in(manager, "toto"), {"name": "Kites"})
    response = make(signed_in(colleague, "toto"), {"name": "Boats"})

    assert "Idempotent-Replayed" not in response
    assert Cohort.objects.count() == 2


def test_a_refusal_is_not_kept(manager: User) -> None:
    client = signed_in(manager, "toto")
    Cohort.objects.create(school_id=_school_of(manager).id, name="Kites")

    refused = make(client, {"name": "Kites"})
    Cohort.objects.all().delete()
    accepted = make(client, {"name": "Kites"})

    assert (refused.status_code, accepted.status_code) == (409, 201)


def test_a_replay_is_authorised_anew(manager: User) -> None:
    client = signed_in(manager, "toto")
    make(client, {"name": "Kites"})
    manager.memberships.update(roles=frozenset({"student"}))

    assert make(client, {"name": "Kites"}).status_code == 403


def test_a_poor_key_is_refused_in_words(manager: User) -> None:
    response = make(signed_in(manager, "toto"), {"name": "Kites"}, key="short")

    assert response.json()["code"] == "idempotency_key_invalid"


@pytest.mark.parametrize("age", [timedelta(hours=23, minutes=59), timedelta(hours=24, seconds=1)])
def test_a_key_is_free_again_after_a_day(manager: User, age: timedelta) -> None:
    client = signed_in(manager, "toto")
    make(client, {"name": "Kites"})
    StoredAnswer.objects.update(created_at=now() - age)

    same, another = make(client, {"name": "Kites"}), make(client, {"name": "Boats"})

    if age < KEPT_FOR:
        assert same["Idempotent-Replayed"] == "true"
        assert another.json()["code"] == "idempotency_mismatch"
    else:
        # The class of that name is there already; it is the key that is new.
        assert (same.status_code, another.status_code) == (409, 201)
        assert make(client, {"name": "Boats"})["Idempotent-Replayed"] == "true"


@pytest.mark.parametrize(
    ("key", "is_good"),
    [
        *[("x" * 7, False), ("x" * 8, True), ("x" * 100, True), ("x" * 101, False), ("", False)],
        *[("with spaces", False), ("clé-clé-clé", False), ("tab\tulator", False)],
    ],
)
def test_a_key_is_8_to_100_visible_signs(manager: User, key: str, is_good: bool) -> None:
    response = make(signed_in(manager, "toto"), {"name": "Kites"}, key=key)

    assert (response.status_code == 201) == is_good
    if not is_good:
        assert response.json()["code"] == "idempotency_key_invalid"
        assert not Cohort.objects.exists()


def test_no_answer_that_tells_a_secret_is_kept() -> None:
    """Of what is told once, such as an invitation's code, no copy is kept anywhere."""
    document = json.loads((Path(__file__).parent / "openapi-v1.json").read_text())
    repeatable = {
        operation["operationId"]
        for item in document["paths"].values()
        for operation in item.values()
        if operation.get("x-repeatable")
    }

    assert repeatable == {"upload_recording"}


@pytest.mark.django_db(transaction=True)
def test_eight_at_once_make_one() -> None:
    manager = a_member(a_school("toto"), "manager")
    clients = [signed_in(manager, "toto") for _ in range(8)]

    def send(client: Client) -> tuple[int, str]:
        try:
            response = make(client, {"name": "Kites"})
            return response.status_code, json.dumps(response.json(), sort_keys=True)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as threads:
        answers = set(threads.map(send, clients))

    assert len(answers) == 1
    assert Cohort.objects.count() == 1


def _school_of(user: User) -> Any:
    from lyceum.schools.current import school_by_id

    return school_by_id(user.memberships.get().school_id)
