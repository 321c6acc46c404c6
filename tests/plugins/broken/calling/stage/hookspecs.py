"""A hook as rooms of the platform have them. It is the tests' own, and no plugin's example."""

from __future__ import annotations

from lyceum.kernel.plugins.hooks import Kind, SchoolOfHooks, hookspec


@hookspec(Kind.CONTRIBUTION, budget=0.3)
def play(school: SchoolOfHooks, how: str) -> str | None:
    """Play a part."""
