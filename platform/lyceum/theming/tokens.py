"""
Design tokens, in the format of the Design Tokens Community Group, version 2025.10.

https://www.designtokens.org/tr/2025.10/format/ — of its types those that a theme here needs.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lyceum.theming.colours import HEX

ALIAS = re.compile(r"^\{([^{}]+)\}$")
NAME = re.compile(r"^[a-z][a-z0-9-]*$")
GENERIC_FAMILIES = frozenset({"serif", "sans-serif", "monospace", "cursive", "system-ui"})


class BadTokens(Exception):
    """Tokens that cannot be used; the message names the token."""


@dataclass(frozen=True)
class Token:
    """One decision of a design: `path` as `color.brand`, `value` as the format writes it."""

    path: str
    type: str
    value: Any

    @property
    def css_name(self) -> str:
        return "--" + self.path.replace(".", "-")

    @property
    def css_value(self) -> str:
        return _TYPES[self.type].as_css(self.value)


Tokens = Mapping[str, Token]


def read_tokens(*files: Mapping[str, Any]) -> dict[str, Token]:
    """
    Return the tokens of files by their paths, aliases followed; a later file's are taken first.

    :raises BadTokens: naming the token that is not what it should be
    """
    raw: dict[str, tuple[str, Any]] = {}
    for file in files:
        for path, type_, value in _walk(file, (), ""):
            # A file that changes a value need not say the type again.
            raw[path] = (type_ or raw.get(path, ("", None))[0], value)
    return {path: _token(path, raw) for path in raw}


def as_css(tokens: Tokens) -> str:
    """Return tokens as the declarations of custom properties, one a line."""
    return "\n".join(f"  {token.css_name}: {token.css_value};" for token in tokens.values())


def as_tree(tokens: Tokens) -> dict[str, Any]:
    """Return tokens as the format nests them, with no alias left."""
    tree: dict[str, Any] = {}
    for token in tokens.values():
        *groups, name = token.path.split(".")
        branch = tree
        for group in groups:
            branch = branch.setdefault(group, {})
        branch[name] = {"$type": token.type, "$value": token.value}
    return tree


def colour_of(tokens: Tokens, path: str) -> str:
    """Return a colour as `#RRGGBB`."""
    return str(tokens[path].value["hex"]).upper()


def a_colour(path: str, colour: str) -> Token:
    """Return a token of a colour that is written `#RRGGBB`."""
    parts = [round(int(colour[start : start + 2], 16) / 255, 4) for start in (1, 3, 5)]
    value = {"colorSpace": "srgb", "components": parts, "hex": colour.upper()}
    return Token(path, "color", value)


def _walk(
    group: Mapping[str, Any], at: tuple[str, ...], type_: str
) -> Iterator[tuple[str, str, Any]]:
    own_type = group.get("$type", type_)
    if "$value" in group:
        yield ".".join(at), own_type, group["$value"]
        return
    for name, below in group.items():
        if name.startswith("$"):
            continue
        path = ".".join((*at, name))
        if not NAME.match(name):
            raise BadTokens(f"{path}: write names in a-z, 0-9 and -.")
        if not isinstance(below, Mapping):
            raise BadTokens(f"{path}: it is neither a group nor a token with a $value.")
        yield from _walk(below, (*at, name), own_type)


def _token(path: str, raw: Mapping[str, tuple[str, Any]]) -> Token:
    type_, value = raw[path]
    followed = [path]
    while isinstance(value, str) and (alias := ALIAS.match(value)):
        name = alias[1]
        if name in followed:
            raise BadTokens(f"{path}: {' → '.join([*followed, name])} goes round in a circle.")
        if name not in raw:
            raise BadTokens(f"{path}: there is no token {name}.")
        followed.append(name)
        target_type, value = raw[name]
        type_ = type_ or target_type
    if type_ not in _TYPES:
        raise BadTokens(f"{path}: its $type is one of {', '.join(_TYPES)}.")
    if not _TYPES[type_].is_sound(value):
        raise BadTokens(f"{path}: {json.dumps(value)} is no {type_}.")
    return Token(path, type_, value)


@dataclass(frozen=True)
class _Type:
    is_sound: Callable[[Any], bool]
    as_css: Callable[[Any], str]


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_colour(value: Any) -> bool:
    # Other spaces, and transparency, have no contrast that could be told beforehand.
    return (
        isinstance(value, Mapping)
        and value.get("colorSpace") == "srgb"
        and isinstance(value.get("hex"), str)
        and bool(HEX.match(value["hex"]))
        and isinstance(value.get("components"), list)
        and _says_the_same(value["components"], value["hex"])
    )


def _says_the_same(components: list[Any], colour: str) -> bool:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    return len(components) == len(parts) and all(
        _is_number(mine) and abs(mine - part) < 0.005
        for mine, part in zip(components, parts, strict=True)
    )


def _has_unit(*units: str) -> Callable[[Any], bool]:
    def is_sound(value: Any) -> bool:
        return (
            isinstance(value, Mapping)
            and _is_number(value.get("value"))
            and value.get("unit") in units
        )

    return is_sound


def _with_unit(value: Mapping[str, Any]) -> str:
    return f"{value['value']}{value['unit']}"


def _is_family(value: Any) -> bool:
    names = value if isinstance(value, list) else [value]
    return bool(names) and all(
        isinstance(name, str) and re.fullmatch(r"[A-Za-z0-9 _-]+", name) for name in names
    )


def _families(value: str | list[str]) -> str:
    names = value if isinstance(value, list) else [value]
    return ", ".join(name if name in GENERIC_FAMILIES else f'"{name}"' for name in names)


_TYPES = {
    "color": _Type(_is_colour, lambda value: str(value["hex"]).upper()),
    "dimension": _Type(_has_unit("px", "rem"), _with_unit),
    "duration": _Type(_has_unit("ms", "s"), _with_unit),
    "fontFamily": _Type(_is_family, _families),
    "fontWeight": _Type(lambda value: _is_number(value) and 1 <= value <= 1000, str),
    "number": _Type(_is_number, str),
}
