"""The local settings, with the themes of another folder."""

from __future__ import annotations

import os
from pathlib import Path

from deploy.settings.local import *  # noqa: F403

ROOT = Path(os.environ["LYCEUM_TEST_THEMES"])
