"""The command line of what makes files, of the demo schools above all: `speak.py` and `draw.py`."""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Craft:
    """
    One way to make files of schools.

    `source` lies in the `media/` of every school that has something to make, or in another folder
    that is named; `programs` are those that it needs, each with its Debian package; `faults` are
    told in a line; `make` is given that folder and whether only what is missing is wanted, and
    returns how many files it made.
    """

    makes: str
    source: str
    programs: Mapping[str, str]
    faults: tuple[type[Exception], ...]
    make: Callable[[Path, bool], int]


def run(craft: Craft, arguments: list[str]) -> int:
    """Run a craft's command line; the result is the exit status."""
    options = _options(craft, arguments)
    absent = [program for program in craft.programs if shutil.which(program) is None]
    if absent:
        packages = " ".join(craft.programs[program] for program in absent)
        return _refuse(f"Not installed: {', '.join(absent)}. Debian: apt-get install {packages}", 2)
    here = Path(__file__).resolve().parent
    every = [path.parent.parent.name for path in here.glob(f"*/media/{craft.source}")]
    names = options.schools or sorted(every)
    if not names:
        return _refuse(f"No school with a media/{craft.source} found in {here}", 1)
    for name in names:
        try:
            made = craft.make(_folder(name, here, craft), options.missing)
        except (OSError, *craft.faults) as error:
            return _refuse(f"{name}: {error}", 1)
        except subprocess.CalledProcessError as error:
            reason = error.stderr.decode(errors="replace").strip()
            return _refuse(f"{name}: {error.cmd[0]} failed: {reason}", 1)
        print(f"{name}: {made} {craft.makes} made")
    return 0


def _folder(name: str, here: Path, craft: Craft) -> Path:
    """Return where the source of a school is, or of another folder of that name."""
    return Path(name) if (Path(name) / craft.source).exists() else here / name / "media"


def _options(craft: Craft, arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=f"Make the {craft.makes} of the demo schools.")
    parser.add_argument(
        "schools", nargs="*", help=f"folders (default: of schools with media/{craft.source})"
    )
    parser.add_argument(
        "--missing", action="store_true", help="make only the files that are not there yet"
    )
    return parser.parse_args(arguments)


def _refuse(told: str, status: int) -> int:
    print(told, file=sys.stderr)
    return status
