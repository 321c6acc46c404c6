"""Rights that plugins bring: held where the plugin is in force, by nobody elsewhere."""

from __future__ import annotations

from types import ModuleType

from lyceum.access.registry import declare
from lyceum.kernel.plugins.host import Part, parts
from lyceum.kernel.plugins.plugins import BadPart, Plugin
from lyceum.schools.roles import ROLES


def register_parts() -> None:
    """Take from every plugin the permissions of its manifest. Called in `AppConfig.ready()`."""
    parts.register("permissions", Part("apps", check=_check, add=_add))


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
            plugin=plugin.slug,
        )
