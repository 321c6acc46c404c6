"""What this room asks of plugins: what can be reported, and whom they keep from contact."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lyceum.kernel.plugins.hooks import Kind, Refusal, hookspec

if TYPE_CHECKING:
    from lyceum.community.contact import Party
    from lyceum.community.reportables import Reportable
    from lyceum.schools.current import CurrentSchool


@hookspec(Kind.CONTRIBUTION)
def register_reportables(school: CurrentSchool) -> list[Reportable]:
    """
    Return the kinds of thing that people can report, and moderators act upon.

    Each is a `Reportable`, whose `type` begins with the plugin's slug and a full stop.
    """
    raise AssertionError("Asked of plugins alone.")


@hookspec(Kind.VETO, fails_closed=True)
def veto_contact(school: CurrentSchool, sender: Party, receiver: Party) -> Refusal | None:
    """
    Refuse that one person writes to, or calls, another; None lets them.

    Asked after the platform's own rules: blocks, suspensions and children's safety. An
    implementation that breaks, or takes too long, refuses.
    """
    raise AssertionError("Asked of plugins alone.")
