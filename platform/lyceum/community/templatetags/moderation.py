"""Codes in the moderators' templates, in words."""

from __future__ import annotations

from django import template

from lyceum.community.admin.words import WORDS

register = template.Library()


@register.filter
def told_as(code: str, what: str) -> str:
    """Return what a code of some kind is called, as in `{{ case.state|told_as:"state" }}`."""
    return str(WORDS[what].get(code, code))
