"""Claims about Turkish, a row each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

LETTERS = [
    ("ışık", "IŞIK", True, "", "the capital of ı is I"),
    ("istanbul", "İSTANBUL", True, "", "the capital of i is İ"),
    ("istanbul", "ISTANBUL", False, "wrong_letter", "I is never the capital of i"),
    ("ışık", "isik", False, "wrong_letter", "i for ı and s for ş are other letters"),
    ("kız", "kiz", False, "wrong_letter", "ı and i are two letters"),
    ("açı", "acı", False, "wrong_letter", "an angle is not bitter"),
    ("öğretmen", "ogretmen", False, "wrong_letter", "ö and ğ are letters"),
    ("güzel", "guzel", False, "wrong_letter", "ü is a letter"),
    ("şeker", "seker", False, "wrong_letter", "ş is a letter"),
    ("çocuk", "cocuk", False, "wrong_letter", "ç is a letter"),
    ("dağ", "dag", False, "wrong_letter", "so is ğ"),
    ("kâğıt", "kağıt", True, "accent", "the circumflex is an accent"),
    ("hâlâ", "hala", True, "accent", "even where it tells still from aunt"),
    ("şeker", "s\u0327eker", True, "", "s with a combining cedilla is ş"),
    ("İzmir", "I\u0307zmir", True, "", "I with a combining dot is İ"),
    ("diş", "dış", False, "wrong_letter", "a tooth is not the outside"),
]  # fmt: skip

WORDS = [
    ("evden geliyorum", "evde geliyorum", False, "wrong_word", "from the house is not at it"),
    ("okula gidiyorum", "okulu gidiyorum", False, "wrong_word", "the dative is no accusative"),
    ("okula gidiyorum", "okulda gidiyorum", False, "wrong_word", "nor a locative"),
    ("ben gidiyorum", "ben gidiyorsun", False, "wrong_word", "the verb agrees with the person"),
    ("sen geldin", "sen geldim", False, "wrong_word", "in the past as well"),
    ("evlerimizden", "evlerimizde", False, "wrong_word", "case endings of long words too"),
    ("kitabım", "kitabın", False, "wrong_word", "mine is not yours"),
    ("çocuklar", "çocuk", False, "wrong_word", "a plural is not a singular"),
    ("gidiyorum", "gidiyoum", True, "typo", "a letter lost from the middle"),
    ("geliyorum", "geliyorm", True, "typo", "and from the ending"),
    ("öğretmen", "öğretman", True, "typo", "a wrong vowel"),
    ("arkadaş", "arkdaş", True, "typo", "a vowel lost"),
    ("kırmızı", "kırmzı", True, "typo", "another"),
    ("teşekkür ederim", "teşekür ederim", True, "typo", "a single k"),
    ("herkes", "herkez", True, "typo", "herkez is common, and listed as a slip"),
    ("yanlış", "yalnış", True, "typo", "so is yalnış"),
    ("yalnız", "yanlız", True, "typo", "and yanlız"),
    ("güzel", "güzle", True, "typo", "letters changed about"),
    ("Ben okula gidiyorum", "Ben gidiyorum okula", False, "word_order", "the verb goes last"),
    (("Ben okula gidiyorum", "Okula gidiyorum"), "Okula gidiyorum", True, "",
     "the pronoun is left out where it is listed so"),
    ("Geliyor musun", "Geliyormusun", False, "wrong_word", "the question particle stands apart"),
    ("ben de geliyorum", "bende geliyorum", False, "wrong_word", "de for too stands apart"),
    ("bir şey", "birşey", False, "wrong_word", "bir şey is two words"),
    ("her gün", "hergün", False, "wrong_word", "so is her gün"),
    ("büyük ev", "ev büyük", False, "word_order", "an adjective stands before its noun"),
    ("Kahve içmiyorum", "Kahve içiyorum", False, "wrong_word", "a negation is no slip"),
    ("Bu bir kalem değil", "Bu bir kalem", False, "missing_word", "nor is değil left out"),
    ("çocuk", "çocukk", True, "typo", "a k after a k is no ending"),
    ("kahvaltı", "kahvaltıı", True, "typo", "nor is a vowel after a vowel"),
    ("restoran", "restorant", True, "typo", "restorant is listed"),
    ("olacak", "olucak", True, "typo", "so is olucak"),
    ("Ben geldim", "Ben geldik", False, "wrong_word", "but k and m after a vowel are endings"),
    ("nereden", "nerden", True, "typo", "the short form of nereden is its variant"),
    ("müzik sistemi", "müzik sistem", False, "wrong_word", "an ending that is missing is grammar"),
    ("Fırtına azaldı", "Fırtına azaldım", False, "wrong_word", "an ending on an ending"),
]  # fmt: skip

SIGNS = [
    ("Ankara'da", "Ankara’da", True, "", "curly and straight apostrophes are one"),
    ("Ankara'da", "Ankarada", True, "", "an apostrophe left out is punctuation"),
    ("Nasılsın?", "nasılsın", True, "", "punctuation and case do not count"),
    ("3 elma", "٣ elma", True, "", "digits of another script are the same digits"),
    ("1.500 lira", "1500 lira", True, "", "a full stop groups thousands"),
]  # fmt: skip

ROWS = [*LETTERS, *WORDS, *SIGNS]


@pytest.mark.parametrize("row", ROWS, ids=[row[-1] for row in ROWS])
def test_in_turkish(row: Any, claim_holds: Callable[[str, Any], None]) -> None:
    claim_holds("tr", row)
