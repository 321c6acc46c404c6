"""Kinds of exercise that plugins bring: offered, shown and marked where the plugin is in force."""

from __future__ import annotations

from types import ModuleType

from lyceum.content.exercises.kinds import ExerciseKind, exercise_kinds, owners_of_kinds
from lyceum.kernel.plugins.host import Part, parts
from lyceum.kernel.plugins.plugins import BadPart, Plugin


def register_parts() -> None:
    """Take from every plugin the `KINDS` of its `exercises.py`. Called in `AppConfig.ready()`."""
    parts.register("exercise kinds", Part("exercises", check=_check, add=_add))


def _check(plugin: Plugin, module: ModuleType | None) -> None:
    if module is None:
        return
    kinds = getattr(module, "KINDS", None)
    if not isinstance(kinds, tuple) or not all(isinstance(kind, ExerciseKind) for kind in kinds):
        raise BadPart("It needs `KINDS`, a tuple of objects of its ExerciseKind classes.")
    names = [kind.name for kind in kinds]
    for name in names:
        if not name.startswith(f"{plugin.slug}_") or names.count(name) > 1:
            raise BadPart(f"{name!r}: call each kind {plugin.slug}_ and a name of its own.")
        if name in exercise_kinds:
            raise BadPart(f"There is a kind {name!r} already.")
    for kind in kinds:
        kind.form()


def _add(plugin: Plugin, module: ModuleType | None) -> None:
    for kind in module.KINDS if module else ():
        exercise_kinds.register(kind.name, kind)
        owners_of_kinds.register(kind.name, plugin.slug)
