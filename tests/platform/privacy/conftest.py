"""What the tests of privacy share."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def no_files_of_other_tests(settings: Any, tmp_path: Path) -> None:
    """Let every test begin with an empty media folder: its files are searched and counted."""
    settings.MEDIA_ROOT = tmp_path / "media"
