"""The forms of a word that are compared: as shown, without case, accents, or any mark."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache

from lyceum.learning.marking.characters import APOSTROPHES, MARK, NOTHING, kind_of
from lyceum.learning.marking.languages import Language, find_language

# Beyond this length it is no word; marks are dropped before Unicode has to sort them.
_LONGEST = 200
_TATWEEL = "ـ"
_ALEFS = dict.fromkeys("أإآٱٲٳ", "ا") | {"ؤ": "و", "ئ": "ي"}
_PERSIAN_KEYS = {"ی": "ي", "ک": "ك"}
_BARE = {
    "ı": "i",
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "æ": "ae",
    "œ": "oe",
    "þ": "th",
    "ə": "e",
}
_TURKISH_SMALL = str.maketrans({"I": "ı", "İ": "i"})


@dataclass(frozen=True, slots=True, eq=False)
class Spelling:
    """One word in its forms: each drops more than the one before it.

    `shown` as read; `key` without case; `plain` without accents; `bare` without any mark.
    `solid` is `plain` without apostrophes, `letters` the kinds of letters in it: a word is read
    once and compared with many.
    """

    shown: str
    key: str
    plain: str
    bare: str
    solid: str = field(init=False)
    letters: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "solid", self.plain.replace("'", ""))
        object.__setattr__(self, "letters", frozenset(self.plain))


@lru_cache(maxsize=65536)
def spell(raw: str, code: str) -> Spelling:
    """Return the forms of a word of the language with this code."""
    if raw.isascii() and code not in ("tr", "az"):
        key = raw.lower()
        if raw.isalpha():
            return Spelling(raw, key, key, key)
    language = find_language(code)
    shown = _shown(raw, language)
    small = (shown.translate(_TURKISH_SMALL) if language.dotless_i else shown).casefold()
    same = "".join(language.same.get(char, char) for char in small) if language.same else small
    key = unicodedata.normalize("NFC", same)
    plain = _without_accents(key, language)
    return Spelling(shown, key, plain, _bare(plain))


def _shown(raw: str, language: Language) -> str:
    if len(raw) > _LONGEST:
        raw = "".join(char for char in raw if kind_of(char) != MARK)
    # The acute beside many keyboards' accents is typed for an apostrophe; NFKC makes it a mark.
    text = unicodedata.normalize("NFKC", raw.replace("´", "'"))
    return "".join(filter(None, (_one(char, language) for char in text)))


@lru_cache(maxsize=16384)
def _one(char: str, language: Language) -> str:
    if char in APOSTROPHES:
        return "'"
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    if char == _TATWEEL or kind_of(char) == NOTHING or _is_vowel_mark(char):
        return ""
    if char == language.thousands:
        return ""
    return _PERSIAN_KEYS.get(char, char) if language.code == "ar" else char


def _is_vowel_mark(char: str) -> bool:
    """Tell the vowel marks of Arabic and Hebrew, which readers leave out as a rule."""
    code = ord(char)
    arabic = 0x064B <= code <= 0x0652 or code == 0x0670 or 0x0610 <= code <= 0x061A
    hebrew = 0x0591 <= code <= 0x05C7 and kind_of(char) == MARK
    quranic = 0x06D6 <= code <= 0x06ED and kind_of(char) == MARK
    variation = 0xFE00 <= code <= 0xFE0F
    return arabic or hebrew or quranic or variation


def _without_accents(key: str, language: Language) -> str:
    if key.isascii():
        return key
    plain = "".join(_fold(char, language) for char in key)
    if language.arabic_script:
        plain = _arabic_ending(plain)
    return plain


@lru_cache(maxsize=16384)
def _fold(char: str, language: Language) -> str:
    if char in language.letters:
        return char
    if char in _ALEFS:
        return _ALEFS[char]
    folded = "".join(part for part in unicodedata.normalize("NFD", char) if not _is_accent(part))
    return unicodedata.normalize("NFC", folded)


def _is_accent(char: str) -> bool:
    # Only these blocks: elsewhere (Devanagari, kana) a combining sign is a letter of its own.
    return "\u0300" <= char <= "\u036f" or "\u0653" <= char <= "\u0655"


def _arabic_ending(plain: str) -> str:
    if plain.endswith("ى"):
        return plain[:-1] + "ي"
    return plain[:-1] + "ه" if plain.endswith("ة") else plain


@lru_cache(maxsize=65536)
def _bare(plain: str) -> str:
    if plain.isascii():
        return plain
    parts = unicodedata.normalize("NFD", plain)
    return "".join(_BARE.get(part, part) for part in parts if not _is_accent(part))
