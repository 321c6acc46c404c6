"""Ids that sort by time, and secrets that nobody guesses."""

from lyceum.kernel.identity import new_code, new_secret, new_uuid

__all__ = ["new_code", "new_secret", "new_uuid"]
