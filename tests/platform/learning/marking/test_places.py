"""Reasons name the right piece of the learner's own text."""

from __future__ import annotations

import unicodedata

import pytest

from lyceum.learning.marking.engine import mark
from lyceum.learning.marking.policy import Policy

EVERYTHING = Policy.default().merged(
    {"case": "warn", "punctuation": "warn", "spacing": "warn", "contractions": "warn"}
)


def places(answer: str, accept: str, language: str) -> list[tuple[str, str]]:
    marked = mark(answer, accept=[accept], language=language, policy=EVERYTHING)
    return [(reason.code, answer[reason.start : reason.end]) for reason in marked.reasons]


@pytest.mark.parametrize(
    ("language", "accept", "answer", "expected"),
    [
        ("en", "He walks to school", "He walk to school", [("wrong_word", "walk")]),
        ("en", "The dog bites the man", "The man bites the dog",
         [("word_order", "man bites the dog")]),
        ("en", "I am always late", "I always am late", [("word_order", "am")]),
        ("en", "I do not know", "I don’t know", [("contraction", "don’t")]),
        ("en", "I can't swim", "I can not swim", [("contraction", "can not")]),
        ("en", "I do like it", "I don’t like it", [("extra_word", "n’t")]),
        ("en", "I will go", "I Won't go", [("case", "Wo"), ("extra_word", "n't")]),
        ("en", "It was cold", "It’s  cold", [("wrong_word", "’s"), ("spacing", "  ")]),
        ("en", "a lot of tea", "alot of tea", [("wrong_word", "alot")]),
        ("en", "sometimes", "some  times", [("wrong_word", "some  times")]),
        ("en", "Hello, Anna", "Hello Anna", [("punctuation", "")]),
        ("en", "Hello Anna", "Hello , Anna", [("punctuation", ",")]),
        ("en", "I like tea", "I  like tea", [("spacing", "  ")]),
        ("en", "I like tea", " I like tea", [("spacing", " ")]),
        ("es", "yo también voy", unicodedata.normalize("NFD", "yo tambièn voy"),
         [("accent", unicodedata.normalize("NFD", "tambièn"))]),
        ("es", "el niño feliz", unicodedata.normalize("NFD", "el nino felíz"),
         [("wrong_letter", "nino"), ("accent", unicodedata.normalize("NFD", "felíz"))]),
        ("fr", "l'homme est là", "le homme est la", [("wrong_word", "le"), ("spacing", " "),
         ("accent", "la")]),
        ("ar", "ذهب إلى المدرسة", "\u200fذَهَبَ الى\u200f المدرسة", [("accent", "الى")]),
        ("de", "Ich habe einen Hund", "„Ich habe ein Hund“", [("punctuation", "„"),
         ("wrong_word", "ein"), ("punctuation", "“")]),
        ("tr", "ışık aç", "😀 isik aç", [("punctuation", "😀"), ("wrong_letter", "isik")]),
        ("en", "hello there", "\u200bhe\u00adlo there", [("typo", "he\u00adlo")]),
    ],
)  # fmt: skip
def test_a_reason_names_its_piece_of_the_text(
    language: str, accept: str, answer: str, expected: list[tuple[str, str]]
) -> None:
    assert places(answer, accept, language) == expected


@pytest.mark.parametrize(
    ("accept", "answer", "place"),
    [
        ("I do not know", "I do know", 5),
        ("Yes I do", "I do", 0),
        ("I like it", "I like ", 6),
        ("I like it", "I like", 6),
        ("We do not know", "We  do… know.", 8),
    ],
)
def test_a_missing_word_is_a_point_where_it_should_be(accept: str, answer: str, place: int) -> None:
    (reason,) = mark(answer, accept=[accept], language="en").reasons

    assert (reason.code, reason.start, reason.end) == ("missing_word", place, place)


def test_reasons_come_in_the_order_of_the_text() -> None:
    marked = mark("I becuase walk the café to", accept=["I because walks a cafe in"], language="en")

    starts = [reason.start for reason in marked.reasons]
    assert starts == sorted(starts)


def test_a_message_says_what_to_look_at_and_never_the_solution() -> None:
    marked = mark("He walk to scool", accept=["He walks to school"], language="en")

    messages = [reason.message for reason in marked.reasons]
    assert messages == [
        "“walk” is not the word that belongs here.",
        "Check the spelling of “scool”.",
    ]
