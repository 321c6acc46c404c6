"""Deleting all that a plugin keeps of a school, with its code or without it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.files.storage import default_storage
from django.db import models, transaction

from lyceum.events.services import Fact, publish, record_audit
from lyceum.kernel.errors import Conflict
from lyceum.kernel.plugins.host import host
from lyceum.kernel.registries import Registry
from lyceum.schools.current import CurrentSchool
from lyceum.schools.models import (
    PluginFailure,
    PluginInstall,
    PluginSettings,
    PluginSwitch,
    School,
)
from lyceum.schools.plugins.errors import NoSuchPlugin
from lyceum.schools.plugins.tables import (
    Where,
    count_rows,
    delete_rows,
    key_of,
    rows_of_school,
    values_of,
)

if TYPE_CHECKING:
    from lyceum.accounts.models import User

logger = logging.getLogger(__name__)


class SwitchedOn(Conflict):
    """
    The plugin is on in the school, and its data in use.

    `DELETE /api/v1/plugins/{slug}/enabled` switches it off. Then its data can be deleted.
    """

    code = "plugin_on"
    detail = "Switch this plugin off first."


@dataclass(frozen=True)
class Kind:
    """How many things of one kind a plugin keeps of a school; `table` is the database's name."""

    name: str
    table: str
    count: int


@dataclass(frozen=True)
class Kept:
    """What a plugin keeps of a school."""

    slug: str
    kinds: list[Kind]
    files: int
    has_settings: bool

    @property
    def rows(self) -> int:
        return sum(kind.count for kind in self.kinds)


@dataclass(frozen=True)
class Elsewhere:
    """What a room keeps of a plugin's things in a table of its own; both told school and slug."""

    name: str
    count: Callable[[CurrentSchool, str], int]
    delete: Callable[[CurrentSchool, str], int]


# By name: what rooms keep for plugins. Filled in `AppConfig.ready()`.
elsewhere: Registry[Elsewhere] = Registry("what rooms keep of plugins")


def kept_of(school: CurrentSchool, slug: str) -> Kept:
    """
    Return what a plugin keeps of a school. Some queries for each of its tables.

    :raises NoSuchPlugin: if there is none, and none was ever installed
    """
    install = _install_of(slug)
    tables = rows_of_school(install.tables) if install else []
    names = _names(slug)
    kinds = [
        Kind(names.get(where.table, where.table), where.table, count_rows(where, school.id))
        for where in reversed(tables)
    ]
    kinds += [Kind(each.name, "", each.count(school, slug)) for each in elsewhere]
    return Kept(
        slug,
        [kind for kind in kinds if kind.table or kind.count],
        len(_files(install, tables, school.id)),
        PluginSettings.objects.filter(school_id=school.id, slug=slug).exists(),
    )


@transaction.atomic
def purge_plugin(
    *, actor: User | None, school: CurrentSchool, slug: str, at: datetime
) -> dict[str, int]:
    """
    Delete all that a plugin keeps of a school, for good; return how many rows of each table.

    Its code is not asked, and may be off, broken or gone.

    :raises NoSuchPlugin: if there is none, and none was ever installed
    :raises SwitchedOn: if the school has it switched on, or it is suspended there
    """
    row = School.objects.select_for_update().get(id=school.id)
    install = _install_of(slug)
    if PluginSwitch.objects.filter(school=row, slug=slug, is_on=True).exists():
        raise SwitchedOn
    tables = rows_of_school(install.tables) if install else []
    files = _files(install, tables, school.id)
    gone = {each.name: each.delete(school, slug) for each in elsewhere}
    gone = {name: count for name, count in gone.items() if count}
    for where in tables:
        _delete_what_points_to(where, slug, school.id)
        gone[where.table] = delete_rows(where, school.id)
    for model in (PluginSettings, PluginFailure, PluginSwitch):
        model.objects.filter(school=row, slug=slug).delete()
    row.save(update_fields=())  # a new epoch: what was read of the settings is forgotten
    transaction.on_commit(lambda: delete_files(files), robust=True)
    by = actor.uuid if actor else None
    record_audit(
        action="plugin.purged",
        school=row.uuid,
        actor=by,
        target=row.uuid,
        target_type=f"plugin:{slug}",
        changes={name: [count, 0] for name, count in {**gone, "files": len(files)}.items()},
    )
    data = {"slug": slug}
    publish(Fact("plugin_purged", at=at, school=row.uuid, actor=by, subject=row.uuid, data=data))
    return gone


def delete_files(names: Iterable[str]) -> None:
    """Delete files of plugins from the storage; what cannot be deleted is said in the log."""
    for name in names:
        try:
            default_storage.delete(name)
        except (OSError, ValueError):
            logger.exception("The file %s of a plugin could not be deleted", name)


def _install_of(slug: str) -> PluginInstall | None:
    install = PluginInstall.objects.filter(slug=slug).first()
    if install is None and slug not in host.plugins:
        raise NoSuchPlugin(f"There is no plugin {slug!r}.")
    return install


def _files(install: PluginInstall | None, tables: Iterable[Where], school_id: int) -> list[str]:
    wheres = {where.table: where for where in tables}
    return [
        str(name)
        for told in (install.files if install else [])
        if told["table"] in wheres
        for name in values_of(wheres[told["table"]], told["column"], school_id)
    ]


def _names(slug: str) -> dict[str, str]:
    """Return what a loaded plugin calls its tables' rows."""
    plugin = host.plugins.get(slug)
    if plugin is None or not plugin.is_loaded:
        return {}
    return {
        model._meta.db_table: str(model._meta.verbose_name_plural)
        for model in apps.get_app_config(slug).get_models(include_auto_created=True)
    }


def _delete_what_points_to(where: Where, slug: str, school_id: int) -> None:
    """Delete grants, revisions, tags and the like, which point to a row by its type and key."""
    types = _types_of(slug, where.table)
    if not types:
        return
    keys = [str(key) for key in values_of(where, key_of(where.table), school_id)]
    for model, name in _pointing():
        found = model._default_manager.filter(content_type__in=types)
        if found.exists():
            for begin in range(0, len(keys), 500):
                found.filter(**{f"{name}__in": keys[begin : begin + 500]}).delete()


def _types_of(slug: str, table: str) -> list[Any]:
    """Return the content types of a table; its name is all that is left of a model that is gone."""
    return [
        kind
        for kind in ContentType.objects.filter(app_label=slug)
        if f"{slug}_{kind.model}" == table
        or (kind.model_class() and kind.model_class()._meta.db_table == table)  # type: ignore[union-attr]
    ]


def _pointing() -> list[tuple[type[models.Model], str]]:
    """Return the models whose rows point to rows of any kind, and the column that holds the key."""
    found: list[tuple[type[models.Model], str]] = []
    for model in apps.get_models():
        names = {field.name: field for field in model._meta.local_fields}
        kind = names.get("content_type")
        if kind is not None and kind.related_model is ContentType:
            found += [(model, name) for name in ("object_id", "object_pk") if name in names]
    return found
