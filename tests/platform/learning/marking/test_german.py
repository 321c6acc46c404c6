"""Claims about German, a row each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

LETTERS = [
    ("schön", "schon", False, "wrong_letter", "o and ö are two letters: schon is already"),
    ("schön", "schoen", True, "", "ö may be typed oe"),
    ("die Häuser", "die Haeuser", True, "", "ä may be typed ae"),
    ("über", "ueber", True, "", "ü may be typed ue"),
    ("Übung", "UEBUNG", True, "", "in capitals too"),
    ("das Mädchen", "das Madchen", False, "wrong_letter", "a for ä is wrong, word or not"),
    ("das Maedchen", "das Mädchen", True, "", "an accepted ae may be given as ä in a word"),
    ("aktuell", "aktüll", False, "wrong_word", "but ue is not ü where that makes no word"),
    ("die Straße", "die Strasse", True, "", "ss is ß"),
    ("die Strasse", "die Straße", True, "", "and ß is ss"),
    ("die Straße", "DIE STRASSE", True, "", "ß has no common capital"),
    ("für dich", "fu\u0308r dich", True, "", "u with a combining diaeresis is ü"),
    ("das Café", "das Cafe", True, "accent", "an acute in a borrowed word is an accent"),
    ("zwölf", "zwolf", False, "wrong_letter", "a lost mark is not a typo"),
    ("der Apfel", "der Aepfel", False, "wrong_letter", "also where ä is typed ae"),
    ("die Mütter", "die Mutter", False, "wrong_letter", "the mark alone makes the plural"),
]  # fmt: skip

WORDS = [
    ("einen Hund", "ein Hund", False, "wrong_word", "the accusative is not the nominative"),
    ("Ich habe einen Hund", "Ich habe ein Hund", False, "wrong_word", "in a sentence as well"),
    ("mit einem Hund", "mit einen Hund", False, "wrong_word", "dative and accusative"),
    ("der Hund", "die Hund", False, "wrong_word", "the article has a gender"),
    ("ein guter Mann", "ein gute Mann", False, "wrong_word", "the ending of the adjective"),
    ("ich trinke", "ich trinkt", False, "wrong_word", "another person of the verb"),
    ("mit Kindern", "mit Kinder", False, "wrong_word", "the dative plural has its n"),
    ("zwei Freunde", "zwei Freund", False, "wrong_word", "two want the plural"),
    ("das Buch des Lehrers", "das Buch des Lehrer", False, "wrong_word", "the genitive has its s"),
    ("vielleicht", "vieleicht", True, "typo", "common misspellings are listed"),
    ("nämlich", "nähmlich", True, "typo", "an h too many"),
    ("der Standard", "der Standart", True, "typo", "t for d at the end"),
    ("einen Kaffee", "einen Kaffe", True, "typo", "a letter of a pair lost"),
    ("wirklich", "wircklich", True, "typo", "ck for k"),
    ("interessant", "interesant", True, "typo", "a single s"),
    ("spazieren", "spatzieren", True, "typo", "a t from hearing"),
    ("die Schule", "die Shcule", True, "typo", "letters changed about"),
    ("entscheiden", "enscheiden", True, "typo", "a letter lost"),
    ("das Frühstück", "das Frühstuk", False, "typo wrong_letter",
     "in a word with a slip the lost mark is wrong all the same"),
    ("Ich gehe heute ins Kino", "Ich heute gehe ins Kino", False, "word_order",
     "the verb is the second part"),
    ("Heute gehe ich ins Kino", "Heute ich gehe ins Kino", False, "word_order",
     "also when the sentence starts with the time"),
    ("weil ich müde bin", "weil ich bin müde", False, "word_order",
     "in a subordinate clause the verb goes last"),
    ("Ich verstehe nicht", "Ich nicht verstehe", False, "word_order", "nicht follows the verb"),
    ("Ich stehe um acht Uhr auf", "Ich stehe um acht Uhr", False, "missing_word",
     "a separable verb needs its second part"),
    ("gar nicht", "garnicht", False, "wrong_word", "gar nicht is never one word"),
    ("der Hausschlüssel", "der Haus Schlüssel", False, "wrong_word", "compounds are one word"),
    ("wahrscheinlich", "warscheinlich", True, "typo", "an h left out, listed"),
    ("aggressiv", "agressiv", True, "typo", "so is one g for two"),
    ("die letzten Tage", "die letzen Tage", True, "typo", "and the lost t of letzten"),
    ("Ich höre Musik", "Ich höre Music", True, "typo", "an English word is no German one"),
    ("Das ist perfekt", "Das ist perfect", True, "typo", "nor is this"),
    ("Er bringt Brot", "Er bring Brot", False, "wrong_word", "a German form that looks English"),
    ("die Kirche", "die Kirsche", False, "wrong_word", "a cherry is not a church"),
]  # fmt: skip

CONTRACTIONS_AND_SIGNS = [
    ("Wie geht es dir", "Wie geht's dir", True, "", "geht's is geht es"),
    ("Wie geht’s dir", "Wie gehts dir", True, "", "its apostrophe may be left out"),
    ("Wie geht es dir", "Wie gehts dir", True, "", "gehts is geht es as well"),
    ("Es gibt's nicht", "Es gibt es nicht", True, "", "gibt's is gibt es"),
    ("in dem Haus", "im Haus", True, "", "im is in dem"),
    ("im Haus und in dem Garten", "in dem Haus und im Garten", True, "",
     "in each place for itself"),
    ("zum Bahnhof", "zu dem Bahnhof", True, "", "zum is zu dem"),
    ("ins Kino", "im Kino", False, "wrong_word", "ins and im are not one another"),
    ("das Haus, in dem ich wohne", "das Haus, im ich wohne", False, "wrong_word missing_word",
     "a relative pronoun does not melt into im"),
    ("Der Hund schläft.", "der hund schläft", True, "", "case does not count unless asked for"),
    ("„Hallo“, sagte sie.", '"Hallo", sagte sie', True, "", "quotation marks are punctuation"),
    ("die E-Mail", "die Email", True, "", "a hyphen may fall where the word is common without"),
]  # fmt: skip

ROWS = [*LETTERS, *WORDS, *CONTRACTIONS_AND_SIGNS]


@pytest.mark.parametrize("row", ROWS, ids=[row[-1] for row in ROWS])
def test_in_german(row: Any, claim_holds: Callable[[str, Any], None]) -> None:
    claim_holds("de", row)
