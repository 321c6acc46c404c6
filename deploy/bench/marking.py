"""Measures `manage.py mark`: rows that a fixed seed makes, marked from the command line.

    python3 manage.py bench marking [--rows 20000] [--keep FOLDER]

Two files of rows, in six languages. `typical`: exercises with a hundred answers each, most of them
right or nearly so. `hard`: every row has an accept-list of its own, and mangled words.
"""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from wordfreq import top_n_list

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = ("en", "es", "ar", "de", "fr", "tr")
SEED = 20
COMMON_WORDS = 4000
ANSWERS = 100  # to each exercise of the typical rows


def main() -> None:
    parser = ArgumentParser(description="Measure the marking of answers from the command line.")
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--keep", type=Path, help="a folder in which the rows are left")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        empty = folder / "empty.jsonl"
        empty.write_text("")
        start = measured(empty)
        print(f"start-up: {start[0]:.2f} s of wall time, {start[1]:.2f} s of CPU")
        for name, rows in (("typical", typical), ("hard", hard)):
            file = folder / f"{name}.jsonl"
            written = [json.dumps(row, ensure_ascii=False) for row in rows(options.rows)]
            file.write_text("\n".join(written) + "\n", encoding="utf-8")
            report(name, options.rows, measured(file), start)


def report(name: str, rows: int, whole: tuple[float, float], start: tuple[float, float]) -> None:
    wall, cpu = (one - other for one, other in zip(whole, start, strict=True))
    print(
        f"{name}: {rows} rows, {rows / cpu:,.0f} rows/s of CPU, {rows / wall:,.0f} rows/s of wall "
        f"time; with the start-up {rows / whole[1]:,.0f} and {rows / whole[0]:,.0f}"
    )


def measured(file: Path) -> tuple[float, float]:
    """Return the seconds of wall time and of CPU that one run of the command takes."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), "mark", str(file)],
        stdout=subprocess.DEVNULL,
        check=True,
    )
    wall = time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall, cpu


def typical(rows: int) -> Iterator[dict[str, Any]]:
    """Yield rows as exercises bring them: few accept-lists, answers right or nearly so."""
    chance = random.Random(SEED)  # noqa: S311
    for number in range(rows):
        if number % ANSWERS == 0:
            language = chance.choice(LANGUAGES)
            said = a_sentence(chance, language)
        answer = said if chance.random() < 0.4 else spoilt(said, chance, language)
        yield {"language": language, "accept": accept_list(said), "answer": " ".join(answer)}


def hard(rows: int) -> Iterator[dict[str, Any]]:
    """Yield rows of which none helps with the next: own accept-lists, several mangled words."""
    chance = random.Random(SEED)  # noqa: S311
    for _ in range(rows):
        language = chance.choice(LANGUAGES)
        said = a_sentence(chance, language)
        answer = said
        for _ in range(chance.randint(1, 3)):
            answer = mangled(answer, chance, language)
        yield {"language": language, "accept": accept_list(said), "answer": " ".join(answer)}


def a_sentence(chance: random.Random, language: str) -> list[str]:
    words = top_n_list(language, COMMON_WORDS)
    return [chance.choice(words) for _ in range(chance.randint(4, 10))]


def accept_list(said: list[str]) -> list[str]:
    """Return two entries: with a choice and a word that may be left out, and one plainer."""
    first, *rest = said
    middle = len(rest) // 2
    optional = " ".join([*rest[:middle], f"[{rest[middle]}]", *rest[middle + 1 :]])
    return [f"({first}|{rest[0]}) {optional}.", f"{rest[-1]}, {' '.join(said[:-1])}"]


def spoilt(said: list[str], chance: random.Random, language: str) -> list[str]:
    """Return a sentence with one fault that learners make."""
    faults: tuple[Callable[[list[str], random.Random, str], list[str]], ...] = (
        mangled,
        shortened,
        turned,
        capital,
    )
    return chance.choice(faults)(said, chance, language)


def mangled(said: list[str], chance: random.Random, language: str) -> list[str]:
    """Return a sentence with a letter too few, too many, another, or two changed about."""
    at = chance.randrange(len(said))
    word = said[at]
    if len(word) < 3:
        return [*said[:at], word + word[-1], *said[at + 1 :]]
    place = chance.randrange(len(word))
    letter = chance.choice(chance.choice(top_n_list(language, COMMON_WORDS)))
    slips = (
        word[:place] + word[place + 1 :],
        word[:place] + letter + word[place:],
        word[:place] + letter + word[place + 1 :],
        word[:place] + word[place : place + 2][::-1] + word[place + 2 :],
    )
    return [*said[:at], chance.choice(slips), *said[at + 1 :]]


def shortened(said: list[str], chance: random.Random, language: str) -> list[str]:
    at = chance.randrange(len(said))
    return [*said[:at], *said[at + 1 :]]


def turned(said: list[str], chance: random.Random, language: str) -> list[str]:
    at = chance.randrange(len(said) - 1)
    return [*said[:at], said[at + 1], said[at], *said[at + 2 :]]


def capital(said: list[str], chance: random.Random, language: str) -> list[str]:
    return [said[0].capitalize(), *said[1:]]


if __name__ == "__main__":
    main()
