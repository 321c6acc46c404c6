"""Run on a topology: leave what processes leave that die right after their commit."""

from __future__ import annotations

import django
from django.db import connection, transaction

TRANSACTIONS, ANSWERS = 40, 50


def leave() -> None:
    """Record answers whose news nobody was told of: it waits in the outbox for the worker."""
    from content_types.models import Lesson
    from lyceum.accounts.models import User
    from lyceum.schools.current import school_by_slug
    from tests.learners import as_learner, send
    from tests.pages import an_exercise

    school = school_by_slug("toto")
    learner = as_learner(User.objects.get(email="manager@example.test"), school)
    source = {"en": "the cat"}
    task = {"language": "es", "source": source, "accept": ["el gato"]}
    exercise = an_exercise(Lesson.objects.get(), slug="the-cat", task=[("translation", task)])
    for number in range(TRANSACTIONS):
        with transaction.atomic():
            for _ in range(ANSWERS):
                send(learner, exercise, "el gato" if number % 2 else "el perro")
            connection.run_on_commit.clear()


if __name__ == "__main__":
    django.setup()
    leave()
