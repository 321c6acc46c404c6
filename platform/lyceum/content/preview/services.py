"""Previews: an unsaved page told as its readers would see it, to its creator, for an hour."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core import signing
from wagtail_headless_preview.models import PagePreview

from lyceum.accounts.models import User
from lyceum.content.documents.making import render
from lyceum.content.documents.telling import told_at
from lyceum.content.page_rules import school_of_page
from lyceum.content.rights.pages import may
from lyceum.content.types import is_there, type_of_model
from lyceum.kernel.errors import NotFound
from lyceum.kernel.identity import new_secret
from lyceum.schools.current import CurrentSchool

SALT = "lyceum.content.preview"
LASTS = timedelta(hours=1)


class PreviewNotFound(NotFound):
    """The preview is more than an hour old, or its link is not whole. Open a new one."""

    code = "preview_not_found"
    detail = "There is no such preview, or it is over."


def make_preview(*, page: Any, actor: User, at: datetime) -> str:
    """Keep an unsaved page for an hour, and return the token of its creator for it."""
    PagePreview.objects.filter(created_at__lt=(at - timedelta(days=1)).date()).delete()
    claims = {"by": actor.pk, "until": (at + LASTS).timestamp(), "once": new_secret()}
    token = signing.dumps(claims, salt=SALT)
    PagePreview.objects.create(
        token=token,
        content_type=ContentType.objects.get_for_model(type(page)),
        content_json=json.dumps({**json.loads(page.to_json()), "path": page.path}),
    )
    return token


def read_preview(
    *, token: str, school: CurrentSchool, language: str, at: datetime
) -> dict[str, Any]:
    """
    Return what a preview's page would answer to readers, of JSON types.

    :raises PreviewNotFound: if the token is no good here, or its creator may not edit any more
    """
    page = previewed_page(token=token, school=school, at=at)
    kind = type_of_model(page._meta.label_lower)
    if kind is None or not is_there(kind, school):
        raise PreviewNotFound
    spoken = language if language in school.languages else school.language
    languages = (spoken, *(each for each in school.languages if each != spoken))
    made = render(page, kind, languages, school)
    if not made.is_told:
        raise PreviewNotFound
    told: dict[str, Any] = json.loads(told_at(made.documents[spoken].body, school))
    return told


def previewed_page(*, token: str, school: CurrentSchool, at: datetime) -> Any:
    """
    Return the unsaved page that a token is for.

    :raises PreviewNotFound: if the token is no good here, or its creator may not edit any more
    """
    try:
        claims = signing.loads(token, salt=SALT)
    except signing.BadSignature as error:
        raise PreviewNotFound from error
    kept = PagePreview.objects.filter(token=token).first()
    creator = User.objects.filter(pk=claims["by"], is_active=True).first()
    if kept is None or kept.content_type.model_class() is None:
        raise PreviewNotFound
    if creator is None or at.timestamp() >= claims["until"]:
        raise PreviewNotFound
    page = kept.as_page()
    of = school_of_page(page)
    if of is None or of.id != school.id:
        raise PreviewNotFound
    if not any(may(creator, action, page) for action in ("change", "add", "publish")):
        raise PreviewNotFound
    return page
