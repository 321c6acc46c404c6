"""What marking answers with: a result, and the reasons for it in the learner's own text."""

from __future__ import annotations

from dataclasses import dataclass

from lyceum.learning.marking.policy import Severity

# Two codes are nouns for what the learner sees; the rules are named for what is compared.
CODES = {"contractions": "contraction", "diacritics": "accent"}

# No message names the expected word: a learner may read it before the next try.
_MESSAGES = {
    "case": "Look at the capital and small letters in “{given}”.",
    "punctuation": "Look at the punctuation here.",
    "spacing": "Look at the spaces here.",
    "contractions": "“{given}” is written in another way here: short for long, or long for short.",
    "diacritics": "Look at the accents in “{given}”.",
    "typo": "Check the spelling of “{given}”.",
    "word_order": "These are the right words, but look at their order.",
    "missing_word": "A word is missing here.",
    "extra_word": "“{given}” is one word too many.",
    "wrong_word": "“{given}” is not the word that belongs here.",
    "wrong_letter": "Look at the letters of “{given}”: one of them needs another mark, or none.",
    "forbidden_word": "This task does not allow “{given}”.",
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing to look at; `start` and `end` count code points of the text as given."""

    code: str
    start: int
    end: int
    message: str
    severity: Severity

    @property
    def is_slip(self) -> bool:
        """Whether the answer is right in spite of it, by the rules in force."""
        return self.severity is Severity.WARN


@dataclass(frozen=True, slots=True)
class Marked:
    """A marked answer; `nearest` is the accepted form that it was compared with."""

    correct: bool
    score: float
    reasons: tuple[Reason, ...]
    nearest: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that fired, whatever its severity; `why` is for creators, never for learners."""

    rule: str
    start: int
    end: int
    given: str = ""
    expected: str = ""
    why: str = ""

    def reason(self, severity: Severity) -> Reason:
        """Return what the learner is told."""
        shown = self.given if len(self.given) <= 60 else self.given[:59] + "…"
        message = _MESSAGES[self.rule].format(given=shown)
        return Reason(code_of(self.rule), self.start, self.end, message, severity)

    def __str__(self) -> str:
        pair = f"{self.given or '∅'}/{self.expected or '∅'}"
        return f"{pair}: {self.why}: {code_of(self.rule)}"


def code_of(rule: str) -> str:
    """Return the reason code a rule is reported under."""
    return CODES.get(rule, rule)
