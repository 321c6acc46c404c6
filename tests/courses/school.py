"""The demo's schools as their folders describe them: read once, without a database."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from content_types.exchange.complaints import Complaints
from content_types.exchange.folders import Folder, Node, read_folder
from deploy.demo_data import CONTENT
from deploy.demo_schools import SCHOOLS, DemoSchool
from lyceum.plugin.exercises import Reading, exercise_kinds, from_plain, plain

SLUGS = [school.slug for school in SCHOOLS]


def school_named(slug: str) -> DemoSchool:
    return next(school for school in SCHOOLS if school.slug == slug)


@cache
def folder_of(slug: str) -> Folder:
    """Return a demo school's folder; its files have no fault that can be told without its files."""
    complaints = Complaints()
    languages = school_named(slug).languages
    folder = read_folder(CONTENT / slug, languages=languages, complaints=complaints)
    complaints.raise_if_any()
    return folder


@cache
def exercises_of(slug: str) -> dict[str, Node]:
    """Return a school's exercises by their paths."""
    return {"/".join(node.path): node for node in folder_of(slug).walk("exercise")}


def task_of(node: Node) -> dict[str, Any]:
    """Return an exercise's task as its kind gets it: read by the form that the editor shows."""
    block = exercise_kinds[node.fields.kind].form()
    value = from_plain(block, node.fields.task, Reading(stand_in))
    task: dict[str, Any] = plain(value)
    return task


def stand_in(model: Any, name: str) -> Any:
    """Return an item that is in no library: what is heard and seen does not change a mark."""
    return model(title=name, collection_id=0)


def media_folder(slug: str) -> Path:
    return CONTENT / slug / "media"


def parts_of(data: Any) -> Iterator[dict[str, Any]]:
    """Yield every map within a part of a file, itself first."""
    if isinstance(data, dict):
        yield data
    inner = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    for part in inner:
        yield from parts_of(part)
