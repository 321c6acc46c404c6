"""The news of living together: blocks, reports, and what moderators do."""

from __future__ import annotations

from lyceum.events.types import EventType, declare_events

TYPE = {"type": "the thing's, as `slug.kind`"}
CASE = {"case": "the case in the queue", **TYPE}
STATE = {"state": "the case's from then on"}
SANCTION = {"sanction": "its id"}


def declare_news() -> None:
    """Say what this room publishes. Nobody who reports or moderates is named."""
    declare_events(*_of_people(), *_of_things())


def _of_people() -> list[EventType]:
    return [
        EventType(
            "person_blocked", "One blocked another.", actor="who blocks", subject="who is blocked"
        ),
        EventType(
            "person_unblocked",
            "One ended their block.",
            actor="who blocked",
            subject="who was blocked",
        ),
        EventType(
            "person_warned", "A moderator warned a person.", subject="the person", data=SANCTION
        ),
        EventType(
            "contact_suspended",
            "A moderator suspended a person from contact.",
            subject="the person",
            data={**SANCTION, "until": "ISO 8601"},
        ),
        EventType(
            "contact_suspension_lifted",
            "A suspension was ended before its time.",
            subject="the person",
            data=SANCTION,
        ),
        EventType(
            "filters_changed",
            "A manager changed the filters of words and links, or what first posts wait for.",
            actor="the manager",
            subject="",
            data={"fields": "a list of the names of what changed"},
        ),
    ]


def _of_things() -> list[EventType]:
    told = {
        "thing_hidden": "A moderator hid a thing.",
        "thing_binned": "A moderator threw a thing into the bin.",
        "case_closed": "A moderator closed a case and left the thing as it is.",
    }
    decided = {**CASE, **STATE}
    why = {"kind": "why", "concerns_child": "whether a child wrote or reported it"}
    return [
        _of_thing("report_made", "Somebody reported a thing.", {**CASE, **why}),
        _of_thing(
            "thing_held",
            "A thing waits for a moderator before others see it.",
            {**CASE, "reasons": "a list of why"},
        ),
        *(_of_thing(name, tells, decided) for name, tells in told.items()),
        _of_thing(
            "thing_deleted",
            "A thing was deleted, and lies in the bin for as long as the school says.",
            TYPE,
        ),
        EventType(
            "thing_restored",
            "A moderator showed a thing again, or brought it back out of the bin.",
            subject="the thing",
            data=TYPE,
            sometimes={"case": CASE["case"], **STATE},
        ),
    ]


def _of_thing(name: str, tells: str, data: dict[str, str]) -> EventType:
    return EventType(name, tells, subject="the thing", data=data)
