"""Mails dressed as their school is: in the colours, the shapes and the type of its theme."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from lyceum.accounts.letters import Letter
from lyceum.schools.current import CurrentSchool
from lyceum.theming.logos import logo_address
from lyceum.theming.looks import Look, themes
from lyceum.theming.tokens import Token, Tokens

LAYOUT = "accounts/mail/dressed.html"
COLOURS = ("surface", "raised", "ink", "soft-ink", "line", "brand", "on-brand", "brand-ground")
LENGTHS = ("size.small", "size.text", "size.heading", "radius.small", "radius.large", "space.large")
# Clients of mail know neither custom properties nor, some of them, what a `rem` is.
PIXELS = {"rem": 16, "px": 1}

logger = logging.getLogger(__name__)


def dressed(letter: Letter, *, sender: str, school: CurrentSchool | None) -> str:
    """
    Return a mail as HTML; "" if there is no way to dress it, since its text has to go out.

    One that cannot be dressed as its school is wears the default theme.
    """
    looks: list[Callable[[], Look]] = [themes.default_look]
    if school is not None:
        looks.insert(0, lambda: themes.look_of(school))
    for look in looks:
        try:
            return _html(letter, look(), sender, school)
        except Exception:
            logger.exception("A mail of %s could not be dressed.", sender)
    return ""


def _html(letter: Letter, look: Look, sender: str, school: CurrentSchool | None) -> str:
    logo = logo_address(school) if school is not None else ""
    shown = {
        "letter": letter,
        "direction": "rtl" if letter.language in settings.LANGUAGES_BIDI else "ltr",
        "heading": _heading(letter.subject, sender),
        "sender": sender,
        "origin": school.origin if school is not None else "",
        "logo": school.origin + logo if school is not None and logo else "",
        "light": _colours(look.light),
        "dark": _colours(look.dark),
        "font": look.light["font.text"].css_value,
        "heading_font": look.light["font.heading"].css_value,
        "strong": look.light["weight.strong"].css_value,
        **{path.replace(".", "_"): _in_pixels(look.light[path]) for path in LENGTHS},
    }
    return render_to_string(LAYOUT, shown)


def _heading(subject: str, sender: str) -> str:
    """Return the subject without the school's name before it, which stands above the heading."""
    told = subject.removeprefix(f"{sender}: ")
    return told[:1].upper() + told[1:]


def _colours(tokens: Tokens) -> dict[str, str]:
    return {name.replace("-", "_"): tokens[f"color.{name}"].css_value for name in COLOURS}


def _in_pixels(token: Token) -> str:
    value: dict[str, Any] = token.value
    return f"{round(value['value'] * PIXELS[value['unit']])}px"
