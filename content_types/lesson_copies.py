"""Copies of lessons: what a copied body shows are the exercises that were copied with it."""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from wagtail.actions.copy_page import CopyPageAction
from wagtail.blocks import StreamValue
from wagtail.fields import StreamField

from content_types.models import Exercise, Lesson
from lyceum.plugin.pages import BasePage

Rows = list[dict[str, Any]]


def connect() -> None:
    """Follow every copying of pages: by the editor, the API or a program. Called once."""
    copy_page = CopyPageAction.execute

    @functools.wraps(copy_page)
    @transaction.atomic
    def execute(action: Any, skip_permission_checks: bool = False) -> Any:
        copy = copy_page(action, skip_permission_checks=skip_permission_checks)
        if action.recursive:
            show_own_exercises(copy)
        return copy

    CopyPageAction.execute = execute


def show_own_exercises(copied: BasePage) -> None:
    """Have the lessons of a copied tree show its exercises in the place of the originals."""
    origins = Exercise.objects.descendant_of(copied).exclude(origin=None)
    copies = dict(origins.values_list("origin", "pk"))
    originals = Exercise.objects.filter(uuid__in=copies).values_list("pk", "uuid")
    own = {pk: copies[uuid] for pk, uuid in originals}
    if not own:
        return
    for lesson in Lesson.objects.descendant_of(copied, inclusive=True):
        _change_lesson(lesson, own)
        _change_versions(lesson, own)
    # Whoever copied goes on with what was copied, and may save it.
    copied.refresh_from_db()


def _change_lesson(lesson: Lesson, own: Mapping[int, int]) -> None:
    changed = []
    for name in _bodies():
        stream = getattr(lesson, name)
        rows = [dict(row) for row in stream.raw_data] if stream else []
        if _change(rows, own):
            setattr(lesson, name, StreamValue(stream.stream_block, rows, is_lazy=True))
            changed.append(name)
    if changed:
        lesson.save(clean=False, update_fields=changed)


def _change_versions(lesson: Lesson, own: Mapping[int, int]) -> None:
    """Change the drafts of a lesson and all its earlier versions, which can be brought back."""
    for version in lesson.revisions.all():
        changed = False
        for name in ("body", *_bodies()):
            rows = json.loads(version.content.get(name) or "[]")
            if _change(rows, own):
                version.content[name] = json.dumps(rows)
                changed = True
        if changed:
            version.save(update_fields=["content"])


def _change(rows: Rows, own: Mapping[int, int]) -> bool:
    """Name the copies in a body's rows; return whether an original was named."""
    named = [row for row in rows if row["type"] == "exercise" and row["value"] in own]
    for row in named:
        row["value"] = own[row["value"]]
    return bool(named)


def _bodies() -> list[str]:
    """Return the fields that hold a body, one for each language of the deployment."""
    fields = Lesson._meta.get_fields()
    streams = [field.name for field in fields if isinstance(field, StreamField)]
    return [name for name in streams if name.startswith("body_")]
