"""Previews: an unsaved page told as its readers would see it, to its creator, for an hour."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.core import signing
from wagtail_headless_preview.models import PagePreview

from lyceum.accounts.models import User
from lyceum.content.documents.making import render
from lyceum.content.documents.telling import told_at
from lyceum.content.models import BasePage
from lyceum.content.page_rules import school_of_page
from lyceum.content.rights.pages import may
from lyceum.content.types import content_types, is_there, type_of
from lyceum.kernel.errors import NotFound
from lyceum.kernel.identity import new_secret
from lyceum.schools.current import CurrentSchool

SALT = "lyceum.content.preview"
LASTS = timedelta(hours=1)
LESSON = "lesson"


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

    A lesson has its `exercises` with it, each in full and as it was last saved, drafts too.

    :raises PreviewNotFound: if the token is no good here, or its creator may not edit any more
    """
    page = previewed_page(token=token, school=school, at=at)
    told = _told(page, school, language)
    if told is None:
        raise PreviewNotFound
    if told["type"] == LESSON:
        below = (_told(exercise, school, language) for exercise in _exercises_of(page))
        told["exercises"] = [exercise for exercise in below if exercise is not None]
    return told


def previewed_page(
    *, token: str, school: CurrentSchool, at: datetime, exercise: UUID | None = None
) -> Any:
    """
    Return the unsaved page that a token is for, or an exercise of the lesson that it is for.

    :raises PreviewNotFound: if the token is no good here, or its creator may not edit any more
    """
    page = _page_of(token, school, at)
    if exercise is None or page.uuid == exercise:
        return page
    found = [each for each in _exercises_of(page) if each.uuid == exercise]
    if not found:
        raise PreviewNotFound
    return found[0]


def spoken_at(school: CurrentSchool, language: str) -> str:
    """Return the language that a preview is in: the one asked for, if the school speaks it."""
    return language if language in school.languages else school.language


def _told(page: Any, school: CurrentSchool, language: str) -> dict[str, Any] | None:
    """Return what a page would answer to readers; None of one that is not told here."""
    kind = type_of(page)
    if kind is None or not is_there(kind, school):
        return None
    spoken = spoken_at(school, language)
    languages = (spoken, *(each for each in school.languages if each != spoken))
    made = render(page, kind, languages, school)
    if not made.is_told:
        return None
    told: dict[str, Any] = json.loads(told_at(made.documents[spoken].body, school))
    return told


def _exercises_of(page: Any) -> list[Any]:
    """Return the exercises below a page, in their order, each as it was last saved."""
    if page.pk is None:
        return []
    below = BasePage.objects.child_of(page).select_related("latest_revision").specific()
    latest = (each.get_latest_revision_as_object() for each in below.order_by("path"))
    return [each for each in latest if type_of(each) == content_types["exercises"]]


def _page_of(token: str, school: CurrentSchool, at: datetime) -> Any:
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
