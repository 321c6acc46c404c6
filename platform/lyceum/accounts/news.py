"""The news of accounts: who came, what they changed of themselves, and who is forgotten."""

from __future__ import annotations

from lyceum.events.types import EventType, declare_events


def declare_news() -> None:
    """Say what this room publishes. Called in `AppConfig.ready()`."""
    declare_events(
        EventType(
            "person_signed_up",
            "Somebody made an account at the school.",
            actor="the person",
            subject="the person",
        ),
        EventType(
            "profile_changed",
            "A manager changed an account that the school manages. "
            "What people change of themselves is told to no school.",
            actor="the manager",
            subject="the person",
            data={"fields": "a list of the names of what changed; never a value"},
        ),
        EventType(
            "account_erased",
            "An account is erased.",
            actor="who asked for it",
            subject="the person",
            of_school=False,
        ),
        EventType(
            "school_deleted",
            "A school is deleted.",
            actor="who did it",
            subject="the school",
            of_school=False,
        ),
    )
