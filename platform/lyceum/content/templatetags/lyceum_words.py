"""What plugins and roles are called, in the reader's language."""

from __future__ import annotations

from collections.abc import Collection

from django import template
from django.utils.translation import gettext

from lyceum.content.admin import role_words

register = template.Library()


@register.filter
def role_names(codes: Collection[str]) -> list[str]:
    """Return what those of these roles are called."""
    return [role_words.called(code) for code in codes]


@register.filter
def holders(codes: Collection[str]) -> list[str]:
    """Return what all are called who hold what is given to these roles."""
    return role_words.holders(codes)


@register.filter
def in_words(told: str) -> str:
    """Return what a plugin says of itself, as its own catalogue translates it."""
    return gettext(told) if told else ""
