"""What a school has set of a plugin. Secrets are kept encrypted, and told to nobody but it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError

from lyceum.events.services import Fact, publish, record_audit
from lyceum.kernel import encryption
from lyceum.kernel.errors import Conflict, Invalid
from lyceum.kernel.plugins.host import host
from lyceum.kernel.plugins.settings import BaseSettings, classes, required_fields, secret_fields
from lyceum.schools.current import CurrentSchool
from lyceum.schools.models import PluginSettings, School
from lyceum.schools.plugins.errors import NoSettings, NoSuchPlugin, NotSetUp, PluginNotReady
from lyceum.schools.plugins.settings_checks import (
    checked,
    messages_of,
    refuse_misplaced,
    refuse_unstorable,
)

if TYPE_CHECKING:
    from lyceum.accounts.models import User


class SettingsChangedMeanwhile(Conflict):
    """Somebody else saved settings of this plugin at the same time. Read them again, then save."""

    code = "settings_changed"
    detail = _("Somebody else changed these settings meanwhile.")


@dataclass(frozen=True)
class SettingsView:
    """
    A plugin's settings at a school, as its managers see them.

    `secrets` says which are set. `problems` maps a field to what is wrong with what was saved, such
    as by an older version of the plugin.
    """

    values: dict[str, Any]
    secrets: dict[str, bool]
    schema: dict[str, Any]
    problems: dict[str, list[str]]


@dataclass(frozen=True)
class _Kept:
    """What is in the database: values as they are, secrets still encrypted."""

    values: dict[str, Any]
    secrets: dict[str, str]


# By school and slug: with the epoch of the school at which it was read.
_known: dict[tuple[UUID, str], tuple[int, BaseSettings]] = {}


def settings_of(school: CurrentSchool, slug: str) -> Any:
    """
    Return a plugin's settings at a school: an instance of its `Settings`, to be read only.

    One query, and none where this process has read them since the school last changed.

    :raises NotSetUp: if a field was not set that has no default, or what is set does not fit it
    :raises SecretUnreadable: if a secret was encrypted with a key that is gone
    """
    kept = _known.get((school.uuid, slug))
    if kept is not None and kept[0] == school.epoch:
        return kept[1]
    settings = _class_of(slug)
    stored = _stored(school.id, slug)
    try:
        instance = settings.model_validate(_opened(settings, stored))
    except ValidationError as error:
        raise NotSetUp(fields=messages_of(error, ())) from error
    _known[school.uuid, slug] = (school.epoch, instance)
    return instance


def settings_view(school: CurrentSchool, slug: str) -> SettingsView:
    """
    Return a plugin's settings for those who may change them. Two queries.

    :raises NoSettings: if the plugin has none
    :raises PluginNotReady: if it did not load
    """
    settings = _class_of(slug)
    stored = _stored(school.id, slug)
    names = secret_fields(settings)
    problems: dict[str, list[str]] = {}
    values = {
        name: stored.values[name]
        for name in settings.model_fields
        if name in stored.values and name not in names
    }
    try:
        instance = checked(school, slug, settings, _opened(settings, stored), whole=False)
        values = instance.model_dump(mode="json", exclude=set(names))
    except Invalid as error:
        problems = error.fields
    except encryption.SecretUnreadable as error:
        problems = {name: [error.message] for name in sorted(names & stored.secrets.keys())}
    return SettingsView(
        values=values,
        secrets={name: name in stored.secrets for name in sorted(names)},
        schema=settings.model_json_schema(),
        problems=problems,
    )


def save_settings(
    *,
    actor: User | None,
    school: CurrentSchool,
    slug: str,
    values: Mapping[str, Any],
    secrets: Mapping[str, str | None],
    at: datetime,
) -> SettingsView:
    """
    Save a plugin's settings, which may be off. Seen by the next request of every process.

    :param values: all of them; one that is not named gets its default
    :param secrets: those to set, and with None those to remove; one that is not named is kept
    :raises Invalid: naming each field that has a value it cannot have
    :raises SettingsNotChecked: if the plugin's own check breaks or takes too long
    :raises SettingsChangedMeanwhile: if somebody else saves at the same time
    """
    settings = _class_of(slug)
    refuse_misplaced(settings, values, secrets)
    refuse_unstorable(values)
    before = _stored(school.id, slug)
    kept = {name: text for name, text in before.secrets.items() if name not in secrets}
    given = {name: text for name, text in secrets.items() if text is not None}
    opened = {**values, **_opened(settings, _Kept({}, kept)), **given}
    # Before the transaction: the plugin may take its time.
    instance = checked(school, slug, settings, opened, whole=True)
    names = secret_fields(settings)
    after = _Kept(
        instance.model_dump(mode="json", exclude=set(names), exclude_unset=True),
        kept | {name: encryption.encrypt(text) for name, text in given.items()},
    )
    _write(actor=actor, school=school, slug=slug, before=before, after=after, at=at)
    return settings_view(school, slug)


def refuse_incomplete(school_id: int, slug: str) -> None:
    """
    Refuse a plugin whose settings are to be set first. One query, where any must be.

    :raises NotSetUp: naming each field
    """
    settings = classes.get(slug)
    wanted = required_fields(settings) if settings else frozenset()
    if not wanted:
        return
    stored = _stored(school_id, slug)
    missing = wanted - stored.values.keys() - stored.secrets.keys()
    if missing:
        raise NotSetUp(fields={name: ["Set it first."] for name in sorted(missing)})


@transaction.atomic
def encrypt_anew() -> int:
    """Encrypt all secrets of plugins with the newest key; return of how many settings."""
    holding = PluginSettings.objects.exclude(secrets="").select_for_update().order_by("pk")
    for row in holding:
        secrets = json.loads(row.secrets).items()
        row.secrets = json.dumps({name: encryption.rotate(text) for name, text in secrets})
        row.save(update_fields=["secrets"])
    return len(holding)


def connect() -> None:
    """Let the secrets' keys be changed. Called in `AppConfig.ready()`."""
    encryption.holders.register("settings of plugins", encrypt_anew)


