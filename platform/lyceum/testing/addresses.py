"""Every address of a plugin, from the resolver and its files, each with its arguments filled."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from lyceum.http.screens import plugin_files
from lyceum.kernel.plugins.host import host

# Below these, the first segment is a plugin's slug.
ROOTS = ("api/v1/", "_plugins/", "admin/plugins/")
ARGUMENT = re.compile(r"<(?:(\w+):)?\w+>")
# What is no number is an id of ours, or takes one for a word.
VALUES = {"int": "1", "path": "a/b"}
AN_ID = "0190a0a0-0000-7000-8000-000000000000"


def addresses_of(slug: str) -> list[str]:
    """Return all addresses of a loaded plugin, those of its files included; in order."""
    named = {form for form in _forms(get_resolver().url_patterns) if form.startswith(_tops(slug))}
    version = host.plugins[slug].version
    files = {f"_plugins/{slug}/{version}/{file}" for file in plugin_files.get(slug, ())}
    return sorted("/" + ARGUMENT.sub(_value, form) for form in named | files)


def addresses_beside(slug: str) -> list[str]:
    """Return addresses that a plugin could have: its roots, and one that nobody has below each."""
    tops = _tops(slug)
    return [f"/{top}{rest}" for top in tops for rest in ("", "nothing/at/all")]


def _tops(slug: str) -> tuple[str, ...]:
    return tuple(f"{root}{slug}/" for root in ROOTS)


def _forms(patterns: Any, above: str = "") -> Iterator[str]:
    for pattern in patterns:
        form = above + str(pattern.pattern).replace("^", "").replace("$", "")
        if isinstance(pattern, URLResolver):
            yield from _forms(pattern.url_patterns, form)
        elif isinstance(pattern, URLPattern):
            yield form


def _value(argument: re.Match[str]) -> str:
    return VALUES.get(argument[1], AN_ID)
