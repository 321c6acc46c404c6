"""A transaction that a test opens around what it asks, as the house does not."""

from __future__ import annotations

from django.db import transaction
from django.db.transaction import Atomic


def a_tests_own_block() -> Atomic:
    """
    Return `transaction.atomic()`, marked as the test's.

    Hooks refuse to be called inside a transaction of the house; those of tests do not count.
    """
    block = transaction.atomic()
    block._from_testcase = True  # type: ignore[attr-defined]
    return block
