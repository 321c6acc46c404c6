"""The tables of learning, gathered for Django."""

from lyceum.learning.models.activity import ActivityEntry
from lyceum.learning.models.attempts import Attempt, ExerciseState
from lyceum.learning.models.progress import (
    Enrolment,
    LessonProgress,
    OfflineReport,
    StudySession,
)
from lyceum.learning.models.rollups import ExerciseTally, SchoolDay

__all__ = [
    "ActivityEntry",
    "Attempt",
    "Enrolment",
    "ExerciseState",
    "ExerciseTally",
    "LessonProgress",
    "OfflineReport",
    "SchoolDay",
    "StudySession",
]
