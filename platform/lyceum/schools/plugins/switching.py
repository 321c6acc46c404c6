"""Switching a plugin on and off in a school, seen by the next request of every process."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from lyceum.events.services import Fact, publish, record_audit
from lyceum.kernel.plugins.host import host
from lyceum.kernel.plugins.plugins import Plugin
from lyceum.kernel.plugins.schema import is_migrated
from lyceum.schools.current import CurrentSchool, school_by_id
from lyceum.schools.models import PluginSwitch, School
from lyceum.schools.plugins.errors import (
    NoSuchPlugin,
    PluginNotReady,
    RequiredBy,
    RequirementMissing,
)
from lyceum.schools.plugins.settings import refuse_incomplete

if TYPE_CHECKING:
    from lyceum.accounts.models import User


def find_plugin(slug: str) -> Plugin:
    """
    Return a plugin of this instance, whatever its state.

    :raises NoSuchPlugin: if there is none of that slug
    """
    plugin = host.plugins.get(slug)
    if plugin is None:
        raise NoSuchPlugin(f"There is no plugin {slug!r}.")
    return plugin


@transaction.atomic
def enable_plugin(
    *, actor: User | None, school: CurrentSchool, slug: str, at: datetime
) -> CurrentSchool:
    """
    Switch a plugin on, and lift its suspension if it was suspended. Harmless if it is on.

    :raises NoSuchPlugin: if there is none of that slug
    :raises PluginNotReady: if it did not load, or its tables are not there
    :raises RequirementMissing: if others that it requires are not in force in the school
    :raises NotSetUp: if it has settings that must be made first
    """
    row = School.objects.select_for_update().get(id=school.id)
    plugin = find_plugin(slug)
    # Asked anew: another process may have removed the tables since this one saw them.
    if not host.is_ready(slug) or not is_migrated(plugin):
        raise PluginNotReady
    lacking = host.lacking(plugin, host.in_force(row.plugins))
    if lacking:
        told = [f"{slug} {versions}" for slug, versions in lacking.items()]
        raise RequirementMissing(fields={"requires": told})
    if slug in row.plugins:
        return school
    refuse_incomplete(school.id, slug)
    PluginSwitch.objects.update_or_create(
        school=row,
        slug=slug,
        defaults={
            "is_on": True,
            "changed_at": at,
            "suspended_at": None,
            "suspended_because": "",
        },
    )
    return _write_down(row, [*row.plugins, slug], "plugin.enabled", plugin.slug, actor, at)


@transaction.atomic
def disable_plugin(
    *, actor: User | None, school: CurrentSchool, slug: str, at: datetime
) -> CurrentSchool:
    """
    Switch a plugin off. Its data stays. Harmless if it is off.

    A plugin whose code is broken or gone can be switched off as well.

    :raises NoSuchPlugin: if it is neither here nor on
    :raises RequiredBy: if others that are on in the school require it
    """
    row = School.objects.select_for_update().get(id=school.id)
    needing = [
        other.slug
        for other in host.order
        if other.slug in row.plugins and slug in other.told.requires
    ]
    if needing:
        raise RequiredBy(fields={"required_by": needing})
    switched = PluginSwitch.objects.filter(school=row, slug=slug, is_on=True).update(
        is_on=False, changed_at=at, suspended_at=None, suspended_because=""
    )
    if not switched:
        find_plugin(slug)
        return school
    rest = [each for each in row.plugins if each != slug]
    return _write_down(row, rest, "plugin.disabled", slug, actor, at)


@transaction.atomic
def suspend_plugin(*, school_id: int, slug: str, because: str, at: datetime) -> None:
    """
    Take a plugin out of force in a school until somebody switches it on again.

    :param because: a sentence for the school's managers
    """
    row = School.objects.select_for_update().get(id=school_id)
    if slug not in row.plugins:
        return
    PluginSwitch.objects.update_or_create(
        school=row,
        slug=slug,
        defaults={"is_on": True, "suspended_at": at, "suspended_because": because[:500]},
    )
    rest = [each for each in row.plugins if each != slug]
    _write_down(row, rest, "plugin.suspended", slug, None, at)


def _write_down(
    row: School, plugins: list[str], action: str, slug: str, actor: User | None, at: datetime
) -> CurrentSchool:
    before, row.plugins = row.plugins, sorted(plugins)
    row.save(update_fields=["plugins"])
    by = actor.uuid if actor else None
    record_audit(
        action=action,
        school=row.uuid,
        actor=by,
        target=row.uuid,
        target_type=f"plugin:{slug}",
        changes={"plugins": [before, row.plugins]},
    )
    data = {"slug": slug}
    news = action.replace(".", "_")
    publish(Fact(news, at=at, school=row.uuid, actor=by, subject=row.uuid, data=data))
    return school_by_id(row.pk)
