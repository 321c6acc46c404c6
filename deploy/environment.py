"""Reading what an instance is told by its environment, and saying clearly what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import SplitResult, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

ON = frozenset({"1", "true", "yes", "on"})
OFF = frozenset({"0", "false", "no", "off"})


def required(environment: Mapping[str, str], name: str, *, why: str) -> str:
    """
    Return a variable that nothing starts without.

    :param why: what it is for: the rest of the sentence that says it is missing
    :raises ImproperlyConfigured: if it is missing or empty
    """
    value = environment.get(name, "").strip()
    if not value:
        raise ImproperlyConfigured(f"{name} is not set: {why} See deploy/env.example.")
    return value


def flag(environment: Mapping[str, str], name: str, *, default: bool) -> bool:
    """
    Return a switch.

    :raises ImproperlyConfigured: if it is set to what is neither on nor off
    """
    value = environment.get(name, "").strip().lower()
    if not value:
        return default
    if value not in ON | OFF:
        raise ImproperlyConfigured(f"{name} is {value!r}: set it to 1 or 0.")
    return value in ON


def whole_number(environment: Mapping[str, str], name: str, *, default: int) -> int:
    """
    Return a number of things or seconds, 0 or more.

    :raises ImproperlyConfigured: if it is set to anything else
    """
    value = environment.get(name, "").strip() or str(default)
    if not value.isdecimal():
        raise ImproperlyConfigured(f"{name} is {value!r}: set it to a whole number.")
    return int(value)


def words(environment: Mapping[str, str], name: str) -> list[str]:
    """Return what a variable lists, parted by commas."""
    return [word for part in environment.get(name, "").split(",") if (word := part.strip())]


def service_address(name: str, value: str, *, schemes: frozenset[str], example: str) -> SplitResult:
    """
    Return the parts of a service's address.

    :raises ImproperlyConfigured: if it is not an address of one of the schemes. Its password is
        not repeated.
    """
    try:
        parts = urlsplit(value)
        parts.port  # noqa: B018 — a port that is none raises here
    except ValueError:
        parts = SplitResult("", "", "", "", "")
    if parts.scheme not in schemes or not parts.hostname:
        raise ImproperlyConfigured(f"{name} is not an address such as {example}.")
    return parts


def unquoted(text: str | None) -> str:
    """Return a part of an address as it was before it was put in: `%40` is `@` again."""
    return unquote(text or "")
