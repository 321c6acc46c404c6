"""What holds for every answer, and which accepted form it is held against."""

from __future__ import annotations

import random

import pytest

from lyceum.learning.marking.accept import expand
from lyceum.learning.marking.engine import NothingAccepted, explain, mark
from lyceum.learning.marking.policy import RULES, Policy

SENTENCES = {
    "en": "I (do not|don't) know [why] he isn't at the boys' well-known 'school', is he?",
    "es": "¿(Dónde|En qué sitio) está el niño? ¡Dámelo, [por favor]! «Sí», dijo a las 10:30.",
    "de": "„(Wie geht es|Wie geht's) dir?“ Die Mädchen heißen [im Übrigen] Anna-Lena & Jörg.",
    "fr": "L’été, qu'est-ce que (j’aime|j'adore) [aujourd'hui] ? « Le cœur », c'est 1 000 €.",
    "tr": "İzmir'de (ışıklar|ağaçlar) [çok] güzel mi? Kâğıt IŞIK kadar değerli!",
    "ar": "(ذهبتُ|سافرتُ) إلى المَدرسة [أمس]، أليس كذلك؟ عندي ٣ كتب.",
    "ja": "(私|僕)は[とても]お茶が好きです。",
    "xx": "ʻokina (wʼa|wa) [ti] qaʔ",
}
HOSTILE = [
    "",
    " ",
    "\x00\x01\x7f",
    "\ud800",
    "a" + "\u0301" * 10_000,
    "\u0323\u0301" * 5_000,
    "👩‍👩‍👧 👍🏽" * 100,
    "'" * 500,
    "a'" * 500,
    "l'" * 500,
    "don't " * 200,
    "it's not " * 100,
    "a-" * 500,
    "1," * 500,
    "(((((",
    "\u202e\u2066\u200f" * 200,
    "ﷺ" * 200,
    "İ" * 2_000,
    "ß" * 2_000,
    "x" * 50_000,
    "一" * 500,
    "½²ﬁ ⅷ ①",
]


def learners_answers(language: str) -> list[str]:
    """Return answers with letters, words and signs changed about, the same at every run."""
    chance = random.Random(language)
    answers = list(HOSTILE)
    for form in expand(SENTENCES[language]):
        for _ in range(15):
            letters = list(form)
            for _ in range(chance.randint(1, 6)):
                at = chance.randrange(len(letters))
                letters[at : at + chance.randint(0, 2)] = chance.choice(
                    ["", " ", "x", "’", "\u0301", ",", letters[at - 1], "\u200f", "  the "]
                )
            words = "".join(letters).split(" ")
            if chance.random() < 0.3:
                chance.shuffle(words)
            answers.append(" ".join(words))
    return answers


@pytest.mark.parametrize("language", SENTENCES)
def test_every_accepted_form_is_right_without_a_reason(language: str) -> None:
    strict = Policy.default().merged(dict.fromkeys(RULES, "strict"))

    for form in expand(SENTENCES[language]):
        marked = mark(form, accept=[SENTENCES[language]], language=language, policy=strict)
        assert (marked.correct, marked.score, marked.reasons, marked.nearest) == (
            True,
            1.0,
            (),
            form,
        )


@pytest.mark.parametrize("language", SENTENCES)
@pytest.mark.parametrize("severity", ["strict", "warn", "ignore", ""])
def test_any_answer_gets_a_score_and_places_within_its_text(language: str, severity: str) -> None:
    overrides = dict.fromkeys(RULES, severity) if severity else {}
    policy = Policy.default().merged(overrides)

    for answer in learners_answers(language):
        marked = mark(
            answer,
            accept=[SENTENCES[language]],
            language=language,
            forbidden=["the"],
            policy=policy,
        )
        strict = any(reason.severity == "strict" for reason in marked.reasons)
        assert 0.0 <= marked.score <= 1.0
        assert all(0 <= one.start <= one.end <= len(answer) for one in marked.reasons)
        assert marked.correct == (marked.score == 1.0), answer
        assert not (marked.correct and strict)


@pytest.mark.parametrize("language", SENTENCES)
def test_marking_twice_gives_the_same(language: str) -> None:
    for answer in learners_answers(language):
        once = mark(answer, accept=[SENTENCES[language]], language=language)
        assert mark(answer, accept=[SENTENCES[language]], language=language) == once


def test_the_nearest_form_is_the_one_with_the_fewest_faults() -> None:
    accept = ["I am fond of tea", "I (like|love) tea", "Tea is what I like"]

    assert mark("I like te", accept=accept, language="en").nearest == "I like tea"
    assert mark("I am fond tea", accept=accept, language="en").nearest == "I am fond of tea"


def test_signs_decide_between_forms_of_the_same_words_where_they_are_told() -> None:
    policy = Policy.default().merged({"punctuation": "warn"})

    marked = mark("Yes, I do!", accept=["Yes I do.", "Yes, I do!"], language="en", policy=policy)

    assert (marked.nearest, marked.reasons) == ("Yes, I do!", ())


def test_among_hundreds_of_forms_the_nearest_is_found() -> None:
    accept = [f"the {name}s of number {n}" for n in range(300) for name in ("dog", "cat")]

    marked = mark("the cats of numbr 222", accept=accept, language="en")

    assert (marked.correct, marked.nearest) == (True, "the cats of number 222")


def test_the_score_is_the_words_in_common_over_the_longer() -> None:
    assert mark("a b c", accept=["a b c d"], language="en").score == 0.75
    assert mark("a b c d e", accept=["a b c d"], language="en").score == 0.8
    assert mark("x y z", accept=["a b c d"], language="en").score == 0.0


def test_an_accepted_sign_without_words_is_compared_as_it_is() -> None:
    assert mark("?", accept=["?"], language="en").correct
    assert not mark("!", accept=["?"], language="en").correct


def test_an_empty_accept_list_is_refused() -> None:
    with pytest.raises(NothingAccepted, match="at least one"):
        mark("yes", accept=[], language="en")


def test_a_language_may_have_a_region() -> None:
    assert not mark("ano", accept=["año"], language="es-MX").correct
    assert mark("IŞIK", accept=["ışık"], language="tr_TR").correct


def test_an_unknown_language_has_the_general_rules() -> None:
    assert mark("Helo wörld", accept=["Hello world"], language="xx").correct
    assert not mark("Hello", accept=["Hello world"], language="").correct


@pytest.mark.parametrize(
    ("language", "accept", "answer", "code"),
    [
        ("sv", "köper", "koper", "wrong_letter"),
        ("sv", "på", "pa", "wrong_letter"),
        ("sv", "idé", "ide", "accent"),
        ("pt", "não", "nao", "accent"),
        ("pt", "coração", "coracao", "accent"),
        ("pl", "żółw", "zolw", "wrong_letter"),
        ("ru", "мой", "мои", "wrong_letter"),
        ("ru", "ёлка", "елка", "accent"),
        ("it", "l'amico", "lo amico", "wrong_word"),
        ("hi", "किताब", "कताब", "wrong_word"),
        ("ja", "がく", "かく", "wrong_word"),
    ],
)
def test_other_alphabets_have_their_letters(
    language: str, accept: str, answer: str, code: str
) -> None:
    assert [r.code for r in mark(answer, accept=[accept], language=language).reasons] == [code]


def test_an_explanation_names_the_words_and_why() -> None:
    told = [str(f) for f in explain("He walk", accept=["he walks"], language="en")]

    assert told == [
        "He/he: capital and small letters differ: case",
        "walk/walks: both are words of English (Zipf 5.1 and 4.3): wrong_word",
    ]
