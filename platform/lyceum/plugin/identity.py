"""Ids that sort by time, and secrets that nobody guesses."""

from lyceum.kernel.identity import moment_of, new_code, new_secret, new_uuid

__all__ = ["moment_of", "new_code", "new_secret", "new_uuid"]
