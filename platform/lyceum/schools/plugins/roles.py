"""Roles that plugins bring: taken from their manifests, and taken back from whoever held them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from types import ModuleType
from typing import Any

from django.db.models import QuerySet

from lyceum.kernel.plugins.host import Part, parts
from lyceum.kernel.plugins.plugins import BadPart, Plugin
from lyceum.schools.current import CurrentSchool
from lyceum.schools.models import Invitation, Membership
from lyceum.schools.plugins.elsewhere import Elsewhere, elsewhere
from lyceum.schools.roles import INCLUDABLE, TAKEN, PluginRole, plugin_roles

NAME = "roles of members and invitations"


def connect() -> None:
    """Take roles from plugins, and let them be deleted. Called in `AppConfig.ready()`."""
    parts.register("roles", Part("apps", check=_check, add=_add))
    elsewhere.register("roles", Elsewhere(NAME, count=_count, delete=_take_back))


def _check(plugin: Plugin, module: ModuleType | None) -> None:
    times = Counter(role.code for role in plugin.told.roles)
    for role in plugin.told.roles:
        field = f"plugin.toml: roles.{role.code}"
        other = plugin_roles.get(role.code)
        if role.code in TAKEN:
            raise BadPart(f"{field}: the platform has a role of this code. Choose another.")
        if other is not None and other.plugin != plugin.slug:
            raise BadPart(f"{field}: {other.plugin} brings a role of this code. Choose another.")
        if times[role.code] > 1:
            raise BadPart(f"{field}: it is there more than once.")
        beyond = sorted(set(role.includes) - INCLUDABLE)
        if beyond:
            told = f"{', '.join(beyond)} is more than a plugin's role may include"
            raise BadPart(f"{field}.includes: {told}, which is {', '.join(sorted(INCLUDABLE))}.")


def _add(plugin: Plugin, module: ModuleType | None) -> None:
    for role in plugin.told.roles:
        own = PluginRole(role.code, role.label, role.includes, plugin.slug)
        plugin_roles.register(role.code, own)


def _rows(school: CurrentSchool, slug: str) -> Iterator[tuple[Any, QuerySet[Any]]]:
    for model in (Membership, Invitation):
        rows = model._default_manager.filter(school_id=school.id, roles__contains=f",{slug}.")
        yield model._default_manager, rows


def _count(school: CurrentSchool, slug: str) -> int:
    return sum(rows.count() for _, rows in _rows(school, slug))


def _take_back(school: CurrentSchool, slug: str) -> int:
    """Take a plugin's roles from all who hold them, by its name alone: its code may be gone."""
    taken = 0
    for manager, rows in _rows(school, slug):
        held = list(rows.select_for_update(of=("self",)))
        for row in held:
            row.roles = frozenset(each for each in row.roles if not each.startswith(f"{slug}."))
        manager.bulk_update(held, ["roles"], batch_size=500)
        taken += len(held)
    return taken
