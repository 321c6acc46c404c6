"""Deleting all that a plugin keeps of a school, with its code or without it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import ReferenceIndex

from lyceum.events.services import Fact, publish, record_audit
from lyceum.kernel.errors import Conflict
from lyceum.kernel.plugins.host import host
from lyceum.schools.current import CurrentSchool
from lyceum.schools.dropping import drop_files
from lyceum.schools.models import (
    PluginInstall,
    PluginSettings,
    PluginSwitch,
    School,
)
from lyceum.schools.plugins.elsewhere import delete_all, elsewhere, staying
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

Pointer = tuple[type[models.Model], str]
POINTING = _("rights, tags, older versions and the like")


class SwitchedOn(Conflict):
    """
    The plugin is on in the school, and its data in use.

    `DELETE /api/v1/plugins/{slug}/enabled` switches it off. Then its data can be deleted.
    """

    code = "plugin_on"
    detail = _("Switch this plugin off first.")


@dataclass(frozen=True)
class Kind:
    """How many things of one kind a plugin keeps of a school; `table` is the database's name."""

    name: str | Promise
    table: str
    count: int


@dataclass(frozen=True)
class Kept:
    """What a plugin keeps of a school."""

    slug: str
    kinds: list[Kind]
    files: int
    has_settings: bool
    # What is the school's, and stays.
    stays: list[Kind] = field(default_factory=list)

    @property
    def rows(self) -> int:
        return sum(kind.count for kind in self.kinds)


def kept_of(school: CurrentSchool, slug: str) -> Kept:
    """
    Return what a plugin keeps of a school. Some queries for each of its tables.

    :raises NoSuchPlugin: if there is none, and none was ever installed
    """
    install = install_of(slug)
    tables = tables_of(install)
    kept = _kept(
        slug,
        {where.table: count_rows(where, school.id) for where in tables},
        {key: each.count(school, slug) for key, each in elsewhere.items()},
        pointing=sum(found.count() for found in _pointing(tables, slug, school.id)),
        files=len(files_of(install, tables, school.id)),
        has_settings=_settings(school, slug).exists(),
    )
    stays = [Kind(name, "", count) for name, told in staying if (count := told(school, slug))]
    return replace(kept, stays=stays)


def is_on(school: CurrentSchool, slug: str) -> bool:
    """Return whether a school has a plugin switched on, or suspended: then nothing is deleted."""
    return PluginSwitch.objects.filter(school_id=school.id, slug=slug, is_on=True).exists()


@transaction.atomic
def purge_plugin(*, actor: User | None, school: CurrentSchool, slug: str, at: datetime) -> Kept:
    """
    Delete all that a plugin keeps of a school, for good; return what that was.

    Its code is not asked, and may be off, broken or gone. The audit and the events stay, which
    nobody can change; so do pages and answers that its kinds were used in: they are the school's.

    :raises NoSuchPlugin: if there is none, and none was ever installed
    :raises SwitchedOn: if the school has it switched on, or it is suspended there
    """
    row = School.objects.select_for_update().get(id=school.id)
    install = install_of(slug)
    if is_on(school, slug):
        raise SwitchedOn
    tables = tables_of(install)
    files = files_of(install, tables, school.id)
    # What points to a row goes before it.
    pointing = sum(map(delete_all, _pointing(tables, slug, school.id)))
    for indexed in _pointing(tables, slug, school.id, at=_columns_of(ReferenceIndex)):
        delete_all(indexed)
    beside = {key: each.delete(school, slug) for key, each in elsewhere.items()}
    counts = {where.table: delete_rows(where, school.id) for where in tables}
    had_settings = bool(delete_all(_settings(school, slug)))
    PluginSwitch.objects.filter(school=row, slug=slug).delete()
    row.save(update_fields=())  # a new epoch: what was read of the settings is forgotten
    drop_files(files)
    by = actor.uuid if actor else None
    told = {**counts, **beside, "pointing": pointing, "files": len(files)}
    record_audit(
        action="plugin.purged",
        school=row.uuid,
        actor=by,
        target=row.uuid,
        target_type=f"plugin:{slug}",
        changes={name: [count, 0] for name, count in told.items() if count},
    )
    data = {"slug": slug}
    publish(Fact("plugin_purged", at=at, school=row.uuid, actor=by, subject=row.uuid, data=data))
    return _kept(
        slug, counts, beside, pointing=pointing, files=len(files), has_settings=had_settings
    )


