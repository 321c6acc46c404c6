"""Every address of a plugin, from the resolver and its files, each with its arguments filled."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from lyceum.content.types import owners_of_types
from lyceum.http.screens import plugin_files
from lyceum.kernel.plugins.host import host

# Below these, the first segment is a plugin's slug.
ROOTS = ("api/v1/", "_plugins/", "admin/plugins/")
ARGUMENT = re.compile(r"<(?:(\w+):)?\w+>")
AN_ID = "0190a0a0-0000-7000-8000-000000000000"


def addresses_of(slug: str, *, id: str = AN_ID, number: str = "1") -> list[str]:
    """
    Return all addresses of a loaded plugin, those of its files included; in order.

    :param id: what stands where no number is asked for: an id, or a word
    """
    tops = _tops(slug) + tuple(
        f"api/v1/content/{plural}" for plural, owner in owners_of_types.items() if owner == slug
    )
    named = {form for form in _forms(get_resolver().url_patterns) if form.startswith(tops)}
    version = host.plugins[slug].version
    files = {f"_plugins/{slug}/{version}/{file}" for file in plugin_files.get(slug, ())}
    values = {"int": number, "path": "a/b"}
    filled = (ARGUMENT.sub(lambda found: values.get(found[1], id), form) for form in named | files)
    return sorted(f"/{address}" for address in filled)


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
