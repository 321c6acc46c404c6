"""Supplementing the catalogues of libraries: what they leave untranslated, or say wrongly."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from lyceum.kernel.catalogues.files import HEADER, Key, read
from lyceum.kernel.catalogues.keeping import PLURALS, State, check_catalogue, write_catalogue

FILE = Path("LC_MESSAGES") / "django.po"


@dataclass(frozen=True)
class Supplement:
    """The house's own `<language>/LC_MESSAGES/django.po` beside those of some packages."""

    folder: Path
    packages: tuple[str, ...]
    corrected: Mapping[str, Collection[str]]  # by language: what is said wrongly there


def check_supplement(supplement: Supplement) -> Iterator[State]:
    """Yield how each language's catalogue stands against what the packages leave to say."""
    for language in PLURALS:
        found = find_left(supplement, language)
        yield check_catalogue(supplement.folder / language / FILE, found, language)


def write_supplement(supplement: Supplement) -> Iterator[State]:
    """Bring the catalogues up to date; yield what is left to translate in each."""
    for language in PLURALS:
        found = find_left(supplement, language)
        yield write_catalogue(supplement.folder / language / FILE, found, language)


def find_left(supplement: Supplement, language: str) -> dict[Key, list[str]]:
    """Return every text that no package translates, or that is to be corrected, and whose it is."""
    corrected = supplement.corrected.get(language, ())
    told = set(_told(supplement.packages, language))
    left: dict[Key, list[str]] = {}
    for package in supplement.packages:
        for key in read(_folder(package) / "en" / FILE):
            is_wrong = key[1] in corrected and key in told
            if key != HEADER and (is_wrong or key not in told):
                left.setdefault(key, []).append(package)
    return left


def _told(packages: Iterable[str], language: str) -> Iterator[Key]:
    for package in packages:
        catalogue = read(_folder(package) / language / FILE)
        yield from (key for key, entry in catalogue.items() if entry.is_done)


def _folder(package: str) -> Path:
    return Path(import_module(package).__path__[0]) / "locale"
