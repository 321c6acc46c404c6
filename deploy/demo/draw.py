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

import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

from making import Craft, run

PROGRAM = "rsvg-convert"
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


CRAFT = Craft(
    makes="pictures",
    source=FOLDER_NAME,
    programs={PROGRAM: "librsvg2-bin"},
    faults=(DrawingError,),
    make=make_school,
)

if __name__ == "__main__":
    sys.exit(run(CRAFT, sys.argv[1:]))