def install_of(slug: str) -> PluginInstall | None:
    """
    Return what was written down as a plugin was installed; None if it has no tables yet.

    :raises NoSuchPlugin: if there is none, and none was ever installed
    """
    install = PluginInstall.objects.filter(slug=slug).first()
    if install is None and slug not in host.plugins:
        raise NoSuchPlugin(f"There is no plugin {slug!r}.")
    return install


def tables_of(install: PluginInstall | None) -> list[Where]:
    """Return how to find a school's rows in a plugin's tables, those that hang on others first."""
    return rows_of_school(install.tables) if install else []


def files_of(
    install: PluginInstall | None,
    tables: Iterable[Where],
    school_id: int,
    *,
    beside: Collection[str] = (),
) -> list[str]:
    """Return the names of the files that a plugin keeps of a school, but for some tables'."""
    wheres = {where.table: where for where in tables if where.table not in beside}
    return [
        str(name)
        for told in (install.files if install else [])
        if told["table"] in wheres
        for name in values_of(wheres[told["table"]], told["column"], school_id)
    ]


def _kept(
    slug: str,
    counts: Mapping[str, int],
    beside: Mapping[str, int],
    *,
    pointing: int,
    files: int,
    has_settings: bool,
) -> Kept:
    names = _names(slug)
    own = [Kind(names.get(table, table), table, count) for table, count in counts.items()]
    others = [(elsewhere[key].name, count) for key, count in beside.items()]
    told = [Kind(name, "", count) for name, count in [*others, (POINTING, pointing)] if count]
    return Kept(slug, [*reversed(own), *told], files, has_settings)


def _names(slug: str) -> dict[str, str | Promise]:
    """Return what a loaded plugin calls its tables' rows."""
    plugin = host.plugins.get(slug)
    if plugin is None or not plugin.is_loaded:
        return {}
    return {
        model._meta.db_table: model._meta.verbose_name_plural
        for model in apps.get_app_config(slug).get_models(include_auto_created=True)
        if model._meta.verbose_name_plural
    }


def _settings(school: CurrentSchool, slug: str) -> models.QuerySet[PluginSettings]:
    return PluginSettings.objects.filter(school_id=school.id, slug=slug)


def _pointing(
    tables: Iterable[Where], slug: str, school_id: int, *, at: Iterable[Pointer] | None = None
) -> Iterator[models.QuerySet[Any]]:
    """Yield grants, revisions, tags and the like, which point to a row by its type and key."""
    pointers = list(_pointers() if at is None else at)
    for where in tables:
        types = _types_of(slug, where.table)
        if not types:
            continue
        keys = [str(key) for key in values_of(where, key_of(where.table), school_id)]
        for model, name in pointers:
            found = model._default_manager.filter(content_type__in=types)
            if keys and found.exists():
                for begin in range(0, len(keys), 500):
                    yield found.filter(**{f"{name}__in": keys[begin : begin + 500]})


def _types_of(slug: str, table: str) -> list[Any]:
    """Return the content types of a table; its name is all that is left of a model that is gone."""
    return [
        kind
        for kind in ContentType.objects.filter(app_label=slug)
        if f"{slug}_{kind.model}" == table
        or (kind.model_class() and kind.model_class()._meta.db_table == table)  # type: ignore[union-attr]
    ]


def _pointers() -> Iterator[Pointer]:
    """Yield the models whose rows point to rows of any kind, and the column that holds the key."""
    for model in apps.get_models():
        # An index is made of the rows themselves: it is no more that is kept.
        if model is not ReferenceIndex:
            yield from _columns_of(model)


def _columns_of(model: type[models.Model]) -> Iterator[Pointer]:
    names = {field.name: field for field in model._meta.local_fields}
    kind = names.get("content_type")
    if kind is not None and kind.related_model is ContentType:
        yield from ((model, name) for name in ("object_id", "object_pk") if name in names)
