"""The screens of bundled plugins: what they say in every language, and what they build on."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT

WEB = sorted(ROOT.glob("plugins/*/web"))
FORM = re.compile(r"\.(zero|one|two|few|many|other)$")
# Names that are put together from what the API tells.
SAID = re.compile(r"\bt\((?:\w+ \? )?\"([\w-]+)\"(?: : \"([\w-]+)\")?")
BUILT = re.compile(r"\bt\(`([\w-]+)\$\{")


def words_of(web: Path, language: str) -> dict[str, str]:
    found: dict[str, str] = json.loads((web / "words" / f"{language}.json").read_text("utf-8"))
    return found


def source_of(web: Path) -> str:
    return "\n".join(file.read_text("utf-8") for file in sorted(web.rglob("*.js")))


@pytest.mark.parametrize("web", WEB, ids=lambda web: web.parent.name)
def test_every_language_says_what_english_says_and_english_all_that_is_said(web: Path) -> None:
    said = {FORM.sub("", name) for name in words_of(web, "en")}
    for language in ("es", "ar"):
        words = words_of(web, language)
        assert {FORM.sub("", name) for name in words} == said
        assert all(words.values())
        forms = {name for name in words if FORM.search(name)}
        assert {FORM.sub(".other", name) for name in forms} <= set(words)

    asked = {name for pair in SAID.findall(source_of(web)) for name in pair if name}
    assert len(asked) > 20
    assert asked - said == set()
    # No word is kept that nothing says: `kind-image` is said by t(`kind-${…}`).
    begun = tuple(BUILT.findall(source_of(web)))
    named = set(re.findall(r"\"([\w-]+)\"", source_of(web)))
    assert {name for name in said - asked - named if not name.startswith(begun)} == set()


@pytest.mark.parametrize("web", WEB, ids=lambda web: web.parent.name)
def test_they_ask_nobody_but_the_api_through_what_they_are_given(web: Path) -> None:
    source = source_of(web)

    strange = (
        r"\bfetch\(|XMLHttpRequest|localStorage|sessionStorage|indexedDB|innerHTML|eval\(|https?:"
    )
    assert re.findall(strange, source) == []
    assert [name for name in re.findall(r"from \"([^\"]+)\"", source) if name[:2] != "./"] == []
    # Nothing that is for one direction of writing, and no colour but the school's.
    styles = "\n".join(file.read_text("utf-8") for file in web.rglob("*.css"))
    assert (
        re.findall(r"(?:margin|padding|border|inset)-(?:left|right)|#[0-9a-fA-F]{3,8}\b", styles)
        == []
    )
