"""Claims about Spanish, a row each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

LETTERS_AND_ACCENTS = [
    ("el año nuevo", "el ano nuevo", False, "wrong_letter", "ñ is a letter: ano is another word"),
    ("el niño", "el nino", False, "wrong_letter", "n for ñ is wrong where it makes no word, too"),
    ("la mano", "la maño", False, "wrong_letter", "ñ for n is as wrong"),
    ("mañana", "MAÑANA", True, "", "a capital Ñ is ñ"),
    ("mañana", "man\u0303ana", True, "", "n with a combining tilde is ñ"),
    ("también", "tambien", True, "accent", "the acute is an accent"),
    ("el café", "el cafe\u0301", True, "", "a combining acute is the acute"),
    ("está aquí", "esta aqui", True, "accent accent", "each word with an accent lost is told"),
    ("esta casa", "está casa", True, "accent", "an accent too many is told as well"),
    ("él habla", "el habla", True, "accent", "even where the accent tells two words apart"),
    ("yo hablo", "yo habló", True, "accent", "accents are compared before words are counted"),
    ("un pingüino", "un pinguino", True, "accent", "the diaeresis on u is an accent"),
    ("vergüenza", "VERGUENZA", True, "accent", "in capitals as well"),
    ("el corazón", "el corason", True, "typo", "an accent and a letter: the letter is told"),
]  # fmt: skip

WORDS = [
    ("yo hablo", "yo habla", False, "wrong_word", "another person of the verb is no slip"),
    ("ella trabaja", "ella trabajo", False, "wrong_word", "nor is the first for the third"),
    ("las casas blancas", "las casas blanca", False, "wrong_word",
     "an adjective agrees in number"),
    ("una chica buena", "una chica bueno", False, "wrong_word", "and in gender"),
    ("mi hermana", "mi hermano", False, "wrong_word", "a sister is no brother"),
    ("el perro", "el pero", False, "wrong_word", "pero is a word, and more common than perro"),
    ("quiero pan", "quero pan", True, "typo", "quero is no Spanish"),
    ("mi hermano", "mi ermano", True, "typo", "a silent h is easily lost"),
    ("estaba en casa", "estava en casa", True, "typo", "b and v sound alike"),
    ("vivir aquí", "bivir aquí", True, "typo", "at the start of the word too"),
    ("la izquierda", "la isquierda", True, "typo", "z and s"),
    ("la iglesia", "la iglesa", True, "typo", "a letter lost"),
    ("haber sabido", "aver sabido", True, "typo", "aver is listed as a slip of haber or a ver"),
    ("el gato", "la gato", False, "wrong_word", "the article has a gender"),
    ("voy al cine", "voy a el cine", False, "wrong_word",
     "al is obligatory: a el is no long form of it"),
    ("la casa del rey", "la casa de el rey", False, "wrong_word", "and so is del"),
    ("está roto", "está rompido", False, "wrong_word", "a participle by the wrong rule"),
    ("tengo hambre", "estoy hambre", False, "wrong_word", "hunger is had"),
    ("soy profesor", "estoy profesor", False, "wrong_word", "ser and estar are two verbs"),
    ("sin embargo", "sinembargo", False, "wrong_word", "two words are not one"),
    ("a veces", "aveces", False, "wrong_word", "nor are these"),
    ("me gusta el té", "me gusta té", False, "missing_word", "what one likes has its article"),
    ("no tengo nada", "tengo nada", False, "missing_word", "the double negation needs no"),
    ("vivo en Madrid", "yo vivo en Madrid", False, "extra_word", "a pronoun has to be listed"),
    ("[yo] vivo en Madrid", "yo vivo en Madrid", True, "", "as an option it is right"),
    ("una casa grande", "una grande casa", False, "word_order", "grande follows, or means great"),
    ("no lo sé", "lo no sé", False, "word_order", "no stands before the pronoun"),
    ("dámelo", "da me lo", False, "wrong_word", "pronouns are joined to the imperative"),
    ("trabajamos", "trabajámos", True, "accent", "an accent where none belongs"),
    ("dieciséis", "16", False, "wrong_word", "a figure is not the word"),
    ("tú hablas", "tú habláis", False, "wrong_word", "nor is the plural you the singular"),
    ("quiero hacer", "quiero acer", True, "typo", "a silent h left out, listed"),
    ("el caballo", "el cavallo", True, "typo", "b and v sound alike"),
    ("una escuela nacional", "una escuela national", True, "typo", "an English word"),
    ("tú comes", "tú come", False, "wrong_word", "a Spanish form that looks English"),
]  # fmt: skip

SIGNS = [
    ("¿Cómo estás?", "Cómo estás?", True, "", "the opening question mark is punctuation"),
    ("¡Hola!", "hola", True, "", "so is the opening exclamation mark"),
    ("«Sí», dijo", '"Sí", dijo', True, "", "quotation marks are punctuation"),
    ("1.000 euros", "1000 euros", True, "", "a full stop groups thousands"),
    ("Buenos días", "buenos  dias", True, "accent", "a run of blanks is not told, the accent is"),
]  # fmt: skip

ROWS = [*LETTERS_AND_ACCENTS, *WORDS, *SIGNS]


@pytest.mark.parametrize("row", ROWS, ids=[row[-1] for row in ROWS])
def test_in_spanish(row: Any, claim_holds: Callable[[str, Any], None]) -> None:
    claim_holds("es", row)
