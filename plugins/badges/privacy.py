"""What badges hold on a person: what they did, what it came to, and what they were given."""

from __future__ import annotations

from lyceum.plugin.privacy import DELETE, Holding, Provider

THEIRS = ("Award", "ActiveDay", "Score", "WeekScore", "Earned", "Milestone")

PRIVACY = Provider(
    holdings=tuple(
        Holding(f"badges.{model}", "user", DELETE, untold=("user",)) for model in THEIRS
    ),
    exempt={"badges.Award.subject": "It names a page: what was done, not who."},
)
