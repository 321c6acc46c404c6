"""A school with badges, and a clock that a test can set."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from lyceum.plugin.schools import CurrentSchool
from plugins.badges import api, services
from plugins.badges.tests.learning import MONDAY, a_school_with_badges


@pytest.fixture
def toto(db: None) -> CurrentSchool:
    return a_school_with_badges("toto")


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Let it be Monday at the doors; a test may say otherwise."""

    def set_to(at: datetime) -> None:
        monkeypatch.setattr(api, "now", lambda: at)

    set_to(MONDAY)
    # All that these tests tell of, they tell on that day.
    monkeypatch.setattr(services, "moment_of", lambda news: MONDAY)
    return set_to
