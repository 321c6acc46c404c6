"""Claims about Arabic, a row each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

MARKS = [
    ("كَتَبَ", "كتب", True, "", "vowel marks may be left out"),
    ("كتب", "كَتَبَ", True, "", "or written"),
    ("كَتَبَ", "كُتِبَ", True, "", "they do not count at all"),
    ("محمّد", "محمد", True, "", "the doubling mark counts as little"),
    ("شكراً", "شكرا", True, "", "nor does the nunation"),
    ("كتاب", "كتـــاب", True, "", "tatweel only stretches"),
    ("كتاب", "ﻛﺘﺎﺏ", True, "", "presentation forms are the same letters"),
    ("لا", "ﻻ", True, "", "so is the ligature of lam and alef"),
    ("كتاب جديد", "\u200fكتاب\u200e جديد", True, "", "directional marks are not seen"),
    ("ذٰلك", "ذلك", True, "", "the dagger alef is a vowel mark"),
]  # fmt: skip

ALEF_HAMZA_YA_TA = [
    ("أكل", "اكل", True, "accent", "hamza on alef is an accent"),
    ("إلى البيت", "الى البيت", True, "accent", "so is hamza below alef"),
    ("آسف", "اسف", True, "accent", "and madda"),
    ("اسم", "إسم", True, "accent", "also where none belongs"),
    ("سؤال", "سوال", True, "accent", "hamza on waw is an accent"),
    ("مسؤول", "مسئول", True, "accent", "what the hamza sits on is an accent"),
    ("شيء", "شيئ", True, "accent", "at the end of a word too"),
    ("ماء", "ما", False, "wrong_word", "but a hamza that stands alone is a letter"),
    ("قائمة", "قايمة", True, "accent", "and hamza on ya"),
    ("مدرسة", "مدرسه", True, "accent", "ha for ta marbuta is an accent"),
    ("مستشفى", "مستشفي", True, "accent", "ya for a final alef maqsura is an accent"),
    ("القاضي", "القاضى", True, "accent", "and the other way round"),
    ("أنا في المدرسة", "انا فى المدرسه", True, "accent accent accent",
     "each word with one is told"),
    ("أ\u0643ل", "ا\u0654كل", True, "", "alef with a combining hamza is alef with hamza"),
    ("مدرسة", "مدرست", True, "typo", "an open ta for ta marbuta is a slip, not an accent"),
    ("علي", "علی", True, "", "a Persian keyboard's ya is ya"),
    ("شيء جميل", "شئ جميل", True, "accent", "a final hamza may sit on its ya"),
    ("شيء جميل", "شىء جميل", True, "accent", "or on a ya without dots"),
    ("على الشاطئ", "على الشاطيء", True, "accent", "or beside it"),
]  # fmt: skip

WORDS = [
    ("هو يكتب", "هو تكتب", False, "wrong_word", "he writes is not she writes"),
    ("هو يذهب", "هو يذهبون", False, "wrong_word", "one is not many"),
    ("بيت كبير", "بيت كبيرة", False, "wrong_word", "the adjective agrees in gender"),
    ("الكتاب الجديد", "كتاب الجديد", False, "wrong_word", "the article is part of the word"),
    ("الكتاب", "الكاتب", False, "wrong_word", "the book is not the writer"),
    ("الطالب", "الطلاب", False, "wrong_word", "one student is not many"),
    ("المدرسة", "المدارس", False, "wrong_word", "one school is not many"),
    ("لكن", "لاكن", False, "wrong_word", "words of three letters have no typos"),
    ("السيارة", "السيارات", False, "wrong_word", "one car is not many"),
    ("المدرسة", "المدسة", True, "typo", "a letter lost"),
    ("المستشفى", "المستفشى", True, "typo", "letters changed about"),
    ("اللغة العربية", "الغة العربية", True, "typo", "a lam lost after the article"),
    ("قرأ الولد الكتاب", "قرأ الكتاب الولد", False, "word_order",
     "subject and object are told by their order"),
    ("ذهب الولد", "الولد ذهب", False, "word_order", "verb first, unless listed otherwise"),
    (("ذهب الولد", "الولد ذهب"), "الولد ذهب", True, "", "as it may be"),
    ("لا أحب القهوة", "أحب القهوة", False, "missing_word", "a negation is not left out"),
    ("أحب القهوة", "لا أحب القهوة", False, "extra_word", "nor put in"),
    ("كتاب الطالب", "كتاب المعلم", False, "wrong_word", "another noun"),
    ("إن شاء الله", "إنشاء الله", False, "wrong_word", "God willing is three words"),
    ("قلم", "علم", False, "wrong_word", "a letter in three makes another word"),
    ("(أنا|نحن) هنا", "نحن هنا", True, "", "options work from right to left too"),
    ("أشاهد التلفزيون", "أشاهد التليفزيون", True, "typo", "a borrowed word has two spellings"),
    ("شوكولاتة", "شكولاتة", True, "typo", "or three"),
    ("البيع", "البيعي", False, "wrong_word", "a ya at the end is an ending"),
]  # fmt: skip

SIGNS_AND_DIGITS = [
    ("عندي ٣ كتب", "عندي 3 كتب", True, "", "Arabic and European digits are equal"),
    ("عندي 25 كتابا", "عندي ۲۵ كتابا", True, "", "so are Persian ones"),
    ("١٬٠٠٠ كتاب", "1000 كتاب", True, "", "the Arabic comma groups thousands"),
    ("كيف حالك؟", "كيف حالك?", True, "", "either question mark will do"),
    ("نعم، شكرا", "نعم شكرا", True, "", "the comma is punctuation"),
    ("عندي ٣ كتب", "عندي ٤ كتب", False, "wrong_word", "another number is another word"),
]  # fmt: skip

ROWS = [*MARKS, *ALEF_HAMZA_YA_TA, *WORDS, *SIGNS_AND_DIGITS]


@pytest.mark.parametrize("row", ROWS, ids=[row[-1] for row in ROWS])
def test_in_arabic(row: Any, claim_holds: Callable[[str, Any], None]) -> None:
    claim_holds("ar", row)
