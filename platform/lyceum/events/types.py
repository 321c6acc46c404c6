"""What types of events there are, and what each tells: the words that others build upon."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from lyceum.kernel.plugins.deprecation import Deprecation
from lyceum.kernel.plugins.host import host
from lyceum.kernel.registries import Registry


class StrangeEvent(Exception):
    """An event was to be published that nobody declared, or that tells other things than that."""


@dataclass(frozen=True)
class EventType:
    """
    One type of event: when it is told, who acts, what it is about, and what its data holds.

    `data` names what is always there, `sometimes` what may be missing; each with one line for
    authors. `actor` and `subject` are empty where an event has none. One that is not `of_school`
    is for the house alone, since plugins are told of schools. `version` grows when the meaning of
    the data changes; a new field does not change it. One that is `deprecated` is told like any
    other until it is gone, and so is one whose version is about to grow.
    """

    name: str
    tells: str
    actor: str = ""
    subject: str = ""
    data: Mapping[str, str] = field(default_factory=dict)
    sometimes: Mapping[str, str] = field(default_factory=dict)
    of_school: bool = True
    version: int = 1
    deprecated: Deprecation | None = None

    def objection(self, data: Mapping[str, Any], version: int) -> str:
        """Return why data is not what was declared; empty if it is."""
        if version != self.version:
            return f"it is version {self.version}, and not {version}"
        missing = sorted(self.data.keys() - data.keys())
        if missing:
            return f"it lacks {', '.join(missing)}"
        strange = sorted(data.keys() - self.data.keys() - self.sometimes.keys())
        return f"it was not declared to tell {', '.join(strange)}" if strange else ""


# Those of the house; a plugin's are named in its manifest.
event_types: Registry[EventType] = Registry("types of events")


def declare_events(*declared: EventType) -> None:
    """Say what a room publishes. Called in `AppConfig.ready()`."""
    for each in declared:
        event_types.register(each.name, each)


def hold_to_declared(name: str, data: Mapping[str, Any], version: int) -> None:
    """
    Look at what is about to be published, where `LYCEUM_STRICT_EVENTS` is set, as in tests.

    :raises StrangeEvent: if its type was not declared, or it is not what was
    """
    if not settings.LYCEUM_STRICT_EVENTS:
        return
    slug, dot, own = name.partition(".")
    objection = _of_plugin(slug, own, version) if dot else _of_house(name, data, version)
    if objection:
        raise StrangeEvent(f"{name}: {objection}.")


def _of_house(name: str, data: Mapping[str, Any], version: int) -> str:
    declared = event_types.get(name)
    return declared.objection(data, version) if declared else "no room declares it"


def _of_plugin(slug: str, own: str, version: int) -> str:
    plugin = host.plugins.get(slug)
    if plugin is None or plugin.manifest is None:
        return ""
    versions = {each.type: each.version for each in plugin.manifest.publishes}
    if own not in versions:
        return "plugin.toml does not name it under `publishes`"
    told = f"plugin.toml says that it is version {versions[own]}, and not {version}"
    return "" if versions[own] == version else told
