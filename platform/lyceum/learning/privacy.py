"""What learning holds on a person, and how its figures forget them."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F, Model, Value
from django.db.models.functions import Greatest

from lyceum.kernel.privacy import DELETE, Holding, Person, Provider, SchoolHolding
from lyceum.learning.models import ExerciseTally, SchoolDay
from lyceum.learning.rollups import Figures, totals_of

OWN = ("Attempt", "ExerciseState", "LessonProgress", "StudySession", "OfflineReport", "Enrolment")
OF_SCHOOL = ("Attempt", "ExerciseState", "LessonProgress", "Enrolment")


def studies() -> Provider:
    """Return what is held of answers, progress, courses and activity."""
    return Provider(
        holdings=(
            *(Holding(f"learning.{model}", "user", DELETE, untold=("user",)) for model in OWN),
            Holding("learning.ActivityEntry", "person", DELETE, untold=("person",)),
        ),
        of_schools=(
            *(SchoolHolding(f"learning.{model}") for model in OF_SCHOOL),
            *(
                SchoolHolding(f"learning.{model}")
                for model in ("ActivityEntry", "ExerciseTally", "SchoolDay")
            ),
        ),
        erase=_erase,
        exempt={"learning.ActivityEntry.subject": "It names a page: what was done, not who."},
    )


def _erase(person: Person, at: datetime) -> None:
    # Figures equal the rows they are made from, before and after.
    totals = totals_of(person.id)
    for (school, exercise), figures in totals.tallies.items():
        _take_away(ExerciseTally, figures, school=school, exercise=exercise)
    for (school, day), figures in totals.days.items():
        _take_away(SchoolDay, figures, school=school, day=day)
    schools = {school for school, _ in totals.days}
    ExerciseTally.objects.filter(school__in=schools, attempts=0).delete()
    SchoolDay.objects.filter(school__in=schools, attempts=0, lessons_completed=0).delete()


def _take_away(model: type[Model], figures: Figures, **key: object) -> None:
    # Figures that lag behind are mended by a rebuild, and never keep a person from going.
    less = {name: Greatest(F(name) - value, Value(0)) for name, value in figures.items()}
    model._default_manager.filter(**key).update(**less)
