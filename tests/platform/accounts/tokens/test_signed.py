"""What tokens are good for, for how long, and what ends them."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import jwt
import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connections
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from lyceum.accounts.models import TokenFamily, User
from lyceum.accounts.signing_in.sessions import forget_ended_sessions
from lyceum.accounts.tokens import families, signed
from tests.clients import AppClient
from tests.people import PASSWORD, a_person

pytestmark = pytest.mark.django_db


def a_signed_in_app(email: str = "ana@example.test") -> AppClient:
    app = AppClient()
    assert app.log_in(email).status_code == 200
    return app


def forged(token: str, *, key: bytes | None = None, alg: str = "HS256", **claims: Any) -> str:
    """Return the token with other claims, signed by our key unless the test has another."""
    payload = jwt.decode(token, options={"verify_signature": False})
    payload.update(claims)
    payload = {name: value for name, value in payload.items() if value is not None}
    secret = key if key is not None else signed._key(settings.SECRET_KEY)
    return jwt.encode(payload, None if alg == "none" else secret, algorithm=alg)


def test_an_access_token_lasts_an_hour_and_a_refresh_token_a_week() -> None:
    a_person("ana@example.test")
    app = a_signed_in_app()

    access = jwt.decode(app.token, options={"verify_signature": False})
    refresh = jwt.decode(app.refresh_token, options={"verify_signature": False})

    assert access["exp"] - access["iat"] == 60 * 60
    assert refresh["exp"] - refresh["iat"] == 7 * 24 * 60 * 60
    assert (access["iss"], access["aud"]) == ("lyceum", "lyceum-api")
    assert access["sub"] == str(User.objects.get().uuid)


def test_a_person_is_found_by_a_token_with_one_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    person = a_person("ana@example.test")
    app = a_signed_in_app()

    with django_assert_num_queries(1):
        found = signed.person_of(app.token, at=timezone.now())
        assert found is not None
        assert found.profile.language == ""

    assert found == person


@pytest.mark.parametrize(
    "change",
    [
        {"key": b"x" * 32},
        {"alg": "none"},
        {"iss": "elsewhere"},
        {"aud": "elsewhere"},
        {"iss": None},
        {"aud": None},
        {"sub": str(uuid4())},
        {"sub": 7},
        {"sid": str(uuid4())},
        {"sid": "nonsense"},
        {"jti": None},
        {"token_use": "refresh"},
        {"exp": int(datetime(2020, 1, 1, tzinfo=UTC).timestamp())},
        {"exp": None},
    ],
)
def test_a_foreign_expired_or_altered_token_is_nobodys(change: dict[str, Any]) -> None:
    a_person("ana@example.test")
    app = a_signed_in_app()

    assert signed.person_of(forged(app.token, **change), at=timezone.now()) is None
    assert signed.person_of(forged(app.token), at=timezone.now()) is not None


@pytest.mark.parametrize(
    ("claim", "seconds", "counts"),
    [("iat", 20, True), ("iat", 300, False), ("exp", -20, True), ("exp", -300, False)],
)
def test_clocks_may_differ_by_seconds_and_not_by_minutes(
    claim: str, seconds: int, counts: bool
) -> None:
    a_person("ana@example.test")
    app = a_signed_in_app()
    app.token = forged(app.token, **{claim: int(timezone.now().timestamp()) + seconds})

    response = app.call("GET", "/api/v1/me")

    assert response.status_code == (200 if counts else 401)
    assert counts or response.json()["code"] == "not_authenticated"


@pytest.mark.parametrize(
    "spoil", [lambda it: it[:-1], lambda it: it[:40], lambda it: it + "x" * 100_000]
)
def test_a_token_that_lost_or_gained_a_part_is_nobodys(spoil: Any) -> None:
    a_person("ana@example.test")
    app = a_signed_in_app()
    app.token = spoil(app.token)

    response = app.call("GET", "/api/v1/me")

    assert (response.status_code, response.json()["code"]) == (401, "not_authenticated")


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "ey.ey.ey", "\ud800", "é" * 10])
def test_what_is_no_token_is_nobodys(token: str) -> None:
    assert signed.person_of(token, at=timezone.now()) is None


def test_a_refresh_token_is_no_access_token_nor_the_other_way_round() -> None:
    a_person("ana@example.test")
    app = a_signed_in_app()

    assert signed.person_of(app.refresh_token, at=timezone.now()) is None
    assert app.refresh(app.token).status_code == 400


def test_refreshing_gives_new_tokens_and_spends_the_old_one() -> None:
    a_person("ana@example.test")
    app = a_signed_in_app()

    first = app.refresh()
    again = app.refresh()
    next_one = app.refresh(first.json()["data"]["refresh_token"])

    assert [first.status_code, again.status_code, next_one.status_code] == [200, 400, 200]
    assert first.json()["data"]["refresh_token"] != app.refresh_token


def test_a_spent_token_within_the_grace_ends_nothing() -> None:
    a_person("ana@example.test")
    app = a_signed_in_app()
    at = timezone.now()
    _, successor = signed.rotate(app.refresh_token, at=at) or ("", "")

    refused = signed.rotate(app.refresh_token, at=at + timedelta(seconds=9))
    going_on = signed.rotate(successor, at=at + timedelta(seconds=9))

    assert refused is None
    assert going_on is not None


def test_a_spent_token_after_the_grace_ends_the_family() -> None:
    a_person("ana@example.test")
    app = a_signed_in_app()
    at = timezone.now()
    access, successor = signed.rotate(app.refresh_token, at=at) or ("", "")

    signed.rotate(app.refresh_token, at=at + families.GRACE + timedelta(seconds=1))

    assert signed.rotate(successor, at=at) is None
    assert signed.person_of(access, at=at) is None
    assert not TokenFamily.objects.exists()


def test_refreshing_prolongs_the_session_but_never_beyond_thirty_days() -> None:
    a_person("ana@example.test")
    token = a_signed_in_app().refresh_token
    start = timezone.now()

    for day in (6, 12, 18, 24, 29):
        at = start + timedelta(days=day)
        family = TokenFamily.objects.select_related("session", "user").get()
        advanced = families.advance(family_id=family.id, token=family.current, at=at)
        assert advanced is not None
        token = signed.refresh_token(advanced, advanced.user.uuid, at=at)

    end = jwt.decode(token, options={"verify_signature": False})["exp"]
    assert end <= (start + timedelta(days=30)).timestamp()
    family = TokenFamily.objects.select_related("session", "user").get()
    after = start + timedelta(days=30, minutes=1)
    assert families.advance(family_id=family.id, token=family.current, at=after) is None


def test_logging_out_ends_both_tokens_at_once() -> None:
    a_person("ana@example.test")
    app, other = a_signed_in_app(), a_signed_in_app()

    app.auth("DELETE", "auth/session")

    assert signed.person_of(app.token, at=timezone.now()) is None
    assert app.refresh().status_code == 400
    assert signed.person_of(other.token, at=timezone.now()) is not None


def test_deactivation_ends_both_tokens_at_once() -> None:
    a_person("ana@example.test")
    app = a_signed_in_app()

    User.objects.update(is_active=False)

    assert signed.person_of(app.token, at=timezone.now()) is None
    assert app.refresh().status_code == 400
    assert AppClient().log_in("ana@example.test").status_code == 401


def test_a_changed_password_ends_every_session() -> None:
    a_person("ana@example.test")
    app, other = a_signed_in_app(), a_signed_in_app()

    changed = app.auth(
        "POST",
        "account/password/change",
        {"current_password": PASSWORD, "new_password": "entirely-new-horse"},
    )

    assert changed.status_code == 401
    assert signed.person_of(app.token, at=timezone.now()) is None
    assert signed.person_of(other.token, at=timezone.now()) is None
    assert other.refresh().status_code == 400


def test_sessions_are_listed_and_can_be_ended_from_another() -> None:
    a_person("ana@example.test")
    phone, laptop = a_signed_in_app(), a_signed_in_app()

    listed = phone.auth("GET", "auth/sessions").json()["data"]
    others = [session["id"] for session in listed if not session["is_current"]]
    phone.auth("DELETE", "auth/sessions", {"sessions": others})

    assert len(listed) == 2
    assert signed.person_of(laptop.token, at=timezone.now()) is None
    assert signed.person_of(phone.token, at=timezone.now()) is not None


@pytest.mark.django_db(transaction=True)
def test_of_eight_parallel_refreshes_exactly_one_wins() -> None:
    a_person("ana@example.test")
    app = a_signed_in_app()
    together = threading.Barrier(8)

    def refresh() -> int:
        try:
            together.wait()
            return int(AppClient().refresh(app.refresh_token).status_code)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        answers = [future.result() for future in [pool.submit(refresh) for _ in range(8)]]

    assert sorted(answers) == [200] + [400] * 7
    assert signed.person_of(app.token, at=timezone.now()) is not None


def test_sessions_that_are_over_are_forgotten_with_their_tokens() -> None:
    a_person("ana@example.test")
    ended, going_on = a_signed_in_app(), a_signed_in_app()
    over = TokenFamily.objects.order_by("signed_in_at").first()
    assert over is not None
    Session.objects.filter(session_key=over.session_id).update(expire_date=timezone.now())

    forget_ended_sessions(timezone.now())

    assert TokenFamily.objects.count() == UserSession.objects.count() == 1
    assert signed.person_of(ended.token, at=timezone.now()) is None
    assert signed.person_of(going_on.token, at=timezone.now()) is not None
