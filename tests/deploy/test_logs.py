"""What an instance writes to its log."""

from __future__ import annotations

import subprocess
import sys

from deploy.processes import ROOT

TOLD = """
import logging.config
from deploy.logs import logging_to_stderr
logging.config.dictConfig(logging_to_stderr("INFO"))
logging.getLogger("wagtail").info('Page deleted: "A title" id=7')
logging.getLogger("wagtail").warning("A warning")
logging.getLogger("lyceum").info("A word of ours")
"""


def test_no_title_of_a_page_is_logged() -> None:
    command = [sys.executable, "-c", TOLD]
    said = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stderr

    assert "A title" not in said
    assert "A warning" in said
    assert "A word of ours" in said
