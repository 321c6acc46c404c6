"""Which forms of a long accept-list an answer is compared with, where contractions stand."""

from __future__ import annotations

import pytest

from lyceum.learning.marking.engine import mark
from lyceum.learning.marking.policy import Policy

COAT = (
    "If it (is|gets|turns) cold tomorrow [then] I (will|shall) (wear|put on) (my|a|the) "
    "(coat|overcoat)",
    "If it (is|gets) cold tomorrow [then] I will put (my|a|the) coat on",
    "If tomorrow (it is|it gets|is) cold [then] I will (wear|put on) (my|a|the) coat",
)
WEATHER = "If the weather (is|gets|turns) cold tomorrow [then] I will (wear|put on) (my|a|the) coat"
CLOTHES = (
    "If the weather (is|gets|turns) not cold tomorrow [then] I (will|shall) (wear|put on) "
    "(my|a|the) (coat|overcoat)",
)
HOUSE = ("Wie (gefällt|gefiel) (es|das|alles) dir (heute|jetzt|nun|da) im [schönen] neuen Haus",)


@pytest.mark.parametrize(
    ("language", "others", "accept", "answer"),
    [
        pytest.param(
            "en",
            COAT,
            WEATHER,
            "If the weather's cold tomorrow I'll put on the coat",
            id="contracted in the answer",
        ),
        pytest.param(
            "en",
            CLOTHES,
            "If it's not cold tomorrow [then] I'll (wear|put on) (my|a|the) coat",
            "If it is not cold tomorrow I will put on the coat",
            id="contracted in the accepted form",
        ),
        pytest.param(
            "en",
            tuple(entry.replace("I (will|shall)", "I'll (never|surely)") for entry in CLOTHES),
            "If it isn't cold tomorrow [then] I will (wear|put on) (my|a|the) coat",
            "If it's not cold tomorrow I'll put on the coat",
            id="contracted otherwise in the one and the other",
        ),
        pytest.param(
            "de",
            HOUSE,
            "Wie geht es dir in dem neuen Haus",
            "Wie geht's dir im neuen Haus",
            id="fused in German",
        ),
    ],
)
def test_a_right_answer_is_right_however_many_forms_look_nearer_as_written(
    language: str, others: tuple[str, ...], accept: str, answer: str
) -> None:
    alone = mark(answer, accept=[accept], language=language)
    among_others = mark(answer, accept=[*others, accept], language=language)

    assert alone.correct
    assert among_others == alone


def test_a_form_that_is_right_in_longhand_goes_before_one_with_another_accent() -> None:
    accept = ["I'll find the café", "I will find the cafe"]

    marked = mark("I'll find the cafe", accept=accept, language="en")

    assert (marked.nearest, marked.reasons) == ("I will find the cafe", ())


@pytest.mark.parametrize("severity", ["ignore", "strict"])
def test_a_right_answer_is_right_however_many_forms_look_nearer_in_longhand(severity: str) -> None:
    policy = Policy.default().merged({"contractions": severity})
    others = [f"I will find the neighbor {number}" for number in range(30)]
    accept = [*others, "I'll find the neighbour"]

    marked = mark("I'll find the neighbor", accept=accept, language="en", policy=policy)

    assert (marked.correct, marked.nearest) == (True, "I'll find the neighbour")


def test_a_word_too_many_is_all_that_is_told_however_many_longer_forms_there_are() -> None:
    accept = [
        "[Excuse me|Sorry] (could|can|would) you [please|kindly] tell me [please] where the bus "
        "stop is [please|located]"
    ]

    marked = mark("Could you tell to me where the bus stop is?", accept=accept, language="en")

    assert [reason.code for reason in marked.reasons] == ["extra_word"]
