"""What the words after a contraction tell about it: a participle, a clause, or a noun."""

from __future__ import annotations

from collections.abc import Sequence

from lyceum.learning.marking.languages import words

_BETWEEN = words(
    """
    not never just already always ever also only still really recently probably often
    yet i you he she it we they
    """
)
_PARTICIPLES_ALONE = words(
    """
    been gone done seen eaten taken given written spoken broken chosen driven fallen
    forgotten known grown shown thrown drawn flown worn torn sworn born got gotten had
    made said told sold bought brought caught taught thought sought fought left lost
    kept slept felt met sent spent built heard held led paid sat stood understood won
    found begun drunk sung swum rung sunk hidden ridden risen shaken stolen woken frozen
    bitten beaten
    """
)
_ALSO_BASE = words(
    """
    come become run put cut hit let set shut cost hurt read quit split spread bet cast
    """
)
_BASES_IN_ED = words(
    """
    need feed speed exceed proceed succeed breed bleed seed embed wed shed weed heed
    """
)
_AFTER_IS = words(
    """
    a an the not no here there in at on from with under behind near to my your his her
    our their very so too really always never just already still also now going about
    that this as than like for of off out up down over away back home because
    """
)
_FEELINGS = words(
    """
    happy sad tired hungry thirsty angry ill sick busy late early ready wrong right fine
    good great nice bad cold hot old young tall short big small beautiful clever kind
    funny lazy dead alive asleep awake alone afraid married single open closed empty
    full new better worse taller older bigger smaller younger gone done broken lost
    """
)
_DETERMINERS = words(
    """
    ich du er sie es wir ihr man der die das den dem ein eine einen einem wer was nicht
    sich
    """
)


def verb_of(following: Sequence[str]) -> str:
    """Return the first of the words that is no adverb and no subject pronoun."""
    return next((word for word in following if word not in _BETWEEN), "")


def is_participle(word: str) -> bool:
    """Tell a word that has and had may stand before."""
    return word in _ALSO_BASE or is_participle_alone(word)


def is_participle_alone(word: str) -> bool:
    """Tell a participle that is no base form as well, so that would cannot stand before it."""
    if word in _PARTICIPLES_ALONE:
        return True
    return word.endswith("ed") and len(word) > 4 and word not in _BASES_IN_ED


def continues_a_clause(following: Sequence[str]) -> bool:
    """Tell whether what follows cannot be owned, so that ’s before it is a verb."""
    if not following:
        return False
    word = following[0]
    if word in _AFTER_IS or (word.endswith("ing") and len(word) > 5) or is_participle(word):
        return True
    # An adjective is owned with its noun (John's happy dog) unless the clause ends here.
    ends = len(following) == 1 or following[1] in _AFTER_IS or following[1] in ("and", "but", "or")
    return word in _FEELINGS and ends


def is_determined(following: Sequence[str]) -> bool:
    """Tell whether a German noun may follow, rather than a clause or another article."""
    return bool(following) and following[0] not in _DETERMINERS
