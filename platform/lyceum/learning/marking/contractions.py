"""What contractions stand for: don’t is do not, and ’s may be is, has, or neither.

English ’s after a pronoun or question word is `is` or `has`; after a noun it is a possessive
unless what follows cannot be owned (the, a, not, an -ing form, a preposition). `has` and `had`
are read only before a participle, since “he’s a car” is not “he has a car”; ’d is `would` unless a
participle that is no base form follows. The words that follow are those of the accepted form.
German ’s is es (geht’s), and im, zum and their like are also in dem, zu dem. The obligatory ones of
French and Spanish (l’, au, del) are no contractions here: “le homme” is wrong.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from lyceum.learning.marking.following import (
    continues_a_clause,
    is_determined,
    is_participle,
    is_participle_alone,
    verb_of,
)
from lyceum.learning.marking.languages import words

Reading = tuple[str, ...]

_WHOLE: dict[str, tuple[Reading, ...]] = {
    "can't": (("can", "not"),),
    "cannot": (("can", "not"),),
    "won't": (("will", "not"),),
    "shan't": (("shall", "not"),),
    "let's": (("let", "us"),),
}
_ENDINGS = {"'m": ("am",), "'re": ("are",), "'ve": ("have",), "'ll": ("will", "shall"),
            "'d": ("would", "had"), "'s": ("is", "has")}  # fmt: skip
_NEGATED = words(
    """
    do does did is are was were have has had could should would might must need ought
    dare
    """
)
_BARE_FORMS = {
    word.replace("'", ""): word
    for word in words(
        """
        don't doesn't didn't isn't aren't wasn't weren't can't couldn't shouldn't wouldn't won't
        haven't hasn't hadn't mustn't i'm i've you're you've they're they've they'll you'll
        we've that's what's here's there's he's she's
        """
    )
}
_PRONOUNS = words(
    """
    he she it that this there here what who where when how why everything something
    nothing everyone everybody someone somebody nobody one which
    """
)
_CLEAR = _PRONOUNS | {"let"}
# I'd've has two; a hostile answer may have thousands.
_MOST_APOSTROPHES = 2
# Since 1996 German may leave the apostrophe out.
_GERMAN_BARE = {word: word[:-1] for word in words("gehts gibts hats wirds kanns habs machts")}
_GERMAN_FUSED: dict[str, Reading] = {
    "am": ("an", "dem"), "ans": ("an", "das"), "aufs": ("auf", "das"), "beim": ("bei", "dem"),
    "durchs": ("durch", "das"), "fürs": ("für", "das"), "im": ("in", "dem"), "ins": ("in", "das"),
    "ums": ("um", "das"), "vom": ("von", "dem"), "vorm": ("vor", "dem"), "zum": ("zu", "dem"),
    "zur": ("zu", "der"), "übers": ("über", "das"), "unterm": ("unter", "dem"),
}  # fmt: skip
_GERMAN_BASES = words(
    """
    geht gibt ist war hat hab habe wär wird kann man ich du er sie wir ihr wenn wie was
    wo ob dass mach macht tut läuft steht kommt weiss
    """
)


@lru_cache(maxsize=16384)
def readings(word: str, code: str) -> tuple[Reading, ...]:
    """Return what a word, small and with straight apostrophes, may stand for; often nothing."""
    if code == "en":
        return _english(word)
    if code == "de":
        return _german(word)
    return ()


def _english(word: str) -> tuple[Reading, ...]:
    # dont and do'nt alike: where the apostrophe stands is punctuation.
    word = _BARE_FORMS.get(word.replace("'", ""), word)
    if word in _WHOLE:
        return _WHOLE[word]
    if not 0 < word.count("'") <= _MOST_APOSTROPHES:
        return ()
    if word.endswith("n't"):
        return ((word[:-3], "not"),) if word[:-3] in _NEGATED else ()
    base, apostrophe, ending = word.rpartition("'")
    expansions = _ENDINGS.get(apostrophe + ending, ())
    # wouldn't've and I'd've: what is before the last ending may be contracted itself.
    heads = readings(base, "en") if "'" in base else ()
    return tuple((*head, full) for head in heads or ((base,),) for full in expansions)


def _german(word: str) -> tuple[Reading, ...]:
    if word in _GERMAN_FUSED:
        return (_GERMAN_FUSED[word],)
    if word in _GERMAN_BARE:
        return ((_GERMAN_BARE[word], "es"),)
    base, apostrophe, ending = word.rpartition("'")
    return ((base, "es"),) if apostrophe and ending == "s" and base in _GERMAN_BASES else ()


def lacks_apostrophe(word: str) -> bool:
    """Tell whether a word is an English contraction without its apostrophe in its place."""
    return _BARE_FORMS.get(word.replace("'", ""), word) != word


def stands_for_a_verb(word: str) -> bool:
    """Tell an English contraction that is no possessive, whatever follows it."""
    word = _BARE_FORMS.get(word.replace("'", ""), word)
    return bool(readings(word, "en")) and (not word.endswith("'s") or word[:-2] in _CLEAR)


def fits(
    word: str, reading: Reading, following: Sequence[str], *, accepted: bool, code: str
) -> bool:
    """Tell whether a contraction may be read so before the words `following`.

    `accepted` says that the contraction stands in the accepted form, not in the answer.
    """
    if code == "de":
        # “das Haus, in dem ich wohne” is a relative clause; “im ich wohne” is nothing.
        return word not in _GERMAN_FUSED or accepted or is_determined(following)
    last = reading[-1]
    verb = verb_of(following)
    if last == "has":
        return is_participle(verb)
    if last == "had":
        return is_participle(verb) or verb == "better"
    if last == "would":
        return not is_participle_alone(verb)
    if last != "is" or not word.endswith("'s"):
        return True
    if verb in ("been", "got", "had"):
        return False
    return not accepted or word[:-2] in _PRONOUNS or continues_a_clause(following)
