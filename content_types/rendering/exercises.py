"""Exercises and banks as readers see them: never a hint, an explanation or a solution."""

from __future__ import annotations

from typing import Any

from content_types.models import Lesson
from content_types.rendering.pages import above, card_of, link_to
from lyceum.plugin.content import Rendering, presented_task
from lyceum.plugin.exercises import find_task


def exercise_card(page: Any, rendering: Rendering) -> dict[str, Any]:
    return {
        **card_of(page, "exercise", rendering),
        "kind": kind_of(page),
        "points": page.points,
        "time_limit": page.time_limit,
        "max_attempts": page.max_attempts,
        "hints_count": len(rendering.value(page, "hints") or ()),
    }


def exercise_body(page: Any, rendering: Rendering) -> dict[str, Any]:
    lesson = above(rendering, Lesson)
    return {
        "lesson": link_to(lesson, "lesson", rendering) if lesson else None,
        "instructions": rendering.text(page, "instructions"),
        "task": presented(page, rendering),
    }


def presented(page: Any, rendering: Rendering) -> dict[str, Any]:
    """Return the task before it is answered; {} while its kind is not installed."""
    task = find_task(page.task)
    return presented_task(task, seed=page.seed, rendering=rendering) if task else {}


def kind_of(page: Any) -> str:
    """Return the name of the exercise's kind, whether it is installed or not; "" of none."""
    for stored in page.task.raw_data:
        value = stored.get("value")
        is_wrapped = stored["type"] == "missing_kind" and isinstance(value, dict)
        return str(value.get("type", "") if is_wrapped else stored["type"])
    return ""


def bank_card(page: Any, rendering: Rendering) -> dict[str, Any]:
    return {
        **card_of(page, "bank", rendering),
        "exercises_count": page.exercises_count,
    }
