"""What an exercise kind builds on."""

from lyceum.content.exercise_kinds import (
    ExerciseKind,
    Graded,
    Marking,
    Reason,
    exercise_kinds,
)

__all__ = ["ExerciseKind", "Graded", "Marking", "Reason", "exercise_kinds"]
