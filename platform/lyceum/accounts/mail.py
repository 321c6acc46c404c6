"""Mails: one text in the reader's language, sent as it is and dressed as its school is."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from email.utils import formataddr, parseaddr
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.http import HttpRequest
from django.template import TemplateDoesNotExist
from django.template.loader import get_template

from lyceum.accounts.dressing import dressed
from lyceum.accounts.languages import language_of_reader
from lyceum.accounts.letters import Letter
from lyceum.schools.current import CurrentSchool

logger = logging.getLogger(__name__)


def send(*, name: str, to: str, request: HttpRequest, values: Mapping[str, Any]) -> None:
    """
    Send one of the mails of `templates/accounts/mail/` about what a request asked for.

    A mail that cannot be sent is logged, not raised: the code can be asked for again, and a server
    that is down must not tell known addresses from unknown ones.
    """
    school = getattr(request, "school", None)
    language = language_of_reader(address=to, request=request)
    said = {**values, "email": to}
    post(room="accounts", name=name, to=to, school=school, language=language, values=said)


def post(
    *,
    room: str,
    name: str,
    to: str,
    school: CurrentSchool | None,
    language: str,
    values: Mapping[str, Any],
) -> None:
    """
    Send a mail in a school's name: `templates/<room>/mail/<language>/<name>.txt`, or its English.

    Of `values`, `code` is shown large, and `address` as a button; see `letters` for how a text is
    written. One that cannot be sent is logged by its name, not raised.
    """
    sender = _in_one_line(school.name if school is not None else settings.WAGTAIL_SITE_NAME)
    letter = _written(room, name, language, {**values, "school": sender})
    message = EmailMultiAlternatives(
        subject=letter.subject,
        body=letter.body,
        from_email=_from(sender),
        to=[to],
        headers={"Content-Language": letter.language, "Auto-Submitted": "auto-generated"},
    )
    if html := dressed(letter, sender=sender, school=school):
        message.attach_alternative(html, "text/html")
    try:
        message.send()
    except (SMTPException, OSError):
        logger.exception("The mail %s could not be sent.", name)


def _written(room: str, name: str, language: str, values: Mapping[str, Any]) -> Letter:
    # What people call themselves begins no line, and no paragraph, of a mail in a school's name.
    said = {key: _in_one_line(value) for key, value in values.items()}
    try:
        template = get_template(f"{room}/mail/{language}/{name}.txt")
    except TemplateDoesNotExist:
        language = "en"
        template = get_template(f"{room}/mail/{language}/{name}.txt")
    return Letter.of(
        template.render(said),
        language=language,
        code=str(said.get("code", "")),
        address=str(said.get("address", "")),
    )


def _in_one_line(value: Any) -> Any:
    """Return a text in one line, and those of a list each in one; all else as it is."""
    if isinstance(value, str):
        return " ".join(value.split())
    return [_in_one_line(each) for each in value] if isinstance(value, list) else value


def _from(sender: str) -> str:
    _, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return formataddr((sender, address))
