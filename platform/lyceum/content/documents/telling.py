"""Kept documents as a school tells them: without what its plugins brought that are not in force."""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import Q

from lyceum.content.blocks.kinds import block_at
from lyceum.content.blocks.streams import PLACEHOLDER
from lyceum.content.documents.rendering import as_json
from lyceum.content.exercises.kinds import kind_at
from lyceum.content.models import Document
from lyceum.schools.current import CurrentSchool

# How a document writes that a plugin told a part of it. Within a text, the quotes are escaped.
OF_PLUGINS = '"plugin":"'
TASK, KIND = '"task":', re.compile('"kind":"([^"]*)"')
# What is kept of a task whose plugin was not in force when it was rendered.
KEPT_TASK = f'{TASK}{{"type":"{PLACEHOLDER}"'
AWAITED = re.compile(f'"type":"{PLACEHOLDER}","id":"[^"]*","of":"([a-z0-9_]+)"')


def told_at(text: str, school: CurrentSchool) -> str:
    """Return a document with the tasks and blocks of plugins that are off left out, by name."""
    of_kinds = KIND.findall(text) if TASK in text else []
    # A kind that nobody brings any more is as one whose plugin is off.
    off = [name for name in of_kinds if kind_at(school, name) is None]
    if not off and OF_PLUGINS not in text and KEPT_TASK not in text:
        return text
    document = in_force(json.loads(text), school.plugins)
    if "task" in document and (document.get("kind") in off or _is_kept(document["task"])):
        document["task"] = {}
    return as_json(document)


def _is_kept(task: Any) -> bool:
    return isinstance(task, dict) and task.get("type") == PLACEHOLDER


def in_force(told: Any, plugins: frozenset[str]) -> Any:
    """Return what was rendered, with a placeholder for each block of a plugin that is not there."""
    if isinstance(told, list):
        return [in_force(part, plugins) for part in told]
    if not isinstance(told, dict):
        return told
    if "plugin" in told and "type" in told and (told["plugin"] not in plugins or "failed" in told):
        return {"type": PLACEHOLDER, "id": told.get("id", ""), "of": told["type"]}
    return {name: in_force(part, plugins) for name, part in told.items()}


def pages_hiding(file: UUID, pages: Collection[int], school: CurrentSchool) -> set[int]:
    """
    Return which pages tell of a file in nothing but what is not in force. One query.

    :param pages: ids of pages that show the file where all is in force
    """
    parted = Q(body__contains=OF_PLUGINS) | Q(body__contains=TASK)
    rows = Document.objects.filter(parted, page__in=pages, body__contains=str(file))
    kept, told = set(), set()
    for page, body in rows.values_list("page", "body"):
        kept.add(page)
        if str(file) in told_at(body, school):
            told.add(page)
    return kept - told


def awaits(text: str, school: CurrentSchool) -> bool:
    """Return whether a document has a placeholder for what the school has by now."""
    if f'"{PLACEHOLDER}"' not in text:
        return False
    return any(
        block_at(school, name) is not None or kind_at(school, name) is not None
        for name in AWAITED.findall(text)
    )
