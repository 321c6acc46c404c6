"""The news of content: who may edit what."""

from __future__ import annotations

from lyceum.events.types import EventType, declare_events


def declare_news() -> None:
    """Say what this room publishes. Called in `AppConfig.ready()`."""
    data = {"person": "whose rights they are", "permissions": "a list of those held from then on"}
    by = "who grants; none where a command does"
    declare_events(
        EventType(
            "page_granted",
            "A person got rights on a page.",
            actor=by,
            subject="the page",
            data=data,
        ),
        EventType(
            "page_revoked",
            "A person's rights on a page were taken away.",
            actor=by,
            subject="the page",
            data=data,
        ),
    )
