"""Roles in templates, in words."""

from __future__ import annotations

from collections.abc import Collection

from django import template

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
