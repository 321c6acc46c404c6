"""Keeping the catalogues: what is new is added, what is gone is taken out, `.mo` is made anew."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lyceum.kernel.catalogues.files import HEADER, Catalogue, Entry, Key, compiled, read, written
from lyceum.kernel.catalogues.finding import find_texts

# How many forms a word has by number, and which one a number asks for.
PLURALS = {
    "es": (2, "(n != 1)"),
    "ar": (
        6,
        "n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : "
        "n%100>=3 && n%100<=10 ? 3 : n%100>=11 && n%100<=99 ? 4 : 5",
    ),
}
PLACEHOLDER = re.compile(r"%\([a-z_]+\)[sd]|%[sd%]|\{[a-z_0-9]*\}|</?[a-z]+[^>]*>")


@dataclass
class State:
    """What is wrong with a catalogue as it stands."""

    file: Path
    missing: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    is_stale: bool = False

    @property
    def is_good(self) -> bool:
        return not (self.missing or self.broken or self.is_stale)


def check_catalogues(folder: Path) -> Iterator[State]:
    """Yield how each language's catalogue of a folder stands against what the folder says."""
    found = find_texts(folder)
    for language in PLURALS if found else ():
        yield check_catalogue(_file(folder, language), found, language)


def write_catalogues(folder: Path) -> Iterator[State]:
    """Bring the catalogues of a folder up to date; yield what is left to translate in each."""
    found = find_texts(folder)
    for language in PLURALS if found else ():
        yield write_catalogue(_file(folder, language), found, language)


def write_catalogue(file: Path, found: dict[Key, list[str]], language: str) -> State:
    """Bring one catalogue up to date with the texts found; return what is left to translate."""
    catalogue = _renewed(read(file), found, language)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(written(catalogue), encoding="utf-8")
    file.with_suffix(".mo").write_bytes(compiled(catalogue))
    return check_catalogue(file, found, language)


def check_catalogue(file: Path, found: dict[Key, list[str]], language: str) -> State:
    """Return how one catalogue stands against the texts found, each with where it stands."""
    kept = read(file)
    state = State(file)
    for key in found:
        entry = kept.get(key)
        if entry is None or not entry.is_done:
            state.missing.append(key[1])
        elif fault := _fault(entry, language):
            state.broken.append(f"{key[1]!r}: {fault}")
    made = file.with_suffix(".mo")
    is_old = not made.exists() or made.read_bytes() != compiled(kept)
    state.is_stale = is_old or set(kept) - {HEADER} != set(found)
    return state


def _file(folder: Path, language: str) -> Path:
    return folder / "locale" / language / "LC_MESSAGES" / "django.po"


def _fault(entry: Entry, language: str) -> str:
    """Return what a translation has wrong; "" if nothing."""
    _, one, many = entry.key
    forms = PLURALS[language][0] if many else 1
    if len(entry.told) != forms:
        return f"it needs {forms} forms"
    wanted = sorted(PLACEHOLDER.findall(many or one))
    for number, text in enumerate(entry.told):
        given = sorted(PLACEHOLDER.findall(text))
        # The forms of none, one and two may say the number in words.
        may_lack = many and (number < 3 if forms == 6 else number == 0)
        if given != wanted and not (may_lack and set(given) <= set(wanted)):
            return f"{text!r} does not have {', '.join(wanted) or 'no placeholders'}"
    return ""


def _renewed(kept: Catalogue, found: dict[Key, list[str]], language: str) -> Catalogue:
    forms, rule = PLURALS[language]
    head = (
        f"Language: {language}\nMIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\n"
        f"Content-Transfer-Encoding: 8bit\nPlural-Forms: nplurals={forms}; plural={rule};\n"
    )
    renewed: Catalogue = {HEADER: Entry(HEADER, [head])}
    for key in sorted(found, key=lambda key: (found[key][0], key[1])):
        entry = kept.get(key) or Entry(key, [""] * (forms if key[2] else 1))
        renewed[key] = Entry(key, entry.told, found[key], entry.is_fuzzy)
    return renewed
