"""What an unruly plugin does when it is called."""

from __future__ import annotations

import os
import sys
import time


def play(how: str) -> str:
    """Answer, or do what no plugin should."""
    if how == "raise":
        raise RuntimeError("I cannot")
    if how == "exit":
        sys.exit(3)
    if how == "end":
        os._exit(3)
    if how == "busy":
        while True:
            pass
    if how == "sleep":
        time.sleep(60)
    if how == "swallow":
        end = time.monotonic() + 60
        while time.monotonic() < end:
            try:
                while time.monotonic() < end:
                    pass
            except BaseException:
                continue
    return how
