"""Where it leaks at the moment: a test says so."""

from __future__ import annotations

open_now: set[str] = set()