def _class_of(slug: str) -> type[BaseSettings]:
    plugin = host.plugins.get(slug)
    if plugin is None:
        raise NoSuchPlugin(f"There is no plugin {slug!r}.")
    if not plugin.is_loaded:
        raise PluginNotReady
    if slug not in classes:
        raise NoSettings
    return classes[slug]


def _stored(school_id: int, slug: str) -> _Kept:
    row = PluginSettings.objects.filter(school_id=school_id, slug=slug).first()
    if row is None:
        return _Kept({}, {})
    return _Kept(row.values, json.loads(row.secrets or "{}"))


def _opened(settings: type[BaseSettings], stored: _Kept) -> dict[str, Any]:
    """Return what is kept, secrets decrypted, without what the plugin no longer asks for."""
    secrets = {name: encryption.decrypt(text) for name, text in stored.secrets.items()}
    return {
        name: value
        for name, value in {**stored.values, **secrets}.items()
        if name in settings.model_fields
    }


@transaction.atomic
def _write(
    *,
    actor: User | None,
    school: CurrentSchool,
    slug: str,
    before: _Kept,
    after: _Kept,
    at: datetime,
) -> None:
    row = School.objects.select_for_update().get(id=school.id)
    if _stored(school.id, slug) != before:
        raise SettingsChangedMeanwhile
    # What was never saved was as it is by default: a form that names it all changes no more.
    usual = classes[slug].model_construct().model_dump(mode="json")
    changed = sorted(
        _changes({**usual, **before.values}, {**usual, **after.values})
        | _changes(before.secrets, after.secrets)
    )
    if not changed:
        return
    PluginSettings.objects.update_or_create(
        school=row,
        slug=slug,
        defaults={
            "values": after.values,
            "secrets": json.dumps(after.secrets) if after.secrets else "",
            "changed_at": at,
        },
    )
    row.save(update_fields=())  # a new epoch
    by = actor.uuid if actor else None
    record_audit(
        action="plugin.settings_changed",
        school=row.uuid,
        actor=by,
        target=row.uuid,
        target_type=f"plugin:{slug}",
        changes=_told(slug, changed, before, after),
    )
    news = Fact(
        "plugin_settings_changed",
        at=at,
        school=row.uuid,
        actor=by,
        subject=row.uuid,
        data={"slug": slug, "fields": changed},
    )
    publish(news)


def _told(slug: str, changed: list[str], before: _Kept, after: _Kept) -> dict[str, list[Any] | str]:
    """Return what was before and after, but of what is a secret, or was one."""
    secrets = secret_fields(_class_of(slug)) | before.secrets.keys() | after.secrets.keys()
    return {
        name: "changed" if name in secrets else [before.values.get(name), after.values.get(name)]
        for name in changed
    }


def _changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> set[str]:
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
