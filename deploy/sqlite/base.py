"""Django's backend of SQLite, which keeps what it made of a statement."""

from __future__ import annotations

from typing import Any

from django.db.backends.sqlite3 import base

# Of statements so long that they hold very many values, none comes twice.
LONGEST = 10_000
MOST = 1000

_kept: dict[str, str] = {}


class Cursor(base.SQLiteCursorWrapper):
    """
    A cursor that puts `?` for Django's `%s` once in a statement, not at each run.

    To look through the query of a page for them takes as long as to run it.
    """

    def convert_query(self, query: str, *, param_names: list[str] | None = None) -> str:
        if param_names is not None or len(query) > LONGEST:
            return _converted(self, query, param_names)
        found = _kept.get(query)
        if found is None:
            if len(_kept) >= MOST:
                _kept.clear()
            found = _kept[query] = _converted(self, query, None)
        return found


def _converted(cursor: Cursor, query: str, param_names: list[str] | None) -> str:
    converted: str = super(Cursor, cursor).convert_query(query, param_names=param_names)
    return converted


class DatabaseWrapper(base.DatabaseWrapper):
    def create_cursor(self, name: Any = None) -> Any:
        return self.connection.cursor(factory=Cursor)
