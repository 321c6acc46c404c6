"""A manifest that cannot be used is refused in words that name the file and the field."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from lyceum.kernel.plugins.manifest import InvalidManifest, read_manifest

SOUND = """\
slug = "choir"
name = "Chœur"
summary = "Sings."
version = "1.0.0"
requires_lyceum = ">=1.0,<2"

[privacy]
none = "It keeps nothing."
"""


def refusal_of(folder: Path, content: bytes) -> str:
    (folder / "plugin.toml").write_bytes(content)
    with pytest.raises(InvalidManifest) as refused:
        read_manifest(folder)
    return str(refused.value)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "secret" / "choir"
    made.mkdir(parents=True)
    return made


def test_a_sound_one_is_read(folder: Path) -> None:
    (folder / "plugin.toml").write_text(SOUND, encoding="utf-8")

    assert read_manifest(folder).name == "Chœur"


@pytest.mark.parametrize(
    "content",
    [
        SOUND.replace("œ", "é").encode("latin-1"),
        SOUND.encode("utf-16"),
        SOUND.encode("utf-16-le"),
        SOUND.encode("utf-16-be"),
        codecs.BOM_UTF8 + SOUND.encode(),
        b"\x80",
        b"\0",
        b"",
        SOUND.encode()[:-3],
    ],
)
def test_what_is_no_toml_in_utf_8_is_refused_by_the_name_of_the_file(
    folder: Path, content: bytes
) -> None:
    told = refusal_of(folder, content)

    assert told.startswith("choir/plugin.toml: ")
    assert "codec" not in told


def test_an_encoding_is_told_in_words(folder: Path) -> None:
    marked = refusal_of(folder, SOUND.encode("utf-16"))
    latin = refusal_of(folder, SOUND.replace("œ", "é").encode("latin-1"))

    assert marked == "choir/plugin.toml: write it in UTF-8, without a byte order mark"
    assert latin == "choir/plugin.toml: write it in UTF-8: what stands in line 2 is something else"


def test_one_that_cannot_be_read_tells_nobody_where_it_lies(folder: Path) -> None:
    (folder / "plugin.toml").mkdir()

    with pytest.raises(InvalidManifest) as refused:
        read_manifest(folder)

    assert str(refused.value) == "choir/plugin.toml: it cannot be read: Is a directory"


@pytest.mark.parametrize(
    "slug", ["../choir", "..", "/choir", "a/b", "Choir", "1st", "ab", "a" * 31, r"choir\n"]
)
def test_a_slug_that_is_no_name_is_refused_by_its_field(folder: Path, slug: str) -> None:
    told = refusal_of(folder, SOUND.replace('"choir"', f'"{slug}"').encode())

    assert told == "choir/plugin.toml: slug: write 3 to 30 of a-z, 0-9 and _, a letter first"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("slug = 5", "slug: Input should be a valid string"),
        ('slug = "search"', "slug: 'search' is reserved for the platform: choose another"),
        ('version = "first"', "version: 'first' is no version, as in 1.2.0"),
        ('requires_lyceum = "1"', "requires_lyceum: '1' is no range of versions, as in >=1.2,<2"),
        ('summary = ""', "summary: String should have at least 1 character"),
        ("colour = 1", "colour: Extra inputs are not permitted"),
        ('requires = { "../x" = ">=1" }', "requires.../x.[key]: write 3 to 30 of a-z"),
        ('hooks = ["veto_contact", 5]', "hooks.1: Input should be a valid string"),
    ],
)
def test_a_wrong_field_is_named(folder: Path, line: str, told: str) -> None:
    field = line.partition(" ")[0]
    others = [each for each in SOUND.splitlines() if not each.startswith(f"{field} =")]

    assert f"choir/plugin.toml: {told}" in refusal_of(folder, "\n".join([line, *others]).encode())
