"""The language school of the demo with its real lessons, and a browser."""

from __future__ import annotations

import os
import shutil

import pytest
from django.conf import settings

from content_types.exchange.importing import import_folder
from lyceum.schools.current import CurrentSchool
from tests.people import a_school


@pytest.fixture
def toto(db: None) -> CurrentSchool:
    school = a_school("toto", name="English with Toto", host="toto.localhost")
    import_folder(settings.ROOT / "deploy/demo/toto", school=school)
    return school


@pytest.fixture(scope="session")
def chromium() -> str:
    """Return where Chromium is; skip, saying so, where there is none and none is required."""
    found = shutil.which("chromium")
    if found is None and "chromium" in os.environ.get("LYCEUM_TEST_REQUIRE", ""):
        pytest.fail("Chromium is required here (LYCEUM_TEST_REQUIRE), and is not installed.")
    if found is None:
        pytest.skip("Chromium is not installed.")
    return found
