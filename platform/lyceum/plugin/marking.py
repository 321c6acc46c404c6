"""The marking of answers in a language, for kinds whose answers are written."""

from lyceum.learning.marking.accept import InvalidPattern, expand, leanest
from lyceum.learning.marking.engine import NothingAccepted, mark, mark_and_explain
from lyceum.learning.marking.policy import RULES, InvalidPolicy, Policy
from lyceum.learning.marking.reasons import Finding, Marked, code_of

__all__ = [
    "RULES",
    "Finding",
    "InvalidPattern",
    "InvalidPolicy",
    "Marked",
    "NothingAccepted",
    "Policy",
    "code_of",
    "expand",
    "leanest",
    "mark",
    "mark_and_explain",
]
