"""The cookie session of a browser: read in one query, and good for no longer than Django's own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client, override_settings

from lyceum.accounts.models import User
from lyceum.accounts.signing_in.browser_sessions import signed_in_by
from lyceum.kernel.clock import now
from lyceum.schools.current import CurrentSchool
from lyceum.schools.standing import STRANGER, standing_of
from tests.people import a_learner, a_person, a_school, signed_in

pytestmark = pytest.mark.django_db
ME = "/api/v1/me"


@pytest.fixture
def toto() -> CurrentSchool:
    return a_school("toto")


@pytest.fixture
def learner(toto: CurrentSchool) -> User:
    return a_learner(toto)


def key_of(browser: Client) -> str:
    return str(browser.session.session_key)


def test_one_query_brings_the_person_their_profile_and_their_standing(
    toto: CurrentSchool, learner: User, django_assert_num_queries: Any
) -> None:
    key = key_of(signed_in(learner, "toto"))

    with django_assert_num_queries(1):
        found = signed_in_by(key, school_id=toto.id, at=now())
        assert found is not None
        assert (found.user, found.user.profile.user_id) == (learner, learner.pk)
    assert found.standing == standing_of(user_id=learner.pk, school_id=toto.id)


def test_of_another_school_one_is_a_stranger(toto: CurrentSchool, learner: User) -> None:
    key = key_of(signed_in(learner, "toto"))
    for school_id in (a_school("learnify").id, 0):
        found = signed_in_by(key, school_id=school_id, at=now())
        assert found is not None
        assert found.standing == STRANGER


def end_by_time(learner: User, key: str) -> None:
    Session.objects.filter(session_key=key).update(expire_date=now() - timedelta(seconds=1))


def end_by_log_out(learner: User, key: str) -> None:
    Session.objects.filter(session_key=key).delete()


def deactivate(learner: User, key: str) -> None:
    User.objects.filter(pk=learner.pk).update(is_active=False)


def change_password(learner: User, key: str) -> None:
    learner.set_password("a-horse-of-another-colour")
    learner.save()


def name_another(learner: User, key: str) -> None:
    UserSession.objects.filter(session_key=key).update(user=a_person())


@pytest.mark.parametrize(
    "end", [end_by_time, end_by_log_out, deactivate, change_password, name_another]
)
def test_a_session_that_is_over_signs_nobody_in(
    toto: CurrentSchool, learner: User, end: Callable[[User, str], None]
) -> None:
    browser = signed_in(learner, "toto")
    assert browser.get(ME).status_code == 200

    end(learner, key_of(browser))

    assert signed_in_by(key_of(browser), school_id=toto.id, at=now()) is None
    # Whom the listing names does not count: who is signed in is the session's to say.
    is_listed_wrongly = end is name_another
    assert browser.get(ME).status_code == (200 if is_listed_wrongly else 401)


def test_a_session_that_is_not_listed_is_good_too(learner: User) -> None:
    browser = signed_in(learner, "toto")
    UserSession.objects.all().delete()

    answer = browser.get(ME)

    assert answer.status_code == 200
    assert answer.json()["id"] == str(learner.uuid)


def test_a_door_that_was_taken_away_lets_nobody_stay(toto: CurrentSchool, learner: User) -> None:
    browser = signed_in(learner, "toto")
    with override_settings(AUTHENTICATION_BACKENDS=["lyceum.access.backends.AccessBackend"]):
        assert signed_in_by(key_of(browser), school_id=toto.id, at=now()) is None
        assert browser.get(ME).status_code == 401


def test_a_secret_that_was_replaced_is_taken_while_it_is_named(learner: User) -> None:
    with override_settings(SECRET_KEY="the-old-one-" + "x" * 50):
        browser = signed_in(learner, "toto")
    with override_settings(SECRET_KEY_FALLBACKS=["the-old-one-" + "x" * 50]):
        assert browser.get(ME).status_code == 200


def test_the_answer_varies_by_the_cookie(learner: User) -> None:
    assert "Cookie" in signed_in(learner, "toto").get(ME).headers["Vary"]
