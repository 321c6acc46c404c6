"""
How the text of a mail is read: its first line is the subject, and what is set apart is shown so.

Paragraphs are parted by empty lines. One whose lines all begin with four spaces is set apart: the
code, or an address with what it leads to in the line above it, or words that somebody wrote.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

APART = "    "
PARTED = re.compile(r"\n(?:[ \t]*\n)+")


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of a mail; of a `link` the last line is the address, those above say whither."""

    kind: Literal["text", "code", "link", "quote"]
    lines: tuple[str, ...]

    @property
    def address(self) -> str:
        return self.lines[-1]

    @property
    def label(self) -> str:
        return " ".join(self.lines[:-1]) or self.address


@dataclass(frozen=True)
class Letter:
    """A mail's subject and text, with the code and the address that it was written for."""

    subject: str
    body: str
    language: str
    code: str
    address: str

    @classmethod
    def of(cls, text: str, *, language: str, code: str = "", address: str = "") -> Letter:
        """Return the mail of a text whose first line is the subject."""
        subject, _, body = text.lstrip().partition("\n")
        return cls(subject.strip(), body.strip("\n").rstrip() + "\n", language, code, address)

    @property
    def paragraphs(self) -> list[Paragraph]:
        return [self._paragraph(part) for part in PARTED.split(self.body.rstrip())]

    def _paragraph(self, part: str) -> Paragraph:
        rows = [row.rstrip() for row in part.split("\n")]
        lines = tuple(row.strip() for row in rows)
        if not all(row.startswith(APART) for row in rows):
            return Paragraph("text", lines)
        # By the values that the mail was written for, and not by what they look like: a stranger's
        # words must not become a button.
        if lines == (self.code,):
            return Paragraph("code", lines)
        return Paragraph("link" if lines[-1] == self.address else "quote", lines)
