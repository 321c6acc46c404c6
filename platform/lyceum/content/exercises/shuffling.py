"""Orders and ids shown to learners: steady for one exercise, and telling nothing about it.

Both come from an HMAC (RFC 2104) keyed with the exercise's secret seed, with the creator's place
and text of a thing as its message. Every order is equally likely, the right one included: were it
left out, the order shown would rule one answer out, and with two items give the other away.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Item:
    """A thing that learners choose or move, under the id by which answers name it."""

    id: str
    text: str

    def shown(self) -> dict[str, str]:
        return {"id": self.id, "text": self.text}


def named(texts: Iterable[str], *, seed: str, role: str) -> list[Item]:
    """
    Return texts as items with ids (12 hexadecimal digits), in the order given.

    `role` tells apart the lists of one exercise, such as `matching.left` and `matching.right`.
    """
    return [
        Item(_keyed(seed, "id", role, str(place), text)[:12], text)
        for place, text in enumerate(texts)
    ]


def shuffled(items: Sequence[Item], *, seed: str, role: str) -> list[Item]:
    """Return the items in an order that depends on the seed, and not on their ids or texts."""
    return sorted(items, key=lambda item: _keyed(seed, "order", role, item.id))


def _keyed(seed: str, *parts: str) -> str:
    message = "\x1f".join(parts).encode()
    return hmac.new(seed.encode(), message, hashlib.sha256).hexdigest()
