"""What holds for the tests of learning."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.exercises import simple_kinds


@pytest.fixture(autouse=True)
def _kinds() -> Iterator[None]:
    with simple_kinds():
        yield
