"""What living together holds on a person: distance, reports, cases, sanctions, the bin."""

from __future__ import annotations

from collections.abc import Iterator

from lyceum.kernel.privacy import DELETE, UNLINK, Holding, Provider, SchoolHolding

THEIRS = "Who keeps away from somebody is their own affair, and not told to that person."
CASE = ("type", "state", "thing_state", "excerpt", "created_at", "closed_at")
SANCTION = ("school", "kind", "message", "until", "lifted_at", "at")


def living_together() -> Provider:
    """Return what is held of people who meet."""
    return Provider(
        holdings=(*_distance(), *_moderation()),
        of_schools=tuple(
            SchoolHolding(f"community.{model}")
            for model in ("Case", "Sanction", "BinnedThing", "Policy")
        ),
    )


def _distance() -> Iterator[Holding]:
    yield Holding("community.Block", "blocker", DELETE, told=("at",), part="blocks")
    yield Holding("community.Block", "blocked", DELETE, reason=THEIRS, untold=("*",))
    yield Holding("community.Mute", "muter", DELETE, told=("at",), part="mutes")
    yield Holding("community.Mute", "muted", DELETE, reason=THEIRS, untold=("*",))


def _moderation() -> Iterator[Holding]:
    # That there was something stays in the school's records, without whose it was or what it said.
    gone = {"excerpt": "", "address": "", "reasons": []}
    yield Holding(
        "community.Case", "author", UNLINK, told=CASE, blank=gone, part="cases-about-what-you-made"
    )
    yield Holding(
        "community.Report",
        "reporter",
        UNLINK,
        told=("kind", "text", "at"),
        blank={"text": ""},
        part="reports",
    )
    yield Holding(
        "community.CaseEntry", "by", UNLINK, told=("action", "note", "at"), part="moderation"
    )
    yield Holding("community.Sanction", "person", DELETE, told=SANCTION, part="sanctions")
    yield Holding(
        "community.Sanction", "by", UNLINK, told=("school", "kind", "at"), part="sanctions-given"
    )
    yield Holding(
        "community.BinnedThing", "author", DELETE, told=("type", "excerpt", "at"), part="bin"
    )
    yield Holding("community.BinnedThing", "by", UNLINK, told=("type", "at"), part="put-in-the-bin")
