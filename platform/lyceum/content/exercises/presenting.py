"""Tasks as documents show them: a plugin's kind is asked where it is in force, and guarded."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from lyceum.content.blocks.streams import LONGEST_NAME, PLACEHOLDER
from lyceum.content.documents.rendering import AWAITED, PLUGIN, Rendering, as_json
from lyceum.content.exercises.kinds import Task, UnfinishedTask, owners_of_kinds
from lyceum.content.files.addresses import presented_files
from lyceum.kernel.plugins.hooks import hooks


def presented_task(task: Task, *, seed: str, rendering: Rendering) -> dict[str, Any]:
    """
    Return what is kept of a task before it is answered; {} of an unfinished one.

    Of a plugin's that is not in force, a placeholder, which is rendered again once it is; of one
    that broke, what names it. Readers are told neither (`told_at`).
    """
    owner = owners_of_kinds.get(task.kind.name)
    if owner is None:
        return _shown(task, seed, rendering)
    school, name = rendering.school, task.kind.name[:LONGEST_NAME]
    if school is None or owner not in school.plugins:
        rendering.references.add((AWAITED, name))
        return {"type": PLACEHOLDER, "id": "", "of": name}
    told = None
    if name not in rendering.failed:
        given = {"task": task, "seed": seed, "rendering": rendering}
        told = hooks.guarded(owner, f"exercises.{name}.present", _guarded, given, school=school)
    if told is None:
        rendering.failed.add(name)
        # Asked again once its plugin was off, as after too many failures, and is back.
        rendering.references.add((PLUGIN, owner))
        return {"type": name, "id": "", "plugin": owner, "failed": True}
    return dict(told)


def _guarded(task: Task, seed: str, rendering: Rendering) -> dict[str, Any]:
    # What breaks within must not take the transaction of a publication with it.
    with transaction.atomic():
        told = _shown(task, seed, rendering)
    if not isinstance(told, dict):
        raise TypeError(f"`present` of {task.kind.name} returned no dict.")
    as_json(told)
    return told


def _shown(task: Task, seed: str, rendering: Rendering) -> dict[str, Any]:
    try:
        shown = task.kind.present(task.value, seed=seed, language=rendering.language)
    except UnfinishedTask:
        return {}
    return presented_files(shown, rendering)
