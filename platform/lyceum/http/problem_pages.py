"""The pages behind a problem's `type`: what happened, and what to do, from the error's class."""

from __future__ import annotations

import inspect
from dataclasses import dataclass

from lyceum.http.plugins import plugin_of
from lyceum.http.problems import status_of_kind
from lyceum.kernel.errors import DomainError, NotFound, all_errors
from lyceum.schools.current import CurrentSchool


@dataclass(frozen=True)
class ProblemPage:
    """One code of the API, explained."""

    code: str
    title: str
    status: int
    what: str
    cure: str


def page_of(code: str, *, school: CurrentSchool | None) -> ProblemPage:
    """
    Return the explanation of a code that a school's API answers.

    :raises NotFound: if there is no such code; those of a plugin are where it is in force
    """
    error = _errors_at(school).get(code)
    if error is None:
        raise NotFound(f"There is no problem {code!r}.")
    return _explain(error)


def all_pages(*, school: CurrentSchool | None) -> list[ProblemPage]:
    """Return every code that a school's API answers, by code."""
    errors = _errors_at(school)
    return [_explain(errors[code]) for code in sorted(errors)]


def _errors_at(school: CurrentSchool | None) -> dict[str, type[DomainError]]:
    """Return the platform's errors by code, and those of the plugins in force; families first."""
    in_force = school.plugins if school else frozenset()
    found: dict[str, type[DomainError]] = {}
    for error in all_errors():
        slug = plugin_of(error.__module__)
        if not slug or slug in in_force:
            found.setdefault(error.code, error)
    return found


def _explain(error: type[DomainError]) -> ProblemPage:
    text = inspect.getdoc(error) or str(error.detail)
    what, _, cure = text.partition("\n\n")
    if not cure:
        what, _, cure = what.partition(". ")
        what += "." if cure else ""
    return ProblemPage(
        code=error.code,
        title=error.title(),
        status=status_of_kind(error),
        what=" ".join(what.split()),
        cure=" ".join(cure.split()),
    )
