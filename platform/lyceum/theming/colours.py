"""Colours as themes and schools write them, and whether one can be read upon another."""

from __future__ import annotations

import re

HEX = re.compile(r"^#[0-9A-Fa-f]{6}$")
BLACK, WHITE = "#000000", "#FFFFFF"
# How much nearer to black or white each try is, from 0 to 1.
STEP = 0.02


def contrast(one: str, other: str) -> float:
    """
    Return the contrast ratio of two colours (`#RRGGBB`), from 1 to 21.

    As WCAG 2.2 defines it: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
    """
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def mixed(one: str, other: str, share: float) -> str:
    """Return `one` with a share (0 to 1) of `other` in it."""
    parts = zip(_channels(one), _channels(other), strict=True)
    return _hex([round(mine + (theirs - mine) * share) for mine, theirs in parts])


def readable_on(colour: str, ground: str, ratio: float) -> str:
    """Return the colour nearest to this one that has a contrast of `ratio` on a ground."""
    pole = max((BLACK, WHITE), key=lambda each: contrast(each, ground))
    share = 0.0
    while contrast(tried := mixed(colour, pole, min(share, 1.0)), ground) < ratio and share < 1:
        share += STEP
    return tried


def text_on(ground: str) -> str:
    """Return black or white, whichever reads better; one of them always has 4.5 at least."""
    return max((WHITE, BLACK), key=lambda each: contrast(each, ground))


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def _channels(colour: str) -> list[int]:
    return [int(colour[start : start + 2], 16) for start in (1, 3, 5)]


def _hex(channels: list[int]) -> str:
    return "#" + "".join(f"{channel:02X}" for channel in channels)
