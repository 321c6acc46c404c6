"""The marking of answers in a language, for kinds whose answers are written."""

from lyceum.learning.marking.accept import InvalidPattern, expand
from lyceum.learning.marking.engine import NothingAccepted, mark
from lyceum.learning.marking.policy import RULES, InvalidPolicy, Policy
from lyceum.learning.marking.reasons import Marked

__all__ = [
    "RULES",
    "InvalidPattern",
    "InvalidPolicy",
    "Marked",
    "NothingAccepted",
    "Policy",
    "expand",
    "mark",
]
