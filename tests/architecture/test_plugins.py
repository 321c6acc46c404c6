"""Plugins come in by the public door, have one anatomy, and never know of each other."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT

PLUGINS = sorted(path.parent for path in ROOT.glob("plugins/*/plugin.toml"))
PLUGINS.append(ROOT / "tests" / "plugins" / "probe")
# What would reach past the host: hooks of Wagtail, addresses, middleware, signals.
FORBIDDEN = {"wagtail_hooks.py", "urls.py", "middleware.py", "signals.py", "receivers.py"}


@pytest.mark.parametrize("folder", PLUGINS, ids=lambda folder: folder.name)
def test_a_plugin_imports_the_door_of_the_platform_and_no_other_room(folder: Path) -> None:
    assert strange_imports_of(folder) == []


def strange_imports_of(folder: Path) -> list[str]:
    """Return what a plugin's files import that is not its own, nor the public door."""
    allowed = ("lyceum.plugin", "lyceum.testing", f"plugins.{folder.name}")
    return [
        f"{file.name}: {name}"
        for file in sorted(folder.rglob("*.py"))
        for name in imported_by(file)
        if name.split(".")[0] in {"lyceum", "plugins", "api", "deploy", "content_types", "tests"}
        if not any(name == door or name.startswith(f"{door}.") for door in allowed)
        # Its tests ask for schools and people as all tests do.
        and not (name.startswith("tests.") and "tests" in file.relative_to(folder).parts)
    ]


@pytest.mark.parametrize("folder", PLUGINS, ids=lambda folder: folder.name)
def test_a_plugin_has_no_file_by_which_it_would_pass_the_host(folder: Path) -> None:
    assert [path.name for path in folder.rglob("*.py") if path.name in FORBIDDEN] == []
    assert (folder / "apps.py").exists()


def imported_by(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: name the package instead of dots"
            yield node.module or ""
