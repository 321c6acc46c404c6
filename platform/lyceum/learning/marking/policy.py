"""How strict each rule of marking is, and how schools, kinds and exercises change it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum

from django.utils.translation import gettext


class Severity(StrEnum):
    """What a rule that fires does: make the answer wrong, only tell, or nothing."""

    STRICT = "strict"
    WARN = "warn"
    IGNORE = "ignore"


class InvalidPolicy(ValueError):
    """A policy names a rule or a severity that does not exist."""

    code = "invalid_policy"


@dataclass(frozen=True, slots=True)
class Policy:
    """The severity of every rule; the field names are the rules' names."""

    case: Severity = Severity.IGNORE
    punctuation: Severity = Severity.IGNORE
    spacing: Severity = Severity.IGNORE
    contractions: Severity = Severity.IGNORE
    diacritics: Severity = Severity.WARN
    typo: Severity = Severity.WARN
    word_order: Severity = Severity.STRICT
    missing_word: Severity = Severity.STRICT
    extra_word: Severity = Severity.STRICT
    wrong_word: Severity = Severity.STRICT
    wrong_letter: Severity = Severity.STRICT
    forbidden_word: Severity = Severity.STRICT

    @classmethod
    def default(cls) -> Policy:
        """Return the policy that holds where nobody has said otherwise."""
        return DEFAULT

    def merged(self, *overrides: Mapping[str, str]) -> Policy:
        """Return this policy with the overrides applied, the last one winning.

        :raises InvalidPolicy: when an override names no rule or no severity.
        """
        changes: dict[str, Severity] = {}
        for override in overrides:
            for rule, severity in override.items():
                changes[_known_rule(rule)] = _known_severity(rule, severity)
        return replace(self, **changes) if changes else self

    def __getitem__(self, rule: str) -> Severity:
        """Return the severity of one rule."""
        severity: Severity = getattr(self, rule)
        return severity

    def as_dict(self) -> dict[str, str]:
        """Return the policy as plain data, ready for JSON."""
        return {rule: self[rule].value for rule in RULES}


RULES: tuple[str, ...] = tuple(field.name for field in fields(Policy))
DEFAULT = Policy()


def _known_rule(rule: str) -> str:
    if rule in RULES:
        return rule
    raise InvalidPolicy(
        gettext("There is no rule %(rule)s. The rules are: %(rules)s.")
        % {"rule": repr(rule), "rules": ", ".join(RULES)}
    )


def _known_severity(rule: str, severity: str) -> Severity:
    try:
        return Severity(severity)
    except ValueError:
        choices = ", ".join(Severity)
        raise InvalidPolicy(
            gettext(
                "%(severity)s is no severity for the rule %(rule)s; choose one of: "
                "%(choices)s. The rules are: %(rules)s."
            )
            % {
                "severity": repr(severity),
                "rule": repr(rule),
                "choices": choices,
                "rules": ", ".join(RULES),
            }
        ) from None
