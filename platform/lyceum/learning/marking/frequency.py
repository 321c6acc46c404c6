"""How often words occur in a language, from the data of wordfreq.

The data are wordfreq's, by Robyn Speer, under CC BY-SA 4.0; see `platform/docs/marking.md`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from math import log10

UNKNOWN = 0.0


@lru_cache(maxsize=64)
def _frequencies(code: str) -> Mapping[str, float]:
    # Imported here: the import alone costs a tenth of a second that most commands never need.
    from wordfreq import available_languages, get_frequency_dict

    # Asked for a language it lacks, wordfreq answers with a neighbour: Russian for Azerbaijani.
    if code not in available_languages("best"):
        return {}
    frequencies: Mapping[str, float] = get_frequency_dict(code, "best")
    return frequencies


def is_counted(code: str) -> bool:
    """Tell whether there are word counts for a language."""
    return bool(_frequencies(code))


@lru_cache(maxsize=1)
def _common_english() -> Mapping[str, float]:
    # The short list: a tenth of the other's memory, and enough to tell loans.
    from wordfreq import get_frequency_dict

    frequencies: Mapping[str, float] = get_frequency_dict("en", "small")
    return frequencies


def zipf_in_english(word: str) -> float:
    """Return the Zipf value of a common English word; 0 for any other."""
    frequency = _common_english().get(word, 0.0)
    return log10(frequency) + 9 if frequency else UNKNOWN


def zipf(word: str, code: str) -> float:
    """Return the Zipf value (log10 of occurrences in a thousand million words); 0 if unknown.

    `word` is folded already: small letters of its language, NFC, ss for ß.
    """
    frequency = _frequencies(code).get(word, 0.0)
    return log10(frequency) + 9 if frequency else UNKNOWN
