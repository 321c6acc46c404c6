"""What may be done here, and what a personal token can be made for."""

from __future__ import annotations

from lyceum.access.registry import declare
from lyceum.accounts.tokens.scopes import Scope, scopes
from lyceum.schools.roles import MANAGER, MODERATOR

MODERATE = "community.moderate"
SET_POLICY = "community.set_policy"

SCOPES = {
    "community:read": "Read the faces of people, one's own blocks, mutes, reports and sanctions",
    "community:write": "Block, mute and report",
    "moderation:read": "Read the moderators' queue, their bin and the filters",
    "moderation:write": "Moderate, and change the filters",
}


def declare_permissions() -> None:
    """Declare who moderates, and who sets what is held back."""
    declare(MODERATE, "Work through reports; hide, warn and suspend from contact", MODERATOR)
    declare(SET_POLICY, "Set the school's word and link filters", MANAGER)


def declare_scopes() -> None:
    """Add this room's scopes to those that a personal token can be made for."""
    for code, label in SCOPES.items():
        scopes.register(code, Scope(code, label))
