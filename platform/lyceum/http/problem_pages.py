"""The pages behind a problem's `type`: what happened, and what to do, from the error's class."""

from __future__ import annotations

import inspect
from dataclasses import dataclass

from lyceum.http.problems import status_of_kind
from lyceum.kernel.errors import DomainError, NotFound, all_errors


@dataclass(frozen=True)
class ProblemPage:
    """One code of the API, explained."""

    code: str
    title: str
    status: int
    what: str
    cure: str


def page_of(code: str) -> ProblemPage:
    """
    Return the explanation of a code.

    :raises NotFound: if there is no such code
    """
    for error in all_errors():
        if error.code == code:
            return _explain(error)
    raise NotFound(f"There is no problem {code!r}.")


def all_pages() -> list[ProblemPage]:
    """Return every code there is, by code."""
    return sorted((_explain(error) for error in all_errors()), key=lambda page: page.code)


def _explain(error: type[DomainError]) -> ProblemPage:
    text = inspect.getdoc(error) or error.detail
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
