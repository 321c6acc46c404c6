"""The critical actions of moderators."""

from __future__ import annotations

from lyceum.events.actions import Action, declare_actions

THING = "the thing, or the person, that was reported"
PERSON = "the person"
STATE = {"thing": "its state before and after"}
CASE = {"case": "its id", "state": "the case's, before and after", **STATE}
UNTIL = {"until": "the end of a suspension, before and after; empty where there is none"}


def declare() -> None:
    """Say what this room writes into the audit. Called in `AppConfig.ready()`."""
    declare_actions(
        _with_case("review", "A moderator has looked at a case."),
        _with_case("hide", "A thing was hidden."),
        Action(
            "moderation.restore",
            "A thing is shown again, by its case or out of the bin.",
            THING,
            STATE,
            sometimes={name: CASE[name] for name in ("case", "state")},
        ),
        _with_case("bin", "A thing was put into the bin."),
        _with_case("warn", "Somebody was warned, by a case."),
        _with_case("suspend", "Somebody was suspended from contact, by a case."),
        _with_case("lift", "A suspension ended early, by a case."),
        _with_case("note", "A moderator wrote a note to a case."),
        _with_case("resolve", "A case was resolved."),
        _with_case("dismiss", "A case was dismissed."),
        Action("moderation.person_warned", "Somebody was warned.", PERSON),
        Action("moderation.contact_suspended", "Somebody may not contact others.", PERSON, UNTIL),
        Action(
            "moderation.contact_suspension_lifted", "Somebody may contact others.", PERSON, UNTIL
        ),
        Action(
            "moderation.filters_changed",
            "The school's filters are others.",
            "the school",
            fields="before and after",
        ),
    )


def _with_case(name: str, tells: str) -> Action:
    return Action(f"moderation.{name}", tells, THING, CASE)
