"""The record of who did what to what."""

from lyceum.events.actions import Action, declare_actions
from lyceum.events.services import record_audit

__all__ = ["Action", "declare_actions", "record_audit"]
