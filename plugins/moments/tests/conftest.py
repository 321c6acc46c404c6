"""A school that has moments, and people of it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from lyceum.testing.people import a_learner, a_member, signed_in
from plugins.moments.tests.telling import a_school_with_moments


@pytest.fixture
def toto() -> Any:
    return a_school_with_moments("toto")


@pytest.fixture
def ana(toto: Any) -> Any:
    return a_learner(toto, first_name="Ana", last_name="Diaz")


@pytest.fixture
def ben(toto: Any) -> Any:
    return a_learner(toto, first_name="Ben", last_name="Ode")


@pytest.fixture
def as_ana(ana: Any) -> Client:
    return signed_in(ana, "toto")


@pytest.fixture
def as_ben(ben: Any) -> Client:
    return signed_in(ben, "toto")


@pytest.fixture
def as_moderator(toto: Any) -> Client:
    return signed_in(a_member(toto, "moderator"), "toto")
