"""What the front end says: in each of its languages the same, and of each reason something."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator

import pytest
from django.conf import settings

from lyceum.learning.marking.policy import RULES
from lyceum.learning.marking.reasons import code_of

STATIC = settings.ROOT / "themes/classic/static"
LANGUAGES = ("en", "es", "ar")
# Forms of a saying that depends on a number, as CLDR names them.
FORMS = {
    "en": {"one", "other"},
    "es": {"one", "other"},
    "ar": {"one", "two", "few", "many", "other"},
}
FORM = re.compile(r"\.(zero|one|two|few|many|other)$")


def words_in(language: str) -> dict[str, str]:
    words: dict[str, str] = json.loads((STATIC / f"words/{language}.json").read_text())
    return words


def codes_of_kinds() -> Iterator[str]:
    """Yield the codes of the reasons that the kinds of the house give."""
    for file in (settings.ROOT / "content_types/exercise_kinds").glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            is_reason = isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Reason"
            if is_reason and isinstance(node.args[0], ast.Constant):
                yield str(node.args[0].value)


def test_every_reason_is_told_in_the_learner_s_words() -> None:
    codes = {code_of(rule) for rule in RULES} | set(codes_of_kinds())

    assert len(codes) >= 17
    for language in LANGUAGES:
        assert {f"reason-{code}" for code in codes} <= words_in(language).keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_the_same_things(language: str) -> None:
    ours, english = words_in(language), words_in("en")

    assert {FORM.sub("", name) for name in ours} == {FORM.sub("", name) for name in english}
    counted = {FORM.sub("", name) for name in ours if FORM.search(name)}
    for name in counted:
        assert {f"{name}.{form}" for form in FORMS[language]} <= ours.keys()
    for name, said in ours.items():
        if name in english and not FORM.search(name):
            assert fields_of(said) == fields_of(english[name]), name
        assert said.strip(), name


def fields_of(said: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", said))


def test_whatever_the_front_end_says_has_words() -> None:
    words = words_in("en")
    scripts = [file.read_text() for file in STATIC.rglob("*.js") if "vendor" not in file.parts]
    said = {name for script in scripts for name in re.findall(r'\bt\("([a-z-]+)"', script)}
    counted = {name for script in scripts for name in re.findall(r'\bcount\("([a-z-]+)"', script)}

    assert len(said) > 80
    assert said <= words.keys()
    assert {f"{name}.other" for name in counted} <= words.keys()
