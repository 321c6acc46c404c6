"""What the desk's templates say in words."""

from __future__ import annotations

from django import template

from lyceum.content.publication.remarks import LANGUAGE_NAMES

register = template.Library()


@register.filter
def language_name(code: str) -> str:
    """Return a language's own name by its code."""
    return LANGUAGE_NAMES.get(code, code)
