"""How the tables of claims about languages are checked."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lyceum.learning.marking.engine import explain, mark

# accepted form or forms, answer, whether it is right, reason codes in order, what is claimed
Row = tuple[str | tuple[str, ...], str, bool, str, str]


@pytest.fixture
def claim_holds() -> Callable[[str, Row], None]:
    def check(language: str, row: Row) -> None:
        accept, answer, correct, codes, _claim = row
        forms = (accept,) if isinstance(accept, str) else accept
        marked = mark(answer, accept=forms, language=language)
        found = [reason.code for reason in marked.reasons]
        why = "\n".join(map(str, explain(answer, accept=forms, language=language)))
        assert (marked.correct, found) == (correct, codes.split()), why

    return check
