"""A new plugin: a small example that works, passes its own tests and keeps the house's rules."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from lyceum.schools.plugins.starting import kinds
from tests.architecture.sources import ROOT
from tests.architecture.test_plugins import FORBIDDEN, strange_imports_of

KINDS = kinds()


def run(shelf: Path, *command: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "LYCEUM_PLUGIN_SHELVES": str(shelf), "PLUGINS_STRICT": "1"}
    return subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=environment, text=True, capture_output=True
    )


@pytest.fixture(params=KINDS)
def begun(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A new plugin of each kind, on a shelf of its own."""
    call_command("plugins", "new", "first_steps", "--kind", request.param, "--shelf", tmp_path)
    return tmp_path / "first_steps"


@pytest.mark.long
def test_a_new_plugin_passes_its_own_tests(begun: Path) -> None:
    tried = run(begun.parent, "manage.py", "test", "-q", str(begun))

    assert tried.returncode == 0, tried.stdout + tried.stderr
    assert "passed" in tried.stdout


def test_a_new_plugin_keeps_the_rules_of_the_house(begun: Path) -> None:
    for check in (["check"], ["format", "--check"]):
        found = run(begun, "-m", "ruff", *check, "--config", "pyproject.toml", str(begun))
        assert found.returncode == 0, found.stdout + found.stderr
    assert strange_imports_of(begun) == []
    assert not FORBIDDEN & {file.name for file in begun.rglob("*.py")}
    # A module may have `${…}` of its own.
    left = re.compile(r"\$\$|\$(?!\{)|\$\{(?:slug|name|camel|dashed|range)\}")
    assert not [f for f in begun.rglob("*") if f.is_file() and left.search(f.read_text())]


@pytest.mark.parametrize(
    ("slug", "told"),
    [
        ("Nope", "'Nope': write 3 to 30 of a-z"),
        ("../away", "'../away': write 3 to 30 of a-z"),
        ("courses", "'courses' is reserved for the platform"),
        ("probe", "'probe' is taken: it is in"),
        ("there_is", "there_is is there already"),
    ],
)
def test_a_name_that_cannot_be_taken_is_refused_and_nothing_is_made(
    slug: str, told: str, tmp_path: Path
) -> None:
    (tmp_path / "there_is").mkdir()

    with pytest.raises(CommandError, match=told.replace("..", r"\.\.")):
        call_command("plugins", "new", slug, "--kind", "news", "--shelf", tmp_path)

    assert [each.name for each in tmp_path.rglob("*")] == ["there_is"]


def test_a_shelf_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="is no folder"):
        call_command("plugins", "new", "greeter", "--kind", "news", "--shelf", tmp_path / "away")
