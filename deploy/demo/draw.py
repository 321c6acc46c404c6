#!/usr/bin/env python3
"""Make the pictures of a demo school from the drawings in ``media/drawings/``.

Each drawing is an SVG file with the view box ``0 0 640 360``; the picture has its name

    media/drawings/market-stall.svg      media/market-stall.png

and is a PNG of 640 by 360 pixels. Other pictures in ``media/`` are left alone.

    python3 draw.py                      every school next to this file that has a media/drawings/
    python3 draw.py toto                 one school
    python3 draw.py --missing toto       only the pictures that are not there yet

Needs the program rsvg-convert (Debian: apt-get install librsvg2-bin).
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

PROGRAM = "rsvg-convert"
PACKAGE = "librsvg2-bin"
FOLDER_NAME = "drawings"
WIDTH = 640
HEIGHT = 360
VIEW_BOX = [0.0, 0.0, float(WIDTH), float(HEIGHT)]


class DrawingError(ValueError):
    """A drawing is not in the form described above."""


def check_drawing(drawing: Path) -> None:
    """Make sure that a drawing fills the picture. :raises DrawingError: if it does not"""
    try:
        # The drawings are this repository's own.
        root = ElementTree.parse(drawing).getroot()  # noqa: S314
        view_box = [float(number) for number in root.get("viewBox", "").split()]
    except (ElementTree.ParseError, ValueError) as error:
        raise DrawingError(f"{drawing.name}: {error}") from error
    if view_box != VIEW_BOX:
        raise DrawingError(f"{drawing.name}: the view box 0 0 {WIDTH} {HEIGHT} is expected")


def make_png(drawing: Path, target: Path) -> None:
    """Render one drawing to one PNG file."""
    command = [PROGRAM, "--format", "png", "--width", str(WIDTH), "--height", str(HEIGHT)]
    command += ["--output", str(target), str(drawing)]
    subprocess.run(command, capture_output=True, check=True)


def make_school(media: Path, only_missing: bool) -> int:
    """Make the pictures of one school; the result is the number of files made."""
    drawings = sorted((media / FOLDER_NAME).glob("*.svg"))
    if not drawings:
        raise DrawingError(f"no drawings in {media / FOLDER_NAME}")
    made = 0
    for drawing in drawings:
        target = media / f"{drawing.stem}.png"
        if only_missing and target.exists():
            continue
        check_drawing(drawing)
        make_png(drawing, target)
        made += 1
    return made


def main(arguments: list[str]) -> int:
    """Run the command line; the result is the exit status."""
    parser = argparse.ArgumentParser(description="Make the pictures of the demo schools.")
    parser.add_argument(
        "schools", nargs="*", help="folders of schools (default: all that have drawings)"
    )
    parser.add_argument(
        "--missing", action="store_true", help="make only the pictures that are not there yet"
    )
    options = parser.parse_args(arguments)

    if shutil.which(PROGRAM) is None:
        print(f"Not installed: {PROGRAM}. Debian: apt-get install {PACKAGE}", file=sys.stderr)
        return 2

    here = Path(__file__).resolve().parent
    schools = [here / school for school in options.schools]
    schools = schools or sorted(path.parent.parent for path in here.glob(f"*/media/{FOLDER_NAME}"))
    if not schools:
        print(f"No school with a media/{FOLDER_NAME} found in {here}", file=sys.stderr)
        return 1
    for school in schools:
        try:
            made = make_school(school / "media", options.missing)
        except (OSError, DrawingError) as error:
            print(f"{school.name}: {error}", file=sys.stderr)
            return 1
        except subprocess.CalledProcessError as error:
            reason = error.stderr.decode(errors="replace").strip()
            print(f"{school.name}: {error.cmd[0]} failed: {reason}", file=sys.stderr)
            return 1
        print(f"{school.name}: {made} pictures made")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
