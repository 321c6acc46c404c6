"""A real browser for tests: Debian's Chromium, driven by Playwright."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

# Chromium asks its maker for news unless it is told not to.
QUIET = ("gpu", "quic", "background-networking", "component-update", "sync")


@contextmanager
def a_page(chromium: str, address: str, cookies: dict[str, str] | None = None) -> Iterator[Any]:
    """Open a page in a browser of its own, with cookies for an address; closed at the end."""
    from playwright.sync_api import sync_playwright

    options = ["--no-sandbox", "--no-first-run", *(f"--disable-{part}" for part in QUIET)]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=options)
        context = browser.new_context()
        context.add_cookies(
            [
                {"name": name, "value": value, "url": address}
                for name, value in (cookies or {}).items()
            ]
        )
        yield context.new_page()
        browser.close()
