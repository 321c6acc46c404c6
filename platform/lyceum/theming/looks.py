"""The look of a school: its theme, with the school's own colours in it."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from typing import Any
from uuid import UUID

from django.conf import settings

from lyceum.kernel.errors import Invalid
from lyceum.schools.current import CurrentSchool
from lyceum.schools.models import School
from lyceum.theming.colours import HEX, mixed, readable_on, text_on
from lyceum.theming.themes import SHAPE, TEXT, Theme, faults_of, find_themes
from lyceum.theming.tokens import Token, Tokens, a_colour, as_css, colour_of

DEFAULT = "classic"
# The colours that a school may choose; all that goes with them follows.
OWN_COLOURS = ("brand", "accent")
GROUND_SHARE = {"light": 0.9, "dark": 0.82}  # of the surface, in a ground of the school's colour


@dataclass(frozen=True)
class Look:
    """How a school is shown. `version` changes with everything in it."""

    theme: Theme
    light: Tokens
    dark: Tokens
    css: str
    version: str


class Themes:
    """The themes of this instance, read once when it starts."""

    def __init__(self) -> None:
        self.found: dict[str, Theme] = {}
        self.broken: dict[str, str] = {}
        self._looks: dict[UUID, tuple[int, Look]] = {}

    def read(self) -> None:
        """Read the folder of themes anew."""
        self.found, self.broken = find_themes(settings.ROOT / "themes")
        self._looks.clear()

    def look_of(self, school: CurrentSchool) -> Look:
        """Return the look of a school; in the default theme, where its own cannot be used."""
        kept = self._looks.get(school.uuid)
        if kept is None or kept[0] != school.epoch:
            theme = self.found.get(school.theme) or self.found[DEFAULT]
            kept = self._looks[school.uuid] = (school.epoch, _look(theme, school.colours))
        return kept[1]

    def default_look(self) -> Look:
        """Return the default theme as it is, for what is no school's, or cannot be in its look."""
        return _look(self.found[DEFAULT], {})


themes = Themes()


def check_look(school: School) -> None:
    """
    Refuse a theme that is not there, and colours in which something could not be read.

    :raises Invalid: naming each field, and a colour near it that would do
    """
    theme = themes.found.get(school.theme)
    if theme is None:
        # One that broke meanwhile keeps nobody from changing something else.
        if School.objects.filter(pk=school.pk, theme=school.theme).exists():
            return
        told = themes.broken.get(school.theme)
        there = f"It is one of {', '.join(themes.found)}."
        raise Invalid(fields={"theme": [f"It is broken: {told}" if told else there]})
    faults = {
        f"colours.{name}": [fault]
        for name, colour in school.colours.items()
        if (fault := _fault_of(name, colour, theme))
    }
    if faults:
        raise Invalid(fields=faults)


def _fault_of(name: str, colour: Any, theme: Theme) -> str:
    if name not in OWN_COLOURS:
        return f"The colours of a school are {' and '.join(OWN_COLOURS)}."
    if not isinstance(colour, str) or not HEX.match(colour):
        return "Write a colour as #1F5FA8."
    if faults_of(_dressed(theme.light, {name: colour}, "light")):
        near = _readable(name, colour, theme.light)
        return f"It cannot be read on the theme's grounds; {near} could be."
    return ""


def _look(theme: Theme, colours: dict[str, str]) -> Look:
    light = _dressed(theme.light, colours, "light")
    # In the dark the same colour is lighter: nobody chooses it twice.
    at_night = {name: _readable(name, colour, theme.dark) for name, colour in colours.items()}
    dark = _dressed(theme.dark, at_night, "dark")
    css = _style(light, dark)
    version = blake2b(f"{theme.told.version} {css}".encode(), digest_size=6).hexdigest()
    return Look(theme, light, dark, css, version)


def _dressed(tokens: Tokens, colours: dict[str, str], mode: str) -> dict[str, Token]:
    changed = {f"color.{name}": colour for name, colour in colours.items()}
    if brand := colours.get("brand"):
        surface = colour_of(tokens, "color.surface")
        changed["color.on-brand"] = text_on(brand)
        changed["color.brand-ground"] = mixed(brand, surface, GROUND_SHARE[mode])
    return {**tokens, **{path: a_colour(path, colour) for path, colour in changed.items()}}


def _readable(name: str, colour: str, tokens: Tokens) -> str:
    """Return the colour nearest to a school's that can be read on the grounds of a theme."""
    wanted = TEXT if name == "brand" else SHAPE
    grounds = [colour_of(tokens, f"color.{ground}") for ground in ("surface", "raised")]
    if name == "brand":
        # Its own ground is a mixture of it: a little nearer to it than the surface.
        wanted += 1
    for ground in grounds:
        colour = readable_on(colour, ground, wanted)
    return colour


def _style(light: Tokens, dark: Tokens) -> str:
    night = as_css({path: token for path, token in dark.items() if token.type == "color"})
    # Who chose light or dark by hand has it; everybody else has what their system says.
    return f"""\
:root {{
  color-scheme: light dark;
{as_css(light)}
}}
:root[data-light] {{
  color-scheme: light;
}}
:root[data-dark] {{
  color-scheme: dark;
{night}
}}
@media (prefers-color-scheme: dark) {{
:root:not([data-light]) {{
{night}
}}
}}
"""
