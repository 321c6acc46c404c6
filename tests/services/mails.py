"""Mails as who gets them reads them."""

from __future__ import annotations

from email import policy
from email.message import Message
from email.parser import BytesParser


def part_of(mail: Message, kind: str) -> str:
    """Return one of the two ways in which a mail says the same: `plain` or `html`."""
    message = BytesParser(policy=policy.default).parsebytes(bytes(mail))
    assert message.get_content_type() == "multipart/alternative"
    part = message.get_body((kind,))
    assert part is not None
    return str(part.get_content())


def text_of(mail: Message) -> str:
    return part_of(mail, "plain")
