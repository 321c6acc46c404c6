"""A lesson with an exercise of the probe's kind, where the probe is on, and who answers it."""

from __future__ import annotations

import pytest
from django.test import Client

from content_types.models import Exercise, Lesson
from lyceum.schools.current import CurrentSchool
from lyceum.testing.plugins import switch_on
from tests.exercises import an_exercise
from tests.pages import a_lesson
from tests.people import a_learner, a_school, signed_in


@pytest.fixture
def toto() -> CurrentSchool:
    return switch_on("probe", a_school("toto", languages=["en"]))


@pytest.fixture
def lesson(toto: CurrentSchool) -> Lesson:
    return a_lesson(toto)


@pytest.fixture
def exercise(lesson: Lesson) -> Exercise:
    return an_exercise(lesson, "dog", kind="probe_echo")


@pytest.fixture
def learner(toto: CurrentSchool) -> Client:
    return signed_in(a_learner(toto), "toto")
