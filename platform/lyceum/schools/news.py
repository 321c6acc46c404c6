"""The news of schools: members who come and go, and the plugins that are switched."""

from __future__ import annotations

from lyceum.events.types import EventType, declare_events

MANAGER = "the manager; none where the platform does it"
SCHOOL = "the school"
SLUG = {"slug": "the plugin's"}


def declare_news() -> None:
    """Say what this room publishes. Called in `AppConfig.ready()`."""
    declare_events(
        EventType(
            "member_joined",
            "Somebody has a place at the school, or asks for one.",
            actor="who joins; a manager, for accounts that the school makes",
            subject="who joins",
            data={
                "status": "`active`, or `pending` until a manager agrees",
                "roles": "a list of names",
            },
        ),
        EventType("member_left", "Somebody left.", actor="who left", subject="who left"),
        EventType(
            "member_changed",
            "A member's roles, level or state changed, or whether they are a child.",
            actor="the manager; the member, who told by a date of birth that they are a child",
            subject="the member",
            data={"fields": "a list of the names of what changed"},
        ),
        _of_plugin("plugin_enabled", "A plugin was switched on."),
        _of_plugin("plugin_disabled", "A plugin was switched off."),
        _of_plugin("plugin_suspended", "A plugin was switched off, since it failed too often."),
        _of_plugin("plugin_purged", "What a plugin kept of the school was deleted."),
        EventType(
            "plugin_settings_changed",
            "Settings of a plugin were saved.",
            actor=MANAGER,
            subject=SCHOOL,
            data={**SLUG, "fields": "a list of the names of what changed; never a value"},
        ),
    )


def _of_plugin(name: str, tells: str) -> EventType:
    return EventType(name, tells, actor=MANAGER, subject=SCHOOL, data=SLUG)
