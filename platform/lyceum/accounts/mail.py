"""Mails about accounts: plain text, in the reader's language, in the school's name."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from email.utils import formataddr, parseaddr
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.template.loader import select_template

from lyceum.accounts.languages import language_of_reader

logger = logging.getLogger(__name__)


def send(*, name: str, to: str, request: HttpRequest, values: Mapping[str, Any]) -> None:
    """
    Send one of the mails of `templates/accounts/mail/`, whose first line is the subject.

    A mail that cannot be sent is logged, not raised: the code can be asked for again, and a server
    that is down must not tell known addresses from unknown ones.
    """
    school = getattr(request, "school", None)
    sender = school.name if school is not None else settings.WAGTAIL_SITE_NAME
    language = language_of_reader(address=to, request=request)
    template = select_template(
        [f"accounts/mail/{language}/{name}.txt", f"accounts/mail/en/{name}.txt"]
    )
    text = template.render({**values, "school": sender, "email": to})
    deliver(text, name=name, to=to, sender=sender, language=language)


def deliver(text: str, *, name: str, to: str, sender: str, language: str) -> None:
    """
    Send a mail whose first line is the subject, in the name of `sender`.

    One that cannot be sent is logged by its `name`, not raised.
    """
    subject, _, body = text.lstrip().partition("\n")
    message = EmailMessage(
        subject=subject.strip(),
        body=body.strip() + "\n",
        from_email=_from(sender),
        to=[to],
        headers={"Content-Language": language, "Auto-Submitted": "auto-generated"},
    )
    try:
        message.send()
    except (SMTPException, OSError):
        logger.exception("The mail %s could not be sent.", name)


def _from(sender: str) -> str:
    _, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return formataddr((" ".join(sender.split()), address))
