"""What the README of a bundled plugin lists for authors of front ends is what its code has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module

import pytest

from lyceum.accounts.tokens.scopes import scopes_of_plugins
from lyceum.http.plugins import plugin_routers
from lyceum.kernel.errors import DomainError
from lyceum.kernel.plugins.host import host
from tests.architecture.sources import ROOT

PLUGINS = sorted(path.parent.name for path in ROOT.glob("plugins/*/README.md"))
ROW = re.compile(r"^\| `([^`]+)` \|", re.MULTILINE)
PARAMETER = re.compile(r"\{\w+:(\w+)\}")


def listed(plugin: str, heading: str) -> list[str]:
    """Return what the rows of the table below a heading begin with."""
    text = (ROOT / "plugins" / plugin / "README.md").read_text(encoding="utf-8")
    found = re.search(rf"^### {heading}\n(.*?)(?=^##|\Z)", text, re.MULTILINE | re.DOTALL)
    assert found is not None, f"{plugin}: no {heading}"
    return ROW.findall(found[1])


def operations_of(plugin: str) -> Iterator[str]:
    for path, view in plugin_routers[plugin].path_operations.items():
        for operation in view.operations:
            for method in operation.methods:
                plain = PARAMETER.sub(r"{\1}", path)
                yield f"{method} {plain or '/'}"


def scopes_of(plugin: str) -> Iterator[tuple[str, str]]:
    """Yield what each door asks of a personal token, with what the README says that it asks."""
    for view in plugin_routers[plugin].path_operations.values():
        for operation in view.operations:
            kind = "read" if operation.methods == ["GET"] else "write"
            yield operation.view_func.scope, f"{plugin}:{kind}"  # type: ignore[attr-defined]


def errors_of(plugin: str, error: type = DomainError) -> Iterator[str]:
    for child in error.__subclasses__():
        if child.__module__.startswith(f"plugins.{plugin}."):
            yield child.code
        yield from errors_of(plugin, child)


@pytest.mark.parametrize("plugin", PLUGINS)
def test_a_readme_lists_all_that_a_front_end_meets_and_nothing_else(plugin: str) -> None:
    told = host.plugins[plugin].told

    assert sorted(listed(plugin, "Operations")) == sorted(operations_of(plugin))
    assert listed(plugin, "Scopes") == [scope.code for scope in scopes_of_plugins[plugin]]
    assert [asked for asked, told in scopes_of(plugin) if asked != told] == []
    assert sorted(listed(plugin, "Codes")) == sorted(set(errors_of(plugin)))
    assert sorted(listed(plugin, "Permissions")) == sorted(
        f"{plugin}.{permission.code}" for permission in told.permissions
    )
    settings = import_module(f"plugins.{plugin}.settings").Settings
    assert sorted(listed(plugin, "Settings")) == sorted(settings.model_fields)
    assert sorted(listed(plugin, "News")) == sorted(
        f"{plugin}.{each.type}" for each in told.publishes
    )
