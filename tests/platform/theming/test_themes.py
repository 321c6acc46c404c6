"""Themes are found, held to what every theme has, and left out when they are broken."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from lyceum.theming.themes import faults_of, find_themes

OURS = settings.ROOT / "themes"


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """A folder of themes with a copy of the classic one."""
    shutil.copytree(OURS / "classic", tmp_path / "classic")
    return tmp_path


def test_every_theme_of_the_house_is_sound() -> None:
    found, broken = find_themes(OURS)

    assert broken == {}
    assert "classic" in found
    for theme in found.values():
        assert theme.entry.endswith("/app.joined.js"), "It says in the log what cannot be joined."
        assert faults_of(theme.light) == faults_of(theme.dark) == []


def _changed(file: str, change: Callable[[dict[str, Any]], None]) -> Callable[[Path], None]:
    def spoil(theme: Path) -> None:
        content = json.loads((theme / file).read_text())
        change(content)
        (theme / file).write_text(json.dumps(content))

    return spoil


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda theme: (theme / "tokens.json").write_text("{"), "tokens.json: it is no JSON"),
        (lambda theme: (theme / "tokens.json").write_bytes(b"\xff\xfe"), "tokens.json: it is no"),
        (lambda theme: (theme / "tokens.json").unlink(), "tokens.json: it is no JSON"),
        (lambda theme: (theme / "tokens.json").write_text("[]"), "tokens.json: it is no object."),
        (lambda theme: (theme / "theme.toml").write_text("title = 5"), "theme.toml: title: "),
        (lambda theme: (theme / "theme.toml").write_text("="), "theme.toml: it is no TOML"),
        (
            _changed("tokens.json", lambda tokens: tokens["color"].pop("brand")),
            "tokens.json: color.brand: every theme has it.",
        ),
        (
            _changed(
                "tokens.dark.json",
                lambda tokens: tokens["color"].update(ink=tokens["color"]["raised"]),
            ),
            "tokens.dark.json: color.ink: its contrast on color.",
        ),
    ],
)
def test_a_broken_theme_is_left_out_and_its_fault_named(
    shelf: Path, spoil: Callable[[Path], None], message: str, caplog: pytest.LogCaptureFixture
) -> None:
    shutil.copytree(shelf / "classic", shelf / "other")
    spoil(shelf / "other")

    found, broken = find_themes(shelf)

    assert list(found) == ["classic"]
    assert message in broken["other"]
    assert "other" in caplog.text


def test_a_theme_has_the_files_of_the_one_it_extends_where_it_brings_none(shelf: Path) -> None:
    other = shelf / "other"
    shutil.copytree(shelf / "classic", other, ignore=shutil.ignore_patterns("static", "templates"))
    (other / "static").mkdir()
    (other / "static" / "theme.css").write_text("body { color: var(--color-ink); }")
    (other / "static" / "words").mkdir()
    (other / "static" / "words" / "en.json").write_text('{"check": "Ready", "home": "Home"}')
    manifest = (other / "theme.toml").read_text()
    (other / "theme.toml").write_text(f'{manifest}\nextends = "classic"\n')

    found, _ = find_themes(shelf)

    theme = found["other"]
    assert theme.files["app.js"] == found["classic"].files["app.js"]
    style, words = theme.files["theme.css"].content, theme.files["words/en.json"].content
    assert style.startswith(found["classic"].files["theme.css"].content)
    assert style.endswith(b"body { color: var(--color-ink); }")
    classic = json.loads(found["classic"].files["words/en.json"].content)
    assert json.loads(words) == {**classic, "check": "Ready", "home": "Home"}
    assert theme.templates == ("other", "classic")
    assert theme.files_version != found["classic"].files_version


@pytest.mark.parametrize("words", [b"no JSON", b"5", '{"a": "ó"}'.encode("latin-1")])
def test_a_theme_whose_sayings_cannot_be_read_is_broken(shelf: Path, words: bytes) -> None:
    other = shelf / "other"
    shutil.copytree(shelf / "classic", other)
    (other / "theme.toml").write_text(f'{(other / "theme.toml").read_text()}extends = "classic"\n')
    (other / "static" / "words" / "en.json").write_bytes(words)

    found, broken = find_themes(shelf)

    assert list(found) == ["classic"]
    assert broken["other"].startswith("static: there are sayings that are no JSON in UTF-8")


def test_a_theme_that_extends_none_that_is_there_is_broken(shelf: Path) -> None:
    manifest = (shelf / "classic" / "theme.toml").read_text()
    (shelf / "classic" / "theme.toml").write_text(f'{manifest}\nextends = "nobody"\n')

    _, broken = find_themes(shelf)

    assert broken["classic"] == "theme.toml: extends: there is no theme 'nobody'."
