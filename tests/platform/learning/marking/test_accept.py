"""What creators write in an accept-list."""

from __future__ import annotations

import pytest

from lyceum.learning.marking.accept import MOST_FORMS, InvalidPattern, expand, leanest


@pytest.mark.parametrize(
    ("pattern", "forms"),
    [
        ("a dog", ["a dog"]),
        ("(a|the) dog", ["a dog", "the dog"]),
        ("[very] big", ["very big", "big"]),
        ("(a|the) [very] big dog",
         ["a very big dog", "a big dog", "the very big dog", "the big dog"]),
        ("colo[u]r", ["colour", "color"]),
        ("[really|very] big", ["really big", "very big", "big"]),
        ("((a|the) dog|dogs)", ["a dog", "the dog", "dogs"]),
        ("yes|no", ["yes", "no"]),
        ("(|very) big", ["big", "very big"]),
        ("(a|a) dog", ["a dog"]),
        (r"\(a\) dog", ["(a) dog"]),
        ("  a   dog ", ["a dog"]),
        ("(أنا|نحن) هنا", ["أنا هنا", "نحن هنا"]),
    ],
)  # fmt: skip
def test_a_pattern_stands_for_its_forms(pattern: str, forms: list[str]) -> None:
    assert list(expand(pattern)) == forms


@pytest.mark.parametrize(
    ("pattern", "explanation"),
    [
        ("(a|the dog", r"'\(' at character 1 is never closed"),
        ("a [very big", r"'\[' at character 3 is never closed"),
        ("a dog)", r"'\)' at character 6 closes a bracket that was never opened"),
        ("(a]", r"'\]' at character 3 does not close .* character 1, which needs '\)'"),
        ("(" * 40 + ")" * 40, "nested more than 20 deep"),
        ("", "empty"),
        ("[]", "empty"),
        ("(a|b)" * 9, "512 forms; 500 is the most"),
        ("[a]" * 400, "more than a thousand million forms"),
    ],
)
def test_what_cannot_be_read_is_explained(pattern: str, explanation: str) -> None:
    with pytest.raises(InvalidPattern, match=explanation):
        expand(pattern)


def test_as_many_forms_as_allowed_are_given() -> None:
    assert len(expand("(a|b|c|d|e)(1|2|3|4|5|6|7|8|9|0)(x|y|z|u|v|w|p|q|r|s)")) == MOST_FORMS


@pytest.mark.parametrize(
    ("pattern", "shown"),
    [
        ("(a|the) [very] big dog", "a big dog"),
        ("[Hello|Hi] (my name is|I am) Ana", "My name is Ana"),
        ("[Excuse me] could you [please|kindly] tell me [please]", "Could you tell me"),
        ("the [tele]phone", "the phone"),
        ("[Hello]", "Hello"),
    ],
)
def test_an_entry_is_shown_without_what_may_be_left_out(pattern: str, shown: str) -> None:
    assert leanest(pattern) == shown
