"""Doing a thing once, however often it is sent, with the database's constraints as the judge."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import IntegrityError, transaction

from lyceum.kernel.errors import Conflict, DomainError

# The first of many parallel sends makes the row that the others then wait for.
TRIES = 4

T = TypeVar("T")


class Contended(Conflict):
    """Too many answers came at the same moment. Send this one again."""

    code = "contended"
    detail = "Too much came at the same moment. Send this again."


@dataclass(frozen=True)
class Outcome:
    """What is answered; `replayed` if it is what was answered to the same before."""

    body: dict[str, Any]
    replayed: bool = False


def in_one_transaction(change: Callable[[], T]) -> T:
    """
    Return what `change` returns, done in one transaction, again where another was faster.

    :raises Contended: if others were faster each time
    """
    for _ in range(TRIES):
        try:
            with transaction.atomic():
                return change()
        except IntegrityError:
            continue
    raise Contended


def once(change: Callable[[], Outcome], *, stored: Callable[[], Outcome | None]) -> Outcome:
    """
    Return the outcome of a change, or what is stored of the same change made before.

    The store is asked only where the change is refused, so that a first send costs nothing.
    """
    for _ in range(TRIES):
        try:
            with transaction.atomic():
                return change()
        except (IntegrityError, DomainError) as refusal:
            before = stored()
            if before is not None:
                return before
            if isinstance(refusal, DomainError):
                raise
    raise Contended
