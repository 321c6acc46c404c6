"""What holds for every test."""

from __future__ import annotations

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _counters_start_at_zero() -> None:
    """Let no test meet the limits that another one used up."""
    cache.clear()
