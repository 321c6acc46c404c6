"""What the tests of moments say again and again."""

from __future__ import annotations

from typing import Any

from django.test import Client

from lyceum.plugin.schools import CurrentSchool
from lyceum.testing.people import a_school
from lyceum.testing.plugins import switch_on

MOMENTS = "/api/v1/moments"


def a_school_with_moments(slug: str) -> CurrentSchool:
    """Make a school in which moments are in force."""
    return switch_on("moments", a_school(slug))


def post(browser: Client, text: str = "Hello", *, expect: int = 201, **fields: Any) -> Any:
    """Post a moment; return what is answered."""
    body = {"text": text, **fields}
    answer = browser.post(MOMENTS, body, content_type="application/json")
    assert answer.status_code == expect, answer.content
    return answer.json()


def comment(
    browser: Client, moment: Any, text: str = "Well done", *, expect: int = 201, **fields: Any
) -> Any:
    """Comment on a moment; return what is answered."""
    address = f"{MOMENTS}/{moment['id']}/comments"
    answer = browser.post(address, {"text": text, **fields}, content_type="application/json")
    assert answer.status_code == expect, answer.content
    return answer.json()


def read(browser: Client, path: str = "", *, expect: int = 200, **query: Any) -> Any:
    """Read an address below moments."""
    answer = browser.get(f"{MOMENTS}{path}", query)
    assert answer.status_code == expect, answer.content
    return answer.json()


def do(browser: Client, method: str, path: str, *, expect: int = 204) -> None:
    """Call an address below moments that answers nothing."""
    answer = getattr(browser, method)(f"{MOMENTS}{path}")
    assert answer.status_code == expect, answer.content


def texts(page: Any) -> list[str]:
    return [item["text"] for item in page["items"]]
