"""Figures as people read them, in their language, and as elements of a page do."""

from __future__ import annotations

from django import template
from django.utils.formats import number_format

register = template.Library()


@register.filter
def percent(share: float) -> str:
    """Return a share, from 0 to 1, in whole per cent."""
    return f"{number_format(round(share * 100))} %"


@register.filter
def plain_number(value: float) -> str:
    """Return a number as HTML writes it, whatever the language."""
    return f"{value:.4f}"
