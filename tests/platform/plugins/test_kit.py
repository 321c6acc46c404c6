"""The author's kit as pytest finds it: documented whole, and quiet where it is not meant."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from django.test import Client

from lyceum.schools.current import CurrentSchool
from lyceum.testing import fixtures
from tests.architecture.sources import ROOT

# Nobody asks for these.
BY_ITSELF = {"counters_start_at_zero", "committing_tests_are_undone"}

COMMITTING = """
import pytest
from lyceum.events.models import AuditEntry
from lyceum.events.services import record_audit


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", [1, 2])
def test_each_begins_with_nothing(time):
    said = AuditEntry.objects.filter(action="moderation.filters_changed")
    assert not said.exists()
    record_audit(action="moderation.filters_changed")
    assert said.exists()
    with pytest.raises(Exception, match="append-only"):
        said.delete()
"""

STRANGE_PROJECT = """
import sys


def test_nothing_of_the_platform_was_imported(pytestconfig):
    assert pytestconfig.pluginmanager.has_plugin("lyceum.testing.fixtures")
    assert [name for name in sys.modules if name.startswith("lyceum.")] == [
        "lyceum.testing", "lyceum.testing.fixtures"
    ]
    assert not [name for name in sys.modules if name.startswith(("wagtail", "deploy", "api"))]
"""


def names_of_fixtures() -> list[str]:
    kind = type(fixtures.school)
    return [name for name, thing in vars(fixtures).items() if isinstance(thing, kind)]


def test_the_guide_tells_of_every_fixture() -> None:
    guide = (ROOT / "platform" / "docs" / "plugins.md").read_text(encoding="utf-8")
    asked_for = [name for name in names_of_fixtures() if name not in BY_ITSELF]

    assert len(asked_for) == 16
    assert [name for name in asked_for if f"`{name}`" not in guide] == []


@pytest.mark.parametrize("how", [[], ["-p", "lyceum.testing"]], ids=["found", "named as well"])
def test_where_lyceum_is_installed_other_projects_tests_run_as_ever(
    how: list[str], tmp_path: Path
) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    points = project["entry-points"]["pytest11"].items()
    installed = tmp_path / "site" / "lyceum-0.1.0.dist-info"
    installed.mkdir(parents=True)
    (installed / "METADATA").write_text("Metadata-Version: 2.1\nName: lyceum\nVersion: 0.1.0\n")
    told = "".join(f"{name} = {module}\n" for name, module in points)
    (installed / "entry_points.txt").write_text(f"[pytest11]\n{told}")
    strange = tmp_path / "strange"
    strange.mkdir()
    (strange / "test_strange.py").write_text(STRANGE_PROJECT)
    environment = {**os.environ, "PYTHONPATH": str(installed.parent)}
    del environment["DJANGO_SETTINGS_MODULE"]

    tried = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *how],
        cwd=strange,
        env=environment,
        capture_output=True,
        text=True,
    )

    assert tried.returncode == 0, tried.stdout + tried.stderr


@pytest.mark.long
def test_a_stranger_s_tests_that_commit_are_undone_without_our_suite(tmp_path: Path) -> None:
    (tmp_path / "test_committing.py").write_text(COMMITTING)
    options = ["-p", "django", "-p", "lyceum.testing", "-p", "no:cacheprovider"]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "deploy.settings.test"}
    places = [str(ROOT / "platform"), str(ROOT)]

    tried = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-c", "/dev/null", *options, "test_committing.py"],
        cwd=tmp_path,
        env={**environment, "PYTHONPATH": os.pathsep.join(places), "LYCEUM_DATA": str(tmp_path)},
        capture_output=True,
        text=True,
    )

    assert "2 passed" in tried.stdout, tried.stdout + tried.stderr


@pytest.mark.django_db
def test_outside_of_plugins_a_school_has_none_on(
    school: CurrentSchool, other_school: CurrentSchool, plugin: str
) -> None:
    assert (plugin, school.plugins, other_school.plugins) == ("", frozenset(), frozenset())


@pytest.mark.django_db
def test_browsers_are_at_the_school_and_a_stranger_is_of_another(
    as_nobody: Client,
    as_learner: Client,
    as_colleague: Client,
    as_teacher: Client,
    as_manager: Client,
    as_stranger: Client,
) -> None:
    able = [as_learner, as_colleague, as_teacher, as_manager]
    address = "/api/v1/learning/progress"

    assert {each.get(address).status_code for each in able} == {200}
    assert as_stranger.get(address).status_code == 403
    assert as_nobody.get(address).status_code == 401
