"""Texts that would run in a page if it did not escape them, and how one sees that it did not."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import escape
from html.parser import HTMLParser
from typing import Any

from django import forms
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.embeds.blocks import EmbedBlock
from wagtail.images.blocks import ImageChooserBlock

from lyceum.content.models import LibraryMedia
from tests.telltale import Telltale

SCRIPT = "<script>telltale()</script>"
IMAGE = '"><img src=x onerror=telltale()>'
TEXT = f"{SCRIPT} {IMAGE}"

# In no page, whether as markup, in an attribute, or in a script's data, where it would end it.
NEVER = re.compile(r"<script>telltale|<img src=x onerror=telltale", re.IGNORECASE)
# In a script: the quotation mark that would end the string it is in.
OUT_OF_STRING = re.compile(r'(?<!\\)">|(?<!\\)"\\u003e\\u003cimg', re.IGNORECASE)


class Reading(HTMLParser):
    """Notices what a browser would run of the texts above."""

    def __init__(self) -> None:
        super().__init__()
        self.runs: list[str] = []
        self._in_script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in_script = tag == "script"
        for name, value in attrs:
            address = (value or "").strip().lower().startswith("javascript:")
            if "telltale" in (value or "") and (name.startswith("on") or address):
                self.runs.append(f'<{tag} {name}="{value}">')

    def handle_endtag(self, tag: str) -> None:
        self._in_script = False

    def handle_data(self, data: str) -> None:
        if self._in_script and "telltale" in data:
            around = data[max(0, data.index("telltale") - 60) :]
            if data.strip() == "telltale()" or OUT_OF_STRING.search(around[:200]):
                self.runs.append(around[:200])


def what_runs(answer: Any, body: str) -> list[str]:
    """Return what would run of an answer: a page, or JSON with parts of pages in it."""
    sort = answer.headers.get("Content-Type", "")
    if "json" in sort:
        return [fault for part in _parts(json.loads(body)) for fault in _of_html(part)]
    return _of_html(body) if sort.startswith("text/html") else []


def _of_html(text: str) -> list[str]:
    if "telltale" not in text:
        return []
    plain = [text[max(0, at.start() - 120) : at.end() + 30] for at in NEVER.finditer(text)]
    reading = Reading()
    reading.feed(text)
    return [*plain, *reading.runs]


def _parts(told: Any, name: str = "") -> Iterator[str]:
    """Yield the parts of pages that JSON carries, as the admin's choosers do."""
    if isinstance(told, dict):
        for key, value in told.items():
            yield from _parts(value, key)
    elif isinstance(told, list):
        for value in told:
            yield from _parts(value, name)
    elif isinstance(told, str) and "html" in name:
        yield told


def a_block_of_texts(block: blocks.Block, school: Telltale) -> Any:
    """Return a block's value as it is stored, with TEXT wherever a person can write."""
    if isinstance(block, blocks.BaseStructBlock):
        return {name: a_block_of_texts(child, school) for name, child in block.child_blocks.items()}
    if isinstance(block, blocks.ListBlock):
        return [a_block_of_texts(block.child_block, school)] * 2
    if isinstance(block, blocks.BaseStreamBlock):
        return [
            {"type": name, "value": a_block_of_texts(child, school)}
            for name, child in block.child_blocks.items()
        ]
    if isinstance(block, blocks.RichTextBlock):
        return f"<p>{escape(TEXT)}</p>"
    if isinstance(block, blocks.ChooserBlock):
        return _chosen(block, school)
    if isinstance(block, blocks.URLBlock | EmbedBlock):
        return f"https://youtu.be/{TEXT}"
    if isinstance(getattr(block, "field", None), forms.CharField):
        return TEXT
    return block.get_prep_value(block.get_default())


def _chosen(block: blocks.ChooserBlock, school: Telltale) -> Any:
    if isinstance(block, ImageChooserBlock):
        return school["image"]
    if isinstance(block, DocumentChooserBlock):
        return school["document"]
    return school["media" if block.model_class is LibraryMedia else "exercise"]
