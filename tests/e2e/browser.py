"""A real browser for tests: Debian's Chromium, driven by Playwright."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.test import Client

# Chromium asks its maker for news unless it is told not to.
QUIET = ("gpu", "quic", "background-networking", "component-update", "sync")
# A microphone that plays a tone, which nobody is asked to allow.
WITH_MICROPHONE = ("use-fake-device-for-media-stream", "use-fake-ui-for-media-stream")


@contextmanager
def a_page(
    chromium: str,
    address: str,
    cookies: dict[str, str] | None = None,
    flags: Sequence[str] = (),
    **context_options: Any,
) -> Iterator[Any]:
    """Open a page in a browser of its own, with cookies for an address; closed at the end."""
    from playwright.sync_api import sync_playwright

    switches = [*(f"disable-{part}" for part in QUIET), "no-sandbox", "no-first-run", *flags]
    options = [f"--{switch}" for switch in switches]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=options)
        context = browser.new_context(**context_options)
        context.add_cookies(
            [
                {"name": name, "value": value, "url": address}
                for name, value in (cookies or {}).items()
            ]
        )
        yield context.new_page()
        browser.close()


def cookies_of(person: Any, host: str = "toto.localhost") -> dict[str, str]:
    """Return the cookies of a browser in which a person is signed in on a school's host."""
    client = Client(headers={"host": host})
    client.force_login(person, backend="lyceum.accounts.backends.AuthenticationBackend")
    return {name: morsel.value for name, morsel in client.cookies.items()}
