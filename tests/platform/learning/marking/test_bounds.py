"""A form may be passed over only where holding the answer against it could not be nearer."""

from __future__ import annotations

import random
from itertools import product

import pytest

from lyceum.learning.marking.bounds import best_rank
from lyceum.learning.marking.faults import assess
from lyceum.learning.marking.folding import spell
from lyceum.learning.marking.forms import read_accept, read_answer
from lyceum.learning.marking.languages import find_language
from lyceum.learning.marking.policy import RULES, Policy
from lyceum.learning.marking.words import are_surely_different, compare

ACCEPTED = {
    "en": ("(I|we) do not know [why] he isn't at the boys' well-known school", "a lot of colour"),
    "es": ("¿(Dónde|En qué sitio) está el niño [ahora]?", "esta mañana esta el niño"),
    "de": ("(Wie geht es|Wie geht's) dir, [liebe] Mädchen?", "Mädchen in dem Haus heißen Jörg"),
    "fr": ("L'été, [aujourd'hui] j'adore le cœur", "où est-ce que tu es allée"),
    "tr": ("İzmir'de (ışıklar|ağaçlar) [çok] güzel", "nereden geldin çocuk"),
    "ar": ("(ذهبتُ|سافرتُ) إلى المَدرسة [أمس]", "مسؤول عن شيء في المدرسة"),
}
POLICIES = (
    Policy(),
    Policy().merged({"punctuation": "strict", "case": "warn", "contractions": "strict"}),
    Policy().merged({"wrong_letter": "warn", "typo": "strict"}),
    *(Policy().merged({rule: "ignore"}) for rule in RULES),
)


def answers(forms: list[str], chance: random.Random) -> list[str]:
    """Return the forms with words left out, changed about, doubled, joined, and mangled."""
    made = []
    for form, _ in product(forms, range(8)):
        words = form.split()
        for _ in range(chance.randint(0, 3)):
            at, other = chance.randrange(len(words)), chance.randrange(len(words))
            word = words[at]
            place = chance.randrange(len(word))
            change = chance.randrange(5)
            if change == 0 and len(words) > 2:
                del words[at]
            elif change == 1:
                words[at], words[other] = words[other], word
            elif change == 2:
                words[at] = word + words[other]
            elif change == 3:
                words[at] = word[:place] + word[place + 1 :] or "x"
            else:
                words[at] = word[:place] + chance.choice("aeiouñüş's") + word[place:]
        made.append(" ".join(words))
    return made


@pytest.mark.parametrize("code", ACCEPTED)
def test_no_assessment_is_nearer_than_its_bound(code: str) -> None:
    language = find_language(code)
    forms = read_accept(ACCEPTED[code], language).forms
    chance = random.Random(code)
    for answer in answers([form.text.raw for form in forms], chance):
        given = read_answer(answer, language)
        for form, policy, everything in product(forms, POLICIES, (True, False)):
            assessment = assess(given, form, policy, everything=everything)
            assert best_rank(given, form, policy) <= assessment.rank, (answer, form.text.raw)


def test_a_form_that_lacks_words_is_told_without_an_alignment() -> None:
    english = find_language("en")
    given = read_answer("the cat eats fish", english)
    forms = read_accept(("the cat eats [fresh] fish", "fish the cat eats"), english).forms

    bounds = [best_rank(given, form, Policy()) for form in forms]

    assert [(wrong, -score) for wrong, score, *_ in bounds] == [
        (True, 4 / 5),
        (False, 1.0),
        (True, 3 / 4),
    ]


@pytest.mark.parametrize("code", ACCEPTED)
def test_two_spellings_of_one_word_are_never_surely_different(code: str) -> None:
    language = find_language(code)
    for one, other in map(tuple, language.variants):
        assert not are_surely_different(spell(one, code), spell(other, code), language)


def test_words_that_are_surely_different_are_compared_as_such() -> None:
    english = find_language("en")
    one, other = spell("neighbours", "en"), spell("quickly", "en")

    assert are_surely_different(one, other, english)
    assert [rule for rule, _ in compare(one, other, english).rules] == ["wrong_word"]
