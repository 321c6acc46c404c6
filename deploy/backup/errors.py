"""What can stand in the way of a backup or a restore."""

from __future__ import annotations


class BackupError(Exception):
    """A backup cannot be made or restored; the message says why and what to do."""
