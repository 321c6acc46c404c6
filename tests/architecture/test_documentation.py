"""What the documentation says is there, is there."""

from __future__ import annotations

import re

from django.core.management import get_commands

from deploy.demo_pictures import FOLDER, PICTURES, SIZES
from tests.architecture.sources import ROOT

PAGES = [ROOT / "README.md", *sorted((ROOT / "platform" / "docs").rglob("*.md"))]
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
TEST = re.compile(r"`(tests/[\w/]+\.py)(?:::(test_\w+))?`")
COMMAND = re.compile(r"manage\.py (\w+)")
VARIABLE = re.compile(
    r"""environ(?:ment)?\.(?:get|setdefault)\(\s*"([A-Z_0-9]+)\""""
    r"""|(?:required|flag|whole_number|words)\(\s*[\w.]+,\s*"([A-Z_0-9]+)\""""
)
NOT_OF_AN_INSTANCE = {"PYTHONPATH", "PYTEST_XDIST_WORKER"}


def test_every_command_that_is_named_exists() -> None:
    known = {*get_commands(), "test"}

    missing = [
        f"{page.name}: {name}"
        for page in PAGES
        for name in COMMAND.findall(page.read_text(encoding="utf-8"))
        if name not in known
    ]

    assert missing == []


def test_every_link_between_pages_leads_somewhere() -> None:
    broken = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in PAGES
        for target in LINK.findall(page.read_text(encoding="utf-8"))
        if not (page.parent / target).exists()
    ]

    assert broken == []


def test_every_page_that_is_pictured_is_shown_at_each_width_and_small() -> None:
    shown = re.findall(
        r"screenshots/([\w.-]+)", (FOLDER.parent / "screenshots.md").read_text("utf-8")
    )
    sizes = {file.name: file.stat().st_size for file in FOLDER.iterdir()}

    taken = [f"{each.name}-{width}.webp" for each in PICTURES for width, _ in SIZES]

    assert sorted(shown) == sorted(taken) == sorted(sizes)
    assert [name for name, size in sizes.items() if size > 60_000] == []
    assert sum(sizes.values()) < 1_300_000


def test_every_test_that_is_named_exists() -> None:
    named = {(file, name) for page in PAGES for file, name in TEST.findall(page.read_text("utf-8"))}

    missing = [
        f"{file}::{name}"
        for file, name in sorted(named)
        if not (ROOT / file).exists() or f"def {name}" not in (ROOT / file).read_text("utf-8")
    ]

    assert missing == []
    assert len(named) > 15


def test_every_decision_is_in_the_list_of_decisions() -> None:
    folder = ROOT / "platform" / "docs" / "adr"
    listed = (folder / "README.md").read_text(encoding="utf-8")

    missing = [page.name for page in folder.glob("*.md") if f"({page.name})" not in listed]

    assert missing == ["README.md"]


def test_every_variable_that_settings_read_is_documented() -> None:
    documented = (ROOT / "platform" / "docs" / "settings.md").read_text(encoding="utf-8")

    read = variables_read()

    assert {"EMAIL_HOST", "LYCEUM_DATA", "LYCEUM_S3_BUCKET", "DATABASE_URL", "SECRET_KEY"} <= read
    assert [name for name in sorted(read) if f"`{name}`" not in documented] == []


def test_the_example_of_an_environment_explains_every_variable_and_no_other() -> None:
    lines = (ROOT / "deploy" / "env.example").read_text(encoding="utf-8").splitlines()
    explained = {found[1] for line in lines if (found := re.match(r"#?([A-Z][A-Z_0-9]+)=", line))}

    expected = {name for name in variables_read() if not name.startswith("LYCEUM_TEST_")}

    assert sorted(explained ^ expected) == []


def variables_read() -> set[str]:
    return {
        name
        for source in [ROOT / "manage.py", *(ROOT / "deploy").rglob("*.py")]
        for names in VARIABLE.findall(source.read_text(encoding="utf-8"))
        for name in names
        if name
    } - NOT_OF_AN_INSTANCE
