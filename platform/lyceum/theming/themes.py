"""The themes that are there: folders below `themes/`, each with a `theme.toml` and its tokens."""

from __future__ import annotations

import json
import logging
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from lyceum.theming.colours import contrast
from lyceum.theming.files import ENTRY, JOINED, StaticFile, joined, read_files, version_of
from lyceum.theming.joining import CannotJoin
from lyceum.theming.tokens import BadTokens, Token, Tokens, colour_of, read_tokens

ADDRESS = "/_themes"
MANIFEST, LIGHT, DARK = "theme.toml", "tokens.json", "tokens.dark.json"
# What every theme has, and a plugin's screen may build on.
COLOURS = (
    *("surface", "raised", "ink", "soft-ink", "line", "brand", "on-brand", "brand-ground"),
    *("accent", "right", "right-ground", "wrong", "wrong-ground", "hint", "hint-ground"),
)
OTHERS = (
    *("space.small", "space.medium", "space.large", "radius.small", "radius.large"),
    *("font.text", "font.heading", "size.text", "size.small", "size.heading", "size.title"),
    *("weight.text", "weight.strong", "motion.quick"),
)
TEXT, SHAPE = 4.5, 3.0
# Which colour must be readable upon which (WCAG 2.2, 1.4.3), or told from it (1.4.11).
PAIRS = (
    *((ink, ground, TEXT) for ink in ("ink", "soft-ink") for ground in ("surface", "raised")),
    *(("brand", ground, TEXT) for ground in ("surface", "raised", "brand-ground")),
    *(("ink", f"{kind}-ground", TEXT) for kind in ("brand", "right", "wrong", "hint")),
    *((kind, f"{kind}-ground", TEXT) for kind in ("right", "wrong", "hint")),
    *((kind, "raised", TEXT) for kind in ("right", "wrong", "hint")),
    ("on-brand", "brand", TEXT),
    *(("accent", ground, SHAPE) for ground in ("surface", "raised")),
)

logger = logging.getLogger(__name__)


class BadTheme(Exception):
    """A theme that cannot be used; the message names the file."""


class ThemeManifest(BaseModel):
    """`theme.toml`: what a theme says of itself."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str = Field(min_length=1, max_length=100)
    summary: str = Field(min_length=1, max_length=300)
    version: str = Field(pattern=r"^\d+\.\d+\.\d+$")
    extends: str = Field(default="", pattern=r"^([a-z][a-z0-9_-]{1,29})?$")
    """Another theme, whose templates and files it has; its own style and sayings come on top."""


@dataclass(frozen=True)
class Theme:
    """How a school can look: its tokens, light and dark, and its files."""

    name: str
    told: ThemeManifest
    light: Tokens
    dark: Tokens
    files: Mapping[str, StaticFile]
    files_version: str
    templates: tuple[str, ...]
    """Where its templates are looked for, its own first: names of folders of templates."""

    def address(self, file: str) -> str:
        """Return where one of its static files is read."""
        return f"{ADDRESS}/{self.name}/{self.files_version}/{file}"

    @property
    def entry(self) -> str:
        """Where its front end begins: all of it in one file, where it could be joined."""
        return self.address(JOINED if JOINED in self.files else ENTRY)


def read_theme(folder: Path) -> Theme:
    """
    Return the theme of a folder.

    What it brings no file of is that of the theme it extends, which stands beside it.

    :raises BadTheme: naming the file, and what is wrong in it
    """
    told = _manifest(folder / MANIFEST)
    light, dark = _json(folder / LIGHT), _json(folder / DARK)
    if told.extends and not (folder.parent / told.extends / MANIFEST).is_file():
        raise BadTheme(f"{MANIFEST}: extends: there is no theme {told.extends!r}.")
    below = [folder.parent / told.extends] if told.extends else []
    files = _with_joined(folder.name, _files(*below, folder))
    return Theme(
        folder.name,
        told,
        light=_checked(folder / LIGHT, light),
        dark=_checked(folder / DARK, light, dark),
        files=files,
        files_version=version_of(files),
        templates=tuple(each.name for each in (folder, *below)),
    )


def _files(*folders: Path) -> dict[str, StaticFile]:
    try:
        return read_files(*folders)
    except (TypeError, ValueError) as error:
        raise BadTheme(f"static: there are sayings that are no JSON in UTF-8: {error}") from error


def _with_joined(name: str, files: dict[str, StaticFile]) -> dict[str, StaticFile]:
    """Return files with the front end in one of them; without it a page asks for each module."""
    if ENTRY not in files:
        return files
    try:
        return {**files, JOINED: joined(files)}
    except (CannotJoin, UnicodeDecodeError) as error:
        logger.warning("The scripts of the theme %s are not joined: %s", name, error)
        return files


def find_themes(folder: Path) -> tuple[dict[str, Theme], dict[str, str]]:
    """Return the themes below a folder by name, and what is wrong with those that are broken."""
    found: dict[str, Theme] = {}
    broken: dict[str, str] = {}
    for manifest in sorted(folder.glob(f"*/{MANIFEST}")):
        name = manifest.parent.name
        try:
            found[name] = read_theme(manifest.parent)
        except BadTheme as error:
            broken[name] = str(error)
            logger.error("The theme %s is left out: %s", name, error)
    return found, broken


def faults_of(tokens: Tokens) -> list[str]:
    """Return in sentences which tokens are missing, and which colours cannot be read."""
    wanted = (*(f"color.{name}" for name in COLOURS), *OTHERS)
    missing = [path for path in wanted if path not in tokens]
    if missing:
        return [f"{', '.join(missing)}: every theme has it."]
    return list(_unreadable(tokens))


def _unreadable(tokens: Tokens) -> Iterable[str]:
    for ink, ground, wanted in PAIRS:
        there = contrast(colour_of(tokens, f"color.{ink}"), colour_of(tokens, f"color.{ground}"))
        if there < wanted:
            told = f"its contrast on color.{ground} is {there:.2f}, and has to be {wanted}"
            yield f"color.{ink}: {told}."


def _checked(file: Path, *files: Mapping[str, Any]) -> dict[str, Token]:
    try:
        tokens = read_tokens(*files)
    except BadTokens as error:
        raise BadTheme(f"{file.name}: {error}") from error
    if faults := faults_of(tokens):
        raise BadTheme(f"{file.name}: {' '.join(faults)}")
    return tokens


def _manifest(file: Path) -> ThemeManifest:
    try:
        return ThemeManifest.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise BadTheme(f"{file.name}: {where}: {first['msg']}") from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadTheme(f"{file.name}: it is no TOML in UTF-8: {error}") from error


def _json(file: Path) -> Mapping[str, Any]:
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BadTheme(f"{file.name}: it is no JSON in UTF-8.") from error
    if not isinstance(content, dict):
        raise BadTheme(f"{file.name}: it is no object.")
    return content
