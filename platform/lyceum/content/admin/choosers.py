"""Choosers in forms, begun by a script of ours: our content policy refuses scripts in the page."""

from __future__ import annotations

import re
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.admin.widgets import BaseChooser

# `new PageChooser("id", {…});` or `createTaskChooser("id");`: a name, and arguments in JSON.
BEGINNING = re.compile(r"(?:new )?(\w+)\((.*)\);", re.DOTALL)


def begin_choosers_by_mark() -> None:
    """Let every chooser write down how it begins, in the place of a script. Called once."""
    BaseChooser.render = _render


def _render(
    widget: BaseChooser, name: str, value: Any, attrs: dict[str, Any], renderer: Any = None
) -> SafeString:
    told = widget.get_value_data(value)
    found = BEGINNING.fullmatch(widget.render_js_init(attrs["id"], name, told))
    assert found is not None, f"{type(widget).__name__} begins in a way that is not known here."
    return format_html(
        '{}<span hidden data-begin="{}" data-arguments="[{}]"></span>',
        widget.render_html(name, told, attrs),
        *found.groups(),
    )
