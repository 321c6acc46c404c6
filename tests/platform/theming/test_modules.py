"""What a module of a front end takes from another is there, whichever theme brings the other."""

from __future__ import annotations

import posixpath
import re

import pytest
from django.conf import settings

from lyceum.theming.files import JOINED
from lyceum.theming.joining import DECLARED, IMPORT, LISTED
from lyceum.theming.themes import find_themes

FOUND, _ = find_themes(settings.ROOT / "themes")


@pytest.mark.parametrize("theme", sorted(FOUND))
def test_every_theme_is_one_file_and_each_name_that_a_module_takes_is_told_by_another(
    theme: str,
) -> None:
    files = FOUND[theme].files
    sources = {
        name: file.content.decode()
        for name, file in files.items()
        if name.endswith(".js") and name not in (JOINED, "service-worker.js")
    }
    told = {name: names_told(text) for name, text in sources.items()}
    missing = [
        f"{name}: {wanted} of {found['place']}"
        for name, text in sources.items()
        for found in IMPORT.finditer(text)
        for wanted in names_in(found["names"] or "", first=True)
        if wanted
        not in told[posixpath.normpath(posixpath.join(posixpath.dirname(name), found["place"]))]
    ]

    assert JOINED in files
    assert missing == []


def names_told(text: str) -> set[str]:
    listed = LISTED.search(text)
    declared = {found["name"] for found in DECLARED.finditer(text)}
    return declared | set(names_in(listed["names"] if listed else "", first=False))


def names_in(names: str, *, first: bool) -> list[str]:
    """Return the names of a list, each as it is called on one side of its `as`."""
    pairs = [re.split(r"\s+as\s+", pair.strip()) for pair in names.split(",") if pair.strip()]
    return [pair[0] if first else pair[-1] for pair in pairs]
