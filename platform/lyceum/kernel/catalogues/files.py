"""A catalogue's two files: `.po`, which people write, and `.mo`, which is made of it and read."""

from __future__ import annotations

import ast
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

MAGIC = 0x950412DE  # gettext's, with the bytes of least weight first
HEADER = ("", "", "")
Key = tuple[str, str, str]  # a context, what is said of one, what is said of many


@dataclass
class Entry:
    """One text with its translation, a form for each number where the text has several."""

    key: Key
    told: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    is_fuzzy: bool = False

    @property
    def is_done(self) -> bool:
        return bool(self.told) and all(self.told) and not self.is_fuzzy


Catalogue = dict[Key, Entry]


def read(file: Path) -> Catalogue:
    """Return what a `.po` holds, its header under `HEADER`; nothing if there is no such file."""
    found: Catalogue = {}
    if file.exists():
        for lines in _paragraphs(file.read_text(encoding="utf-8")):
            entry = _entry(lines)
            found[entry.key] = entry
    return found


def written(catalogue: Catalogue) -> str:
    """Return the text of a `.po`: the header, then each entry in the order given."""
    return "\n".join(_lines_of(entry) for entry in catalogue.values())


def compiled(catalogue: Catalogue) -> bytes:
    """Return the bytes of a `.mo`: what is done, sorted, so that the same always makes the same."""
    pairs = sorted(
        (_name(key).encode(), "\0".join(entry.told).encode())
        for key, entry in catalogue.items()
        if entry.is_done
    )
    names, texts = [name for name, _ in pairs], [text for _, text in pairs]
    beginning = 7 * 4 + 2 * 8 * len(pairs)
    name_table, end = _table(names, beginning)
    text_table, _ = _table(texts, end)
    head = struct.pack("<7I", MAGIC, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, beginning)
    stored = b"".join(each + b"\0" for each in [*names, *texts])
    return head + name_table + text_table + stored


def _table(texts: Iterable[bytes], at: int) -> tuple[bytes, int]:
    rows = b""
    for text in texts:
        rows += struct.pack("<2I", len(text), at)
        at += len(text) + 1
    return rows, at


def _name(key: Key) -> str:
    context, one, many = key
    name = f"{one}\0{many}" if many else one
    return f"{context}\4{name}" if context else name


def _paragraphs(text: str) -> Iterator[list[str]]:
    for paragraph in text.split("\n\n"):
        lines = [line for line in paragraph.splitlines() if line.strip()]
        if any(not line.startswith("#") for line in lines):
            yield lines


def _entry(lines: list[str]) -> Entry:
    parts: dict[str, str] = {}
    places: list[str] = []
    is_fuzzy, word = False, ""
    for line in lines:
        if line.startswith("#"):
            places += line[2:].split() if line.startswith("#:") else []
            is_fuzzy = is_fuzzy or (line.startswith("#,") and "fuzzy" in line)
            continue
        if not line.startswith('"'):
            word, _, line = line.partition(" ")
        parts[word] = parts.get(word, "") + str(ast.literal_eval(line.strip()))
    key = (parts.get("msgctxt", ""), parts["msgid"], parts.get("msgid_plural", ""))
    told = [text for name, text in parts.items() if name.startswith("msgstr")]
    return Entry(key, told, places, is_fuzzy)


def _lines_of(entry: Entry) -> str:
    context, one, many = entry.key
    lines = [f"#: {place}" for place in sorted(set(entry.places))]
    if entry.is_fuzzy:
        lines.append("#, fuzzy")
    if context:
        lines.append(f"msgctxt {_quoted(context)}")
    lines.append(f"msgid {_quoted(one)}")
    if many:
        lines.append(f"msgid_plural {_quoted(many)}")
        lines += [f"msgstr[{number}] {_quoted(text)}" for number, text in enumerate(entry.told)]
    elif entry.key == HEADER:
        each = [_quoted(f"{line}\n") for line in entry.told[0].splitlines()]
        lines += ['msgstr ""', *each]
    else:
        lines.append(f"msgstr {_quoted(entry.told[0] if entry.told else '')}")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    for sign, told in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\t", "\\t")):
        text = text.replace(sign, told)
    return f'"{text}"'
