"""User names of managed accounts: which there may be, and which are proposed for a name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from lyceum.accounts.managed.folding import folded
from lyceum.kernel.errors import Conflict, Invalid

SHORTEST, LONGEST = 2, 30
BETWEEN = frozenset(".-_")
RULE = (
    "A user name has 2 to 30 letters of one alphabet, digits, full stops, hyphens and underscores, "
    "and begins with a letter or a digit."
)


class UserNameTaken(Conflict):
    """
    The school has a managed account of this user name, however it is typed. Nothing was made.

    Choose another one: `errors` names those that are taken. Sent again after a lost answer, it says
    that the first time made the accounts; give them new passwords.
    """

    code = "username_taken"
    detail = "The school has an account of this user name."


@dataclass(frozen=True)
class Name:
    """A child's name, as their school writes it."""

    first: str
    last: str = ""


def user_name(text: str) -> str:
    """
    Return a user name in the form in which it is shown.

    :raises ValueError: if it cannot be one, saying the rule
    """
    composed = unicodedata.normalize("NFKC", text).strip().lower()
    # What Unicode makes of the Turkish İ, which nobody could type.
    shown = unicodedata.normalize("NFC", composed.replace("i\u0307", "i"))
    if not _is_possible(shown):
        raise ValueError(RULE)
    return shown


def checked_user_name(text: str, *, field: str = "username") -> str:
    """
    Return a user name in the form in which it is shown.

    :raises Invalid: if it cannot be one, naming the field
    """
    try:
        return user_name(text)
    except ValueError as error:
        raise Invalid(fields={field: [str(error)]}) from error


def name_of_line(line: str) -> Name:
    """Return the name that a line of a list tells: `Ana Ruiz`, or `Ruiz, Ana`."""
    words = " ".join(line.split())
    last, comma, first = words.partition(",")
    if comma and first.strip():
        return Name(first.strip(), last.strip())
    first, _, last = words.partition(" ")
    return Name(first, last)


def propose(names: Sequence[Name], *, taken: frozenset[str]) -> list[str]:
    """
    Return a user name for each name, none of them twice or among the keys `taken`.

    The first name; with the initial of the last where that is taken; then with a number.
    """
    used = set(taken)
    proposals = []
    for name in names:
        chosen = next(each for each in _candidates(name) if folded(each) not in used)
        used.add(folded(chosen))
        proposals.append(chosen)
    return proposals


def _candidates(name: Name) -> Iterator[str]:
    first, last = _plain(name.first), _plain(name.last)
    base = first or last or "child"
    plain = [base, f"{base}.{last[:1]}"] if last else [base]
    for candidate in plain:
        if _is_possible(candidate):
            yield candidate
    for number in count(2):
        candidate = f"{base}{number}"
        yield candidate if _is_possible(candidate) else f"child{number}"


def _plain(text: str) -> str:
    """Return the first word of a name, in letters and digits alone."""
    words = re.split(r"[\s.,;]+", unicodedata.normalize("NFKC", text).lower().strip())
    letters = "".join(sign for sign in words[0] if unicodedata.category(sign)[0] in "LN")
    return unicodedata.normalize("NFC", letters)[: LONGEST - 4]


def _is_possible(name: str) -> bool:
    key = folded(name)
    if not SHORTEST <= len(name) <= LONGEST or len(key) < SHORTEST or not key[0].isalnum():
        return False
    kinds = {unicodedata.category(sign) for sign in name if sign not in BETWEEN}
    allowed = all(kind[0] == "L" or kind in {"Mn", "Mc", "Nd"} for kind in kinds)
    # Two alphabets in one name are how one name is made to look like another.
    return allowed and len({_alphabet(sign) for sign in name if sign.isalpha()}) <= 1


def _alphabet(letter: str) -> str:
    return unicodedata.name(letter, "UNKNOWN").split()[0].split("-")[0]
