"""Exercises of a plugin's kind, in a lesson, and what learners do with them."""

from __future__ import annotations

import json
from itertools import count
from typing import Any
from uuid import UUID

from django.apps import apps
from django.test import Client

from lyceum.content.models import BasePage
from lyceum.content.types import content_types
from lyceum.schools.current import CurrentSchool

# From the top of a school to an exercise.
WAY = ("categories", "subcategories", "lessons", "exercises")

_numbers = count(1)


def an_exercise(school: CurrentSchool, kind: str, **task: Any) -> UUID:
    """
    Publish an exercise in a lesson of its own; return its id.

    :param kind: the name of its kind
    :param task: the fields of the kind's form
    """
    page = BasePage.objects.get(pk=school.root_page_id)
    for plural in WAY:
        model: Any = apps.get_model(content_types[plural].model)
        name = f"{model.__name__} {next(_numbers)}"
        made = model(title_en=name, slug=name.lower().replace(" ", "-"))
        if plural == WAY[-1]:
            made.task = json.dumps([{"type": kind, "value": task}])
        page.add_child(instance=made)
        made.save_revision().publish()
        page = BasePage.objects.get(pk=made.pk)
    return UUID(str(page.uuid))


def shown(client: Client, exercise: UUID) -> Any:
    """Return what a learner sees of an exercise's task before answering."""
    answer = client.get(f"/api/v1/content/exercises/{exercise}")
    assert answer.status_code == 200, answer.content
    return answer.json()["task"]


def attempt(client: Client, exercise: UUID, **answer: Any) -> Any:
    """Give an answer, and return what the platform answers to it."""
    address = f"/api/v1/learning/exercises/{exercise}/attempts"
    return client.post(address, {"answer": answer}, content_type="application/json")
