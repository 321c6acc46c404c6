"""What critical actions there are, and what the audit holds of each: the one list of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from lyceum.kernel.plugins.host import host
from lyceum.kernel.registries import Registry


class StrangeAction(Exception):
    """The audit was to hold an action that nobody declared, or other things of it than that."""


@dataclass(frozen=True)
class Action:
    """
    One critical action: when its row is written, what it was done to, and what `changes` holds.

    `changes` names what is always there, `sometimes` what may be missing, each with one line for
    who reads the audit. Where the names are those of what was changed, as of settings, `fields`
    says what they hold. `target` is empty where an action is done to nothing.
    """

    name: str
    tells: str
    target: str = ""
    changes: Mapping[str, str] = field(default_factory=dict)
    sometimes: Mapping[str, str] = field(default_factory=dict)
    fields: str = ""

    def objection(self, changes: Mapping[str, Any]) -> str:
        """Return why changes are not what was declared; empty if they are."""
        missing = sorted(self.changes.keys() - changes.keys())
        if missing:
            return f"it lacks {', '.join(missing)}"
        if self.fields:
            return ""
        strange = sorted(changes.keys() - self.changes.keys() - self.sometimes.keys())
        return f"it was not declared to hold {', '.join(strange)}" if strange else ""


# Those of the house; a plugin's are named in its manifest.
actions: Registry[Action] = Registry("critical actions")


def declare_actions(*declared: Action) -> None:
    """Say what a room writes into the audit. Called in `AppConfig.ready()`."""
    for each in declared:
        actions.register(each.name, each)


def hold_to_declared(name: str, changes: Mapping[str, Any]) -> None:
    """
    Look at what the audit is about to hold, where `LYCEUM_STRICT_EVENTS` is set, as in tests.

    :raises StrangeAction: if the action was not declared, or holds other things
    """
    if not settings.LYCEUM_STRICT_EVENTS:
        return
    declared = actions.get(name)
    objection = declared.objection(changes) if declared else _of_plugin(name)
    if objection:
        raise StrangeAction(f"{name}: {objection}.")


def _of_plugin(name: str) -> str:
    slug, _, own = name.partition(".")
    plugin = host.plugins.get(slug)
    if plugin is None or plugin.manifest is None:
        return "no room declares it"
    known = {each.action for each in plugin.manifest.audits}
    return "" if own in known else "plugin.toml does not name it under `audits`"
