"""Removing a plugin from the instance: what it left in the database, when no school uses it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder

from lyceum.events.services import record_audit
from lyceum.kernel.errors import Conflict
from lyceum.kernel.plugins.host import host
from lyceum.schools.current import school_by_id
from lyceum.schools.dropping import drop_files
from lyceum.schools.models import (
    PluginFailure,
    PluginInstall,
    PluginSettings,
    PluginSwitch,
    School,
)
from lyceum.schools.plugins.elsewhere import elsewhere, staying
from lyceum.schools.plugins.errors import NoSuchPlugin, RequiredBy
from lyceum.schools.plugins.tables import all_values, drop_tables


class InUse(Conflict):
    """
    Schools have the plugin switched on.

    `errors.schools` names them. Their managers switch it off first.
    """

    code = "plugin_in_use"
    detail = "Schools have this plugin switched on."


class ContentLeft(Conflict):
    """
    Schools have content that only this plugin can tell, such as pages of its types.

    `errors.schools` says how much is where. Their editors delete it first.
    """

    code = "plugin_content_left"
    detail = "Schools have content of this plugin."


class CodeThere(Conflict):
    """The plugin's code is there and sound, and was said to be gone."""

    code = "plugin_code_there"
    detail = "This plugin is here, and loaded."


class CodeGone(Conflict):
    """
    The plugin's code is broken or gone, so that only what was written down of it can be removed.

    Say `--code-gone` if that is meant.
    """

    code = "plugin_code_gone"
    detail = "This plugin's code is not loaded. Say --code-gone to go by what was written down."


def uninstall_plugin(
    *, slug: str, code_gone: bool = False, keep_data: bool = False, at: datetime
) -> list[str]:
    """
    Remove a plugin's tables, migrations, permissions and content types, files, what every school
    set of it, and what rooms keep for it elsewhere; return the names of the tables.

    Not in a transaction: tables are dropped. What was broken off is ended by calling it again.

    :param code_gone: whether its code is broken or gone; must be said, so that a wrong path of a
        shelf is not taken for it
    :param keep_data: leave tables, files and settings as they are, for a later installation
    :raises NoSuchPlugin: if there is none, and none was ever installed
    :raises InUse: if a school has it switched on
    :raises ContentLeft: if a school has pages of its types
    :raises RequiredBy: if others that are installed require it
    :raises CodeGone: if its code is not loaded, and was not said to be gone
    :raises CodeThere: if it is loaded, and was said to be gone
    """
    install = PluginInstall.objects.filter(slug=slug).first()
    _check(slug, install, code_gone=code_gone, keep_data=keep_data)
    if keep_data:
        with transaction.atomic():
            _forget_switches(slug)
            _tell(slug, install, "plugin.set_aside")
        return []
    tables = list(install.tables) if install else []
    there = set(connection.introspection.table_names())
    files = [
        str(name)
        for told in (install.files if install else [])
        if told["table"] in there
        for name in all_values(told["table"], told["column"])
    ]
    drop_tables(tables)
    with transaction.atomic():
        MigrationRecorder(connection).migration_qs.filter(app=slug).delete()
        # Permissions, grants, revisions and references go with the types.
        ContentType.objects.filter(app_label=slug).delete()
        ContentType.objects.clear_cache()
        PluginSettings.objects.filter(slug=slug).delete()
        gone = _forget_elsewhere(slug)
        _forget_switches(slug)
        PluginInstall.objects.filter(slug=slug).delete()
        _tell(slug, install, "plugin.uninstalled", gone)
        drop_files(files)
    return tables


def _check(slug: str, install: PluginInstall | None, *, code_gone: bool, keep_data: bool) -> None:
    plugin = host.plugins.get(slug)
    if plugin is None and install is None:
        raise NoSuchPlugin(f"There is no plugin {slug!r}.")
    using = PluginSwitch.objects.filter(slug=slug, is_on=True).values_list("school__slug")
    schools = sorted(school for (school,) in using)
    if schools:
        raise InUse(fields={"schools": schools})
    if not keep_data:
        _check_what_stays(slug)
    needing = [
        other.slug
        for other in host.plugins.values()
        if other.manifest and slug in other.told.requires
    ]
    if needing:
        raise RequiredBy("Other plugins need this one.", fields={"required_by": sorted(needing)})
    is_loaded = plugin is not None and plugin.is_loaded
    if is_loaded and code_gone:
        raise CodeThere
    if not is_loaded and not code_gone:
        raise CodeGone


def _check_what_stays(slug: str) -> None:
    schools = [
        school_by_id(pk) for pk in School.objects.order_by("slug").values_list("id", flat=True)
    ]
    left = [
        f"{school.slug}: {count} {name}"
        for school in schools
        for name, counted in staying
        if (count := counted(school, slug))
    ]
    if left:
        raise ContentLeft(fields={"schools": left})


def _forget_elsewhere(slug: str) -> Counter[str]:
    """Delete what rooms keep for the plugin, in all schools; return how many by their names."""
    gone: Counter[str] = Counter()
    for school_id in School.objects.order_by("id").values_list("id", flat=True):
        school = school_by_id(school_id)
        for key, each in elsewhere.items():
            gone[key] += each.delete(school, slug)
    return +gone


def _forget_switches(slug: str) -> None:
    PluginSwitch.objects.filter(slug=slug).delete()
    PluginFailure.objects.filter(slug=slug).delete()
    # What was switched on while this ran is off with it, and every process is told by the epoch.
    for school in School.objects.select_for_update().order_by("id"):
        school.plugins = [each for each in school.plugins if each != slug]
        school.save(update_fields=["plugins"])


def _tell(
    slug: str, install: PluginInstall | None, action: str, gone: Mapping[str, int] | None = None
) -> None:
    changes: dict[str, list[object]] = {"version": [install.version if install else "", ""]}
    changes |= {name: [count, 0] for name, count in (gone or {}).items()}
    record_audit(action=action, target_type=f"plugin:{slug}", changes=changes)
