"""Many at once, and processes that die: one attempt a client id, no figure lost or doubled."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection

from lyceum.events import relay
from lyceum.events.models import Delivery
from lyceum.kernel.identity import new_uuid
from lyceum.learning import rollups
from lyceum.learning.models import (
    ActivityEntry,
    Attempt,
    ExerciseState,
    ExerciseTally,
    LessonProgress,
    SchoolDay,
)
from lyceum.learning.services.once import Outcome
from tests.at_once import at_once, kinds
from tests.exercises import an_exercise
from tests.learners import as_learner, send
from tests.pages import a_lesson
from tests.people import a_learner, a_school

pytestmark = pytest.mark.django_db(transaction=True)

THREADS = 8


def test_the_same_answer_from_eight_threads_is_one_attempt() -> None:
    school = a_school()
    learner = as_learner(a_learner(school), school)
    exercise = an_exercise(a_lesson(school))
    client_id = new_uuid()

    made: list[Outcome] = at_once(
        lambda _: send(learner, exercise, "dog", client_id=client_id), threads=THREADS
    )

    assert all(isinstance(outcome, Outcome) for outcome in made), made
    assert sorted(outcome.replayed for outcome in made) == [False] + [True] * (THREADS - 1)
    # A stored answer may come back with its keys in another order: JSON has none.
    assert all(outcome.body == made[0].body for outcome in made)
    assert Attempt.objects.count() == 1
    assert LessonProgress.objects.get().attempts == 1


def test_eight_answers_at_once_are_eight_attempts_numbered_without_a_gap() -> None:
    school = a_school()
    learner = as_learner(a_learner(school), school)
    exercise = an_exercise(a_lesson(school))

    made = at_once(
        lambda number: send(learner, exercise, f"cat{number}", client_id=new_uuid()),
        threads=THREADS,
    )

    assert all(isinstance(outcome, Outcome) for outcome in made), made
    numbers = Attempt.objects.values_list("number", flat=True)
    assert sorted(numbers) == list(range(1, THREADS + 1))
    assert ExerciseState.objects.get().attempts == THREADS
    assert LessonProgress.objects.get().attempts == THREADS
    assert ExerciseTally.objects.get().attempts == THREADS


@pytest.mark.parametrize("allowed", [3, 20])
def test_of_twenty_answers_at_once_exactly_those_are_taken_that_are_allowed(allowed: int) -> None:
    school = a_school()
    learner = as_learner(a_learner(school), school)
    exercise = an_exercise(a_lesson(school), max_attempts=allowed)

    made = at_once(lambda _: send(learner, exercise, "cat", client_id=new_uuid()), threads=20)

    refused = {"AttemptsUsedUp": 20 - allowed} if allowed < 20 else {}
    assert kinds(made) == {"Outcome": allowed, **refused}
    numbers = Attempt.objects.values_list("number", flat=True)
    assert sorted(numbers) == list(range(1, allowed + 1))
    assert ExerciseState.objects.get().attempts == allowed
    assert LessonProgress.objects.get().attempts == allowed
    assert ExerciseTally.objects.get().attempts == allowed


DYING = """
import os, signal, sys
from pathlib import Path
import django
from django.conf import settings
os.environ["DJANGO_SETTINGS_MODULE"] = "deploy.settings.test"
settings.DATABASES["default"]["NAME"] = Path(sys.argv[1])
django.setup()
from uuid import UUID
from django.db import transaction
from lyceum.accounts.models import User
from lyceum.schools.current import school_by_slug
from content_types.models import Exercise
from lyceum.kernel.identity import new_uuid
from tests.at_once import at_once, kinds
from tests.exercises import simple_kinds
from tests.learners import as_learner, send

school = school_by_slug(sys.argv[2])
learner = as_learner(User.objects.get(uuid=UUID(sys.argv[3])), school)
exercise = Exercise.objects.get(uuid=UUID(sys.argv[4]))
with simple_kinds(), transaction.atomic():
    # Ours is the first thing to happen after the commit, before anyone is told.
    transaction.on_commit(lambda: os.kill(os.getpid(), signal.SIGKILL))
    send(learner, exercise, sys.argv[5], client_id=new_uuid())
"""


@pytest.mark.long
@pytest.mark.skipif(connection.vendor != "sqlite", reason="the child opens the file")
def test_a_process_killed_between_commit_and_call_loses_nothing() -> None:
    school = a_school()
    user = a_learner(school)
    exercise = an_exercise(a_lesson(school))
    name = str(connection.settings_dict["NAME"])
    for word in ("cat", "dog", "cow"):
        child = subprocess.run(
            [
                *(sys.executable, "-c", DYING, name, school.slug),
                *(str(user.uuid), str(exercise.uuid), word),
            ],
            cwd=settings.ROOT,
            env={**os.environ, "PYTHONPATH": f"{settings.ROOT / 'platform'}:{settings.ROOT}"},
            capture_output=True,
            text=True,
        )
        assert child.returncode == -9, child.stderr
    assert Attempt.objects.count() == 3
    assert not ExerciseTally.objects.exists()
    assert Delivery.objects.exists()

    relay.deliver()

    kept = _figures()
    assert kept[0] == (3, 3, 1)
    assert ActivityEntry.objects.filter(kind="exercise_completed").count() == 1
    assert not Delivery.objects.exists()
    assert relay.deliver() == 0
    rollups.rebuild()
    assert _figures() == kept


def _figures() -> list[tuple[int, ...]]:
    return [
        *ExerciseTally.objects.values_list("attempts", "marked", "correct"),
        *SchoolDay.objects.values_list("attempts", "correct", "lessons_completed"),
    ]
