"""Finding the texts that are marked for translation: in Python, in templates and in manifests."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.utils.translation.template import templatize

from lyceum.kernel.catalogues.files import Key

# By the name of a function: which of its arguments are the context, one, and many.
CALLS: dict[str, tuple[int | None, int, int | None]] = {
    "_": (None, 0, None),
    **dict.fromkeys(("gettext", "gettext_lazy", "gettext_noop", "noop"), (None, 0, None)),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (None, 0, 1)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), (0, 1, None)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), (0, 1, 2)),
}
# As Django writes what it finds in a template.
IN_TEMPLATE = re.compile(
    r"\b(_|n?p?gettext)\(((?:[^()'\"]|'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")*)\)"
)
LEFT_OUT = {"migrations", "tests", "testing", "management", "locale", "static", "web"}
TABLES = {"permissions": "label", "roles": "label", "audits": "tells"}
SERVICE = ("name", "purpose", "data")


def find_texts(folder: Path) -> dict[Key, list[str]]:
    """Return every text below a folder that is marked, with the files that it stands in."""
    found: dict[Key, list[str]] = {}
    for file in sorted(folder.rglob("*")):
        within = file.relative_to(folder)
        if LEFT_OUT.isdisjoint(within.parts[:-1]) and file.is_file():
            for key in _texts_of(file):
                found.setdefault(key, []).append(within.as_posix())
    return found


def _texts_of(file: Path) -> Iterator[Key]:
    if file.suffix == ".py":
        yield from _in_python(file.read_text(encoding="utf-8"))
    elif file.suffix == ".html":
        yield from _in_template(file.read_text(encoding="utf-8"))
    elif file.name == "plugin.toml":
        yield from ((("", text, "")) for text in _in_manifest(file))


def _in_python(source: str) -> Iterator[Key]:
    if "gettext" not in source:
        return
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
            name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
            if name in CALLS:
                yield from _key(name, node.args)


def _key(name: str, arguments: list[ast.expr]) -> Iterator[Key]:
    told = [each.value if isinstance(each, ast.Constant) else None for each in arguments]
    parts = [
        "" if place is None else told[place] if place < len(told) else None for place in CALLS[name]
    ]
    # What is no text as it stands, such as a name, is marked where it is written.
    if all(isinstance(part, str) for part in parts) and parts[1]:
        yield str(parts[0]), str(parts[1]), str(parts[2])


def _in_template(source: str) -> Iterator[Key]:
    for name, arguments in IN_TEMPLATE.findall(templatize(source)):
        call = ast.parse(f"f({arguments})", mode="eval").body
        assert isinstance(call, ast.Call)
        yield from _key(name, call.args)


def _in_manifest(file: Path) -> Iterator[str]:
    """Yield what a plugin says of itself: the pages of plugins translate it as it is shown."""
    told: dict[str, Any] = tomllib.loads(file.read_text(encoding="utf-8"))
    yield from (told[name] for name in ("name", "summary"))
    yield from told.get("data", ())
    for table, column in TABLES.items():
        yield from (row[column] for row in told.get(table, ()))
    for row in told.get("external_services", ()):
        yield from (row[column] for column in SERVICE)
