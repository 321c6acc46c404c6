"""The house's own source files, parsed, for the tests of its rules."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("platform/lyceum", "api", "content_types", "deploy", "plugins")

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    """One Python file of the house: its path from the root, its text and its tree."""

    name: str
    text: str
    tree: ast.Module

    def functions(self) -> Iterator[tuple[str, Function]]:
        """Yield every function with its dotted name, methods and inner ones included."""
        yield from _functions(self.tree, "")


def _functions(node: ast.AST, prefix: str) -> Iterator[tuple[str, Function]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, Function):
            yield prefix + child.name, child
            yield from _functions(child, f"{prefix}{child.name}.")
        elif isinstance(child, ast.ClassDef):
            yield from _functions(child, f"{prefix}{child.name}.")
        else:
            yield from _functions(child, prefix)


@cache
def modules() -> tuple[Module, ...]:
    """Return every module of the rooms, migrations apart."""
    files = (file for room in ROOMS for file in sorted((ROOT / room).rglob("*.py")))
    return tuple(
        Module(str(file.relative_to(ROOT)), text, ast.parse(text))
        for file in files
        if "migrations" not in file.parts
        for text in [file.read_text(encoding="utf-8")]
    )
