"""The record of who did what to what."""

from lyceum.events.services import record_audit

__all__ = ["record_audit"]
