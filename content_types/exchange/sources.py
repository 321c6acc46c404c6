"""One YAML file of a content folder, with the line of every value in it.

Only plain YAML is read: maps, lists, texts, numbers, true and false. Words such as `no` and times
such as `10:30` stay texts, as in YAML 1.2. Anchors, tags and a key written twice are refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from content_types.exchange.complaints import Complaints, Place

LARGEST_FILE = 1_000_000  # bytes
DEEPEST = 30

NULL = re.compile(r"~|null|Null|NULL|")
BOOLEANS = {"true": True, "True": True, "false": False, "False": False}
INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})")
DECIMAL = re.compile(r"[-+]?[0-9]+\.[0-9]+")

Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass
class Source:
    """A file's data, and where each part of it stands."""

    name: str
    data: Any
    complaints: Complaints
    lines: dict[Place, int] = field(default_factory=dict)

    def complain(self, message: str, *place: str | int) -> None:
        """Note something to mend at a place, on the line of the nearest thing that is there."""
        self.complaints.add(self.name, message, line=self.line(place), place=place)

    def line(self, place: Place) -> int:
        """Return the line (from 1) of a place, or of what should have held it."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)


def read_source(path: Path, *, name: str, complaints: Complaints) -> Source | None:
    """Return a file's data with its lines; None, with complaints, where it cannot be read."""
    text = _read_text(path, name, complaints)
    if text is None:
        return None
    try:
        loader = Loader(text)
        node = loader.get_single_node()
    except yaml.YAMLError as error:
        _complain_of_syntax(error, name, complaints)
        return None
    except RecursionError:
        complaints.add(name, "This is nested too deeply.")
        return None
    if not isinstance(node, yaml.MappingNode):
        complaints.add(name, "Write this file as fields with values.", line=1)
        return None
    source = Source(name, None, complaints)
    before = len(complaints.items)
    source.data = _Values(source).read(node, ())
    return source if len(complaints.items) == before else None


def _read_text(path: Path, name: str, complaints: Complaints) -> str | None:
    if path.stat().st_size > LARGEST_FILE:
        complaints.add(name, f"The file is larger than {LARGEST_FILE // 1000} kB.")
        return None
    try:
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        complaints.add(name, "This is not UTF-8. Save the file as UTF-8.", line=line)
        return None
    for number, line_text in enumerate(text.splitlines(), start=1):
        if "\t" in line_text:
            column = line_text.index("\t") + 1
            complaints.add(name, f"There is a tab at column {column}. Use spaces.", line=number)
            return None
    return text


def _complain_of_syntax(error: yaml.YAMLError, name: str, complaints: Complaints) -> None:
    mark = getattr(error, "problem_mark", None)
    line = mark.line + 1 if mark else 0
    told = getattr(error, "problem", None) or str(error).splitlines()[0]
    if "alias" in told or "anchor" in told:
        told = "anchors and aliases (& and *) are not read here; put texts with these in quotes"
    complaints.add(name, f"This is not YAML: {told}.", line=line)


class _Values:
    """Turns nodes into values, noting lines and complaining of what is not plain."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.seen: set[int] = set()

    def read(self, node: yaml.Node, place: Place) -> Any:
        self.source.lines.setdefault(place, node.start_mark.line + 1)
        if id(node) in self.seen:
            self.source.complain("Aliases (*) are not read here. Write the value again.", *place)
            return None
        self.seen.add(id(node))
        if len(place) > DEEPEST:
            self.source.complain("This is nested too deeply.", *place[:4])
            return None
        if isinstance(node, yaml.MappingNode):
            return self._map(node, place)
        if isinstance(node, yaml.SequenceNode):
            return [self.read(item, (*place, at)) for at, item in enumerate(node.value)]
        return self._scalar(node, place)

    def _map(self, node: yaml.MappingNode, place: Place) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = key_node.value
            if not isinstance(key_node, yaml.ScalarNode):
                self.source.complain("A field's name must be one word.", *place)
                continue
            if key in values:
                line = key_node.start_mark.line + 1
                first = self.source.line((*place, key))
                self.source.complaints.add(
                    self.source.name,
                    f"This is written twice, first on line {first}.",
                    line=line,
                    place=(*place, key),
                )
                continue
            self.source.lines[(*place, key)] = key_node.start_mark.line + 1
            values[key] = self.read(value_node, (*place, key))
        return values

    def _scalar(self, node: yaml.ScalarNode, place: Place) -> Any:
        if not node.tag.startswith("tag:yaml.org,2002:") or node.tag.startswith(
            "tag:yaml.org,2002:python"
        ):
            self.source.complain("Tags (!) are not read here.", *place)
            return None
        if node.style:
            return node.value
        return plain_scalar(node.value)


def plain_scalar(text: str) -> Any:
    """Return what a word without quotes stands for, by the core schema of YAML 1.2."""
    if text in BOOLEANS:
        return BOOLEANS[text]
    if NULL.fullmatch(text):
        return None
    if INTEGER.fullmatch(text):
        return int(text)
    if DECIMAL.fullmatch(text):
        return float(text)
    return text
