"""The page of all critical actions says what the code declares."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from lyceum.events.actions import Action, actions

PAGE = Path(__file__).parents[2] / "platform" / "docs" / "audit.md"
MARK = "test_page.py`. -->\n"


def test_the_page_lists_every_action_with_what_its_row_holds() -> None:
    words, _, table = PAGE.read_text(encoding="utf-8").partition(MARK)
    if os.environ.get("LYCEUM_ACCEPT_DOCS"):
        table = written()
        PAGE.write_text(words + MARK + table, encoding="utf-8")

    assert table == written()


def written() -> str:
    rows = [_row(actions[name]) for name in sorted(actions.keys())]
    return "\n".join(["", "| action | when | to what | changes |", "|---|---|---|---|", *rows, ""])


def _row(action: Action) -> str:
    told = "; ".join(_changes(action))
    return f"| `{action.name}` | {action.tells} | {action.target} | {told} |"


def _changes(action: Action) -> Iterator[str]:
    yield from (f"`{name}`: {what}" for name, what in action.changes.items())
    yield from (f"(`{name}`: {what})" for name, what in action.sometimes.items())
    if action.fields:
        yield f"of each field: {action.fields}"
