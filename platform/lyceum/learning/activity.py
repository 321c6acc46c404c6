"""The activity log's kinds, and the consumer that writes the log from what happened."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import ModuleType
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from lyceum.events.consumers import News
from lyceum.events.models import Event
from lyceum.kernel.plugins.host import Part, parts
from lyceum.kernel.plugins.plugins import BadPart, Plugin
from lyceum.kernel.registries import Registry
from lyceum.learning import news as facts
from lyceum.learning.models import ActivityEntry
from lyceum.schools.current import CurrentSchool


def _all_data(news: News) -> Mapping[str, Any]:
    return news.data


def _who_did_it(news: News) -> UUID | None:
    return news.actor


@dataclass(frozen=True)
class ActivityKind:
    """
    One kind of entry, made from one type of event.

    `person` says whose log it belongs to (None for nobody's), `data` what a front end needs to
    tell it in a sentence. One of a `plugin` is read where that is in force.
    """

    event: str
    person: Callable[[News], UUID | None] = _who_did_it
    data: Callable[[News], Mapping[str, Any]] = _all_data
    plugin: str = ""


activity_kinds: Registry[ActivityKind] = Registry("activity kinds")


class LoggedTypes(frozenset[str]):
    """The event types that any kind is made from, plugins' kinds that come later included."""

    def __contains__(self, type: object) -> bool:
        return any(kind.event == type for kind in activity_kinds)


def register_activity_kind(name: str, kind: ActivityKind) -> None:
    """Have the log hold a kind of entry from now on. Called in `AppConfig.ready()`."""
    activity_kinds.register(name, kind)


def register_part() -> None:
    """Take from every plugin the `ACTIVITY_KINDS` of its `hooks.py`. Called in `ready()`."""
    parts.register("activity kinds", Part("hooks", check=_check, add=_add))


def kinds_in(school: CurrentSchool) -> list[str]:
    """Return the kinds that a school's people read: the house's, and of plugins in force."""
    held = {"", *school.plugins}
    return sorted(name for name, kind in activity_kinds.items() if kind.plugin in held)


def of_plugin(school: CurrentSchool, slug: str) -> QuerySet[ActivityEntry]:
    """
    Return the entries that a plugin's kinds made at a school.

    Where its code is gone, those are found whose event is still there.
    """
    kinds = [name for name, kind in activity_kinds.items() if kind.plugin == slug]
    events = Event.objects.filter(school=school.uuid, type__startswith=f"{slug}.")
    made = Q(kind__in=kinds) | Q(event__in=events.values("uuid"))
    return ActivityEntry.objects.filter(made, school=school.uuid)


def _check(plugin: Plugin, module: ModuleType | None) -> None:
    found = getattr(module, "ACTIVITY_KINDS", {})
    if set(found) != set(plugin.told.activity_kinds):
        told = f"plugin.toml names the activity kinds {sorted(plugin.told.activity_kinds)}; here"
        raise BadPart(f"{told} are {sorted(found)}.")
    for name, kind in found.items():
        if not isinstance(kind, ActivityKind):
            raise BadPart(f"ACTIVITY_KINDS: {name} is no ActivityKind.")
        if not kind.event.startswith(f"{plugin.slug}."):
            raise BadPart(f"ACTIVITY_KINDS: {name} is not made of the plugin's own news.")
        if name in activity_kinds:
            raise BadPart(f"ACTIVITY_KINDS: there is a kind {name} already.")


def _add(plugin: Plugin, module: ModuleType | None) -> None:
    for name, kind in getattr(module, "ACTIVITY_KINDS", {}).items():
        register_activity_kind(name, replace(kind, plugin=plugin.slug))


def register_own_kinds() -> None:
    """Register the kinds that learning itself brings."""
    register_activity_kind("lesson_attempted", ActivityKind(event=facts.LESSON_STARTED))
    register_activity_kind("lesson_completed", ActivityKind(event=facts.LESSON_COMPLETED))
    register_activity_kind("exercise_completed", ActivityKind(event=facts.EXERCISE_COMPLETED))
    register_activity_kind("course_enrolled", ActivityKind(event=facts.COURSE_ENROLLED))
    register_activity_kind("course_completed", ActivityKind(event=facts.COURSE_COMPLETED))


def log_activity(news: Sequence[News]) -> None:
    """Write the entries that what happened gives rise to; telling it twice changes nothing."""
    entries = [entry for item in news for entry in _entries_of(item)]
    if entries:
        ActivityEntry.objects.bulk_create(entries, ignore_conflicts=True)


def _entries_of(news: News) -> Iterator[ActivityEntry]:
    for name, kind in activity_kinds.items():
        if kind.event != news.type or news.school is None:
            continue
        person = kind.person(news)
        if person is None:
            continue
        yield ActivityEntry(
            event=news.uuid,
            kind=name,
            person=person,
            school=news.school,
            subject=news.subject,
            data=dict(kind.data(news)),
            at=news.at,
        )
