"""The critical actions of schools: rules, people, roles and plugins."""

from __future__ import annotations

from lyceum.events.actions import Action, declare_actions

SCHOOL = "the school"
PERSON = "the person"
INVITATION = "the invitation"
VERSION = {"version": "before and after"}


def declare() -> None:
    """Say what this room writes into the audit. Called in `AppConfig.ready()`."""
    declare_actions(*_of_people(), *_of_plugins())


def _of_people() -> tuple[Action, ...]:
    return (
        Action(
            "school.settings_changed",
            "The school's rules are others.",
            SCHOOL,
            fields="before and after; of the code to join by, `changed`",
        ),
        Action(
            "school.invited",
            "Somebody was invited.",
            INVITATION,
            {"roles": "none, and those that they will have", "email": "`changed`"},
        ),
        Action("school.invitation_revoked", "An invitation is good no more.", INVITATION),
        Action(
            "school.joined",
            "Somebody has a place at the school, or asks for one.",
            PERSON,
            {"roles": "none, and those that they have or will have"},
            {"is_child": "`changed`, where they told that they are one"},
        ),
        Action(
            "school.audit_taken_out",
            "Somebody took the audit out as a file.",
            SCHOOL,
            {"export": "in which format"},
            fields="what was asked for",
        ),
        Action("school.left", "Somebody left.", PERSON),
        Action(
            "school.member_changed",
            "A manager changed a member's roles, level or state; or who joined told that they are "
            "a child.",
            PERSON,
            fields="before and after; of level and age, `changed`",
        ),
    )


def _of_plugins() -> tuple[Action, ...]:
    plugins = {"plugins": "those in force, before and after"}
    return (
        Action("plugin.enabled", "A plugin was switched on.", SCHOOL, plugins),
        Action("plugin.disabled", "A plugin was switched off.", SCHOOL, plugins),
        Action("plugin.suspended", "A plugin is off, since it failed too often.", SCHOOL, plugins),
        Action(
            "plugin.settings_changed",
            "Settings of a plugin were saved.",
            SCHOOL,
            fields="before and after, null where it was not set; of a secret, `changed`",
        ),
        Action("plugin.data_taken_out", "What a plugin keeps was taken out as a file.", SCHOOL),
        Action(
            "plugin.purged",
            "What a plugin kept of the school was deleted.",
            SCHOOL,
            fields="how many rows a table had, or how many files there were, and 0",
        ),
        Action("plugin.installed", "A plugin was installed.", "", VERSION),
        Action("plugin.upgraded", "A plugin was upgraded.", "", VERSION),
        Action(
            "plugin.uninstalled",
            "A plugin was taken away, with its data.",
            "",
            VERSION,
            fields="what else was kept of it, as `roles`: how many there were, and 0",
        ),
        Action("plugin.set_aside", "A plugin was taken away; its data stay.", "", VERSION),
    )
