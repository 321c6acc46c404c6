"""Exercises shown in a lesson's body: they are the lesson's own."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _


def is_own(lesson: Any, exercise: Any) -> bool:
    """Return whether an exercise lies below a lesson."""
    return bool(lesson.path) and exercise.path.startswith(lesson.path)


def told_of_foreign(exercise: Any) -> str:
    """Return what to say of an exercise that is not the lesson's own."""
    told = _("“%(title)s” is no exercise of this lesson. Choose one of its own.")
    return told % {"title": exercise.title}
