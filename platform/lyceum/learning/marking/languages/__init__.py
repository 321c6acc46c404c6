"""The languages that marking knows, each in plain data; any other gets the general rules."""

from __future__ import annotations

from functools import lru_cache

from lyceum.learning.marking.languages.arabic import ARABIC
from lyceum.learning.marking.languages.base import Language, words
from lyceum.learning.marking.languages.english import ENGLISH
from lyceum.learning.marking.languages.french import FRENCH
from lyceum.learning.marking.languages.german import GERMAN
from lyceum.learning.marking.languages.others import OTHERS
from lyceum.learning.marking.languages.spanish import SPANISH
from lyceum.learning.marking.languages.turkish import TURKISH

__all__ = ["Language", "find_language", "words"]

_KNOWN = {
    language.code: language
    for language in (ENGLISH, SPANISH, ARABIC, GERMAN, FRENCH, TURKISH, *OTHERS)
}
# Written alike for our purpose, or the same language under another code.
_ALIASES = {"no": "nb", "nn": "nb", "hr": "sh", "sr": "sh", "bs": "sh"}


@lru_cache(maxsize=256)
def find_language(tag: str) -> Language:
    """Return what is known of a language; `tag` is a code such as `en`, `en-GB` or `pt_BR`."""
    base = tag.strip().replace("_", "-").split("-")[0].lower()
    base = _ALIASES.get(base, base)
    return _KNOWN.get(base) or Language(code=base, name=base or "this language")
