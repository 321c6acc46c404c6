"""Names for things: ids that sort by time, and secrets that nobody guesses."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from uuid import UUID

import uuid_utils.compat

# Without 0, O, 1, I and L: codes are read aloud and typed by hand.
READABLE = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def new_uuid() -> UUID:
    """Return a UUID of version 7 (RFC 9562): unique, and later ones sort after earlier ones."""
    return uuid_utils.compat.uuid7()


def moment_of(uuid: UUID) -> datetime:
    """Return when a UUID of version 7 was made, to the millisecond."""
    return datetime.fromtimestamp((uuid.int >> 80) / 1000, UTC)


def new_secret() -> str:
    """Return 32 hexadecimal digits from the system's random source (128 bits)."""
    return secrets.token_hex(16)


def new_code(length: int = 8) -> str:
    """Return a code that a person can read aloud and type: `length` of 31 unmistakable signs."""
    return "".join(secrets.choice(READABLE) for _ in range(length))
