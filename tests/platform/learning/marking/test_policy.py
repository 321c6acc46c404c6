"""How strictly an answer is marked."""

from __future__ import annotations

import pytest

from lyceum.learning.marking.engine import mark
from lyceum.learning.marking.policy import DEFAULT, RULES, InvalidPolicy, Policy, Severity


def codes(answer: str, accept: str, *overrides: dict[str, str], language: str = "en") -> list[str]:
    marked = mark(
        answer, accept=[accept], language=language, policy=Policy.default().merged(*overrides)
    )
    return [reason.code for reason in marked.reasons]


def test_the_defaults_are_a_teachers() -> None:
    assert Policy.default().as_dict() == {
        "case": "ignore",
        "punctuation": "ignore",
        "spacing": "ignore",
        "contractions": "ignore",
        "diacritics": "warn",
        "typo": "warn",
        "word_order": "strict",
        "missing_word": "strict",
        "extra_word": "strict",
        "wrong_word": "strict",
        "wrong_letter": "strict",
        "forbidden_word": "strict",
    }


def test_the_last_override_wins() -> None:
    school, exercise = {"case": "warn", "typo": "strict"}, {"case": "strict"}

    policy = Policy.default().merged(school, exercise)

    assert (policy.case, policy.typo) == (Severity.STRICT, Severity.STRICT)
    assert Policy.default() == DEFAULT


def test_an_unknown_rule_is_named_and_the_rules_are_listed() -> None:
    with pytest.raises(InvalidPolicy, match=r"'accents'.*diacritics") as caught:
        Policy.default().merged({"accents": "strict"})
    assert all(rule in str(caught.value) for rule in RULES)


def test_an_unknown_severity_is_named_with_its_rule() -> None:
    with pytest.raises(InvalidPolicy, match=r"'harsh'.*'typo'.*strict, warn, ignore"):
        Policy.default().merged({"typo": "harsh"})
    assert issubclass(InvalidPolicy, ValueError)


@pytest.mark.parametrize(
    ("rule", "code", "accept", "answer", "score"),
    [
        ("case", "case", "I like Paris", "I like paris", 0.6667),
        ("punctuation", "punctuation", "Hello, Anna", "Hello Anna", 0.5),
        ("spacing", "spacing", "I like tea", "I like  tea", 0.6667),
        ("contractions", "contraction", "I do not know", "I don't know", 0.5),
        ("diacritics", "accent", "un café noir", "un cafe noir", 0.6667),
        ("typo", "typo", "because I know", "becuase I know", 0.6667),
        ("word_order", "word_order", "I am always late", "I always am late", 0.75),
        ("missing_word", "missing_word", "I do not know", "I do know", 0.75),
        ("extra_word", "extra_word", "I do know", "I do not know", 0.75),
        ("wrong_word", "wrong_word", "I like tea", "I like milk", 0.6667),
        ("wrong_letter", "wrong_letter", "ein schönes Haus", "ein schones Haus", 0.6667),
    ],
)  # fmt: skip
def test_each_rule_may_be_strict_tell_or_say_nothing(
    rule: str, code: str, accept: str, answer: str, score: float
) -> None:
    language = "de" if "Haus" in accept else "en"
    results = {
        severity: mark(
            answer,
            accept=[accept],
            language=language,
            policy=Policy.default().merged({rule: severity}),
        )
        for severity in ("strict", "warn", "ignore")
    }

    strict, warned, ignored = results["strict"], results["warn"], results["ignore"]
    assert (strict.correct, strict.score, [r.code for r in strict.reasons]) == (
        False,
        score,
        [code],
    )
    assert (warned.correct, warned.score, [r.code for r in warned.reasons]) == (True, 1, [code])
    assert (ignored.correct, ignored.score, ignored.reasons) == (True, 1, ())
    assert warned.reasons[0].severity is Severity.WARN


def test_strict_diacritics_make_an_accent_wrong() -> None:
    marked = mark(
        "tambien",
        accept=["también"],
        language="es",
        policy=Policy.default().merged({"diacritics": "strict"}),
    )

    assert (marked.correct, marked.score) == (False, 0.0)


def test_a_word_accepted_with_a_warning_counts_as_the_same_word() -> None:
    marked = mark("becuase I go", accept=["because I went"], language="en")

    assert marked.score == pytest.approx(2 / 3, abs=1e-4)


def test_strict_punctuation_sees_signs_of_one_kind_as_one() -> None:
    strict = {"punctuation": "strict"}

    assert codes("“Hello” – she said…", '"Hello" - she said...', strict) == []
    assert codes("Hello!", "Hello.", strict) == ["punctuation"]
    assert codes("كيف حالك?", "كيف حالك؟", strict, language="ar") == []


def test_a_french_blank_before_a_sign_is_spacing_not_punctuation() -> None:
    strict = {"punctuation": "strict", "spacing": "warn"}

    assert codes("Ça va?", "Ça va ?", strict, language="fr") == ["spacing"]
    assert codes("Ça va\u202f?", "Ça va ?", strict, language="fr") == []


def test_case_is_compared_in_words_that_lack_an_accent_too() -> None:
    assert codes("paul est marie", "Paul est Marié", {"case": "warn"}, language="fr") == [
        "case",
        "case",
        "accent",
    ]


def test_an_empty_answer_is_wrong_whatever_the_policy() -> None:
    lenient = Policy.default().merged(dict.fromkeys(RULES, "ignore"))

    for answer in ("", "  ", "...", "\u200f"):
        marked = mark(answer, accept=["yes"], language="en", policy=lenient)
        assert (marked.correct, marked.score) == (False, 0.0)


def test_a_forbidden_word_scores_nothing_even_in_a_right_answer() -> None:
    marked = mark("It is very good", accept=["It is very good"], language="en", forbidden=["very"])

    assert (marked.correct, marked.score) == (False, 0.0)
    assert [(r.code, r.start, r.end) for r in marked.reasons] == [("forbidden_word", 6, 10)]


def test_forbidden_phrases_are_taken_as_written() -> None:
    accept, forbidden = ["I do not know"], ["do not"]

    short = mark("I don't know", accept=accept, language="en", forbidden=forbidden)
    long = mark("I DO NOT know", accept=accept, language="en", forbidden=forbidden)

    assert short.correct
    assert [r.code for r in long.reasons] == ["forbidden_word"]


def test_a_forbidden_word_may_be_told_without_being_wrong() -> None:
    policy = Policy.default().merged({"forbidden_word": "warn"})

    marked = mark("so good", accept=["so good"], language="en", forbidden=["so"], policy=policy)

    assert (marked.correct, marked.score) == (True, 1.0)
    assert [r.code for r in marked.reasons] == ["forbidden_word"]
