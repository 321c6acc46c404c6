"""The probe uses all that there is for plugins; what only two of them can use, its company uses."""

from __future__ import annotations

import ast
import inspect
import json
import re
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from django import forms

from lyceum.content.admin import schema_fields
from lyceum.content.admin.plugin_forms import SettingsForm
from lyceum.content.admin.plugin_pages import Admin, plugin_admins
from lyceum.events.types import event_types
from lyceum.kernel.plugins.hooks import hooks
from lyceum.kernel.plugins.host import host, parts
from lyceum.kernel.plugins.manifest import Manifest
from lyceum.kernel.plugins.settings import classes, secret_fields
from lyceum.kernel.plugins.versions import SLOTS
from lyceum.schools.plugins.settings import SettingsView
from tests.architecture.sources import ROOT

PROBE = ROOT / "tests" / "plugins" / "probe"
DOOR = ROOT / "platform" / "lyceum" / "plugin"
# The probe, what needs another or awkward tables, and below what builds on the door in earnest.
COMPANY = ("probe", "echo", "keeper")
USERS = (
    *(ROOT / "tests" / "plugins" / slug for slug in COMPANY),
    *(ROOT / "plugins" / slug for slug in ("moments", "badges")),
    ROOT / "content_types",
)
# Beside the files that rooms of the platform take.
OWN_FILES = ("models", "migrations", "services", "queries", "tests", "web", "README.md")


def test_it_answers_every_hook() -> None:
    assert set(host.plugins["probe"].told.hooks) == set(hooks.specifications)


def test_it_listens_to_every_event_that_plugins_are_told_of() -> None:
    told = {each.name for each in event_types if each.of_school}

    assert told - set(host.plugins["probe"].told.listens) == set()


def test_it_has_every_file_that_a_plugin_may_have_and_all_are_loaded() -> None:
    files = {part.file for part in parts} | set(OWN_FILES)

    assert [name for name in sorted(files) if not _has(name)] == []
    modules = {file.stem for file in PROBE.glob("*.py")} - {"__init__"}
    assert [name for name in sorted(modules) if f"plugins.probe.{name}" not in sys.modules] == []


def test_every_field_of_the_manifest_is_used() -> None:
    used = {name for slug in COMPANY for name in host.plugins[slug].told.model_fields_set}

    assert [name for name in Manifest.model_fields if name not in used] == []


def test_its_settings_have_every_kind_of_field_that_the_form_has() -> None:
    settings = classes["probe"]
    secrets = dict.fromkeys(secret_fields(settings), True)
    form = SettingsForm(view=SettingsView({}, secrets, settings.model_json_schema(), {}))
    shown = {type(field).__name__ for field in form.fields.values()}
    widgets = {type(field.widget) for field in form.fields.values()}

    assert shown == _kinds_of_fields()
    assert {forms.PasswordInput, forms.TextInput, forms.Textarea} <= widgets


def test_it_brings_everything_that_the_admin_takes() -> None:
    admin = plugin_admins["probe"]

    assert {name for name, kept in vars(admin).items() if not kept} == set()
    source = (PROBE / "cms.py").read_text()
    ways = [name for name in vars(Admin) if not name.startswith("_")]
    assert [name for name in ways if f"admin.{name}(" not in source] == []


def test_it_fills_every_slot() -> None:
    source = (PROBE / "web" / "index.js").read_text()
    [slots] = re.findall(r"const SLOTS = (.+);", source)

    assert json.loads(slots) == list(SLOTS)


def test_its_screens_use_all_that_they_are_given() -> None:
    source = (PROBE / "web" / "index.js").read_text()
    front_end = (ROOT / "themes/classic/static/plugins.js").read_text()
    given = front_end.partition("return Object.freeze({\n")[2].partition("\n  });")[0]
    names = re.findall(r"(?m)^    (\w+)", given)

    assert len(names) > 10
    assert [name for name in names if f"app.{name}" not in source] == []


def test_every_name_at_the_door_is_used_by_a_plugin_or_a_content_type() -> None:
    used = {name for folder in USERS for name in _taken_from_the_door(folder)}
    open_to = {
        f"{module.stem}.{name}"
        for module in DOOR.glob("*.py")
        for name in getattr(import_module(f"lyceum.plugin.{module.stem}"), "__all__", ())
        if module.stem != "__init__"
    }

    assert used - open_to == set()
    assert open_to - used == set()


@pytest.mark.parametrize("slug", COMPANY)
def test_each_has_its_place_among_those_that_are_walked(slug: str) -> None:
    assert host.plugins[slug].is_loaded


def _has(name: str) -> bool:
    return (PROBE / name).exists() or (PROBE / f"{name}.py").exists()


def _kinds_of_fields() -> set[str]:
    """Return the classes of all fields that a form of settings has, as their module writes them."""
    source = inspect.getsource(schema_fields)
    return set(re.findall(r"\breturn (?:forms\.)?([A-Z]\w+)\(", source))


def _taken_from_the_door(folder: Path) -> Iterator[str]:
    for file in folder.rglob("*.py"):
        if "tests" in file.relative_to(folder).parts:
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(
                "lyceum.plugin."
            ):
                module = str(node.module).rpartition(".")[2]
                yield from (f"{module}.{each.name}" for each in node.names)
