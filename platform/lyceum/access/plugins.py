"""Rights that plugins bring: held where the plugin is in force, by nobody elsewhere."""

from __future__ import annotations

from functools import partial
from types import ModuleType

from lyceum.access.registry import declare
from lyceum.kernel.plugins.host import Part, parts
from lyceum.kernel.plugins.plugins import BadPart, Plugin
from lyceum.schools.current import school_by_id
from lyceum.schools.roles import ROLES
from lyceum.schools.scope import current_school


def register_parts() -> None:
    """Take from every plugin the permissions of its manifest. Called in `AppConfig.ready()`."""
    parts.register("permissions", Part("apps", check=_check, add=_add))


def is_in_force(slug: str, school_id: int | None) -> bool:
    """Return whether a plugin is in force in a school; in none, where no school is meant."""
    if school_id is None:
        return False
    here = current_school()
    school = here if here is not None and here.id == school_id else school_by_id(school_id)
    return slug in school.plugins


def _check(plugin: Plugin, module: ModuleType | None) -> None:
    own = {role.code for role in plugin.told.roles}
    for permission in plugin.told.permissions:
        unknown = sorted(set(permission.roles) - own - set(ROLES))
        if unknown:
            told = ", ".join(unknown)
            raise BadPart(f"plugin.toml: permissions.{permission.code}: there is no role {told}.")


def _add(plugin: Plugin, module: ModuleType | None) -> None:
    for permission in plugin.told.permissions:
        declare(
            f"{plugin.slug}.{permission.code}",
            permission.label,
            *permission.roles,
            in_force=partial(is_in_force, plugin.slug),
        )
