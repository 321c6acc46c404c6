"""Keeping what pages lack: written with each version, in its transaction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.db.models import Q

from lyceum.content.models import BasePage, Readiness
from lyceum.content.publication.blocks import Place, wants
from lyceum.content.publication.remarks import AUDIO_MISSING, streams, untranslated

LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)


def keep_readiness(page: Any) -> None:
    """Write down what a page lacks as it is now. Called with each of its versions."""
    languages, sounds = lacking(page)
    Readiness.objects.update_or_create(
        page_id=page.pk, defaults={"languages": languages, "sounds": sounds}
    )


def lacking(page: Any) -> tuple[str, int]:
    """Return the languages that a page lacks something in, as they are kept, and its sounds."""
    missing = {language for _name, language in untranslated(page, LANGUAGES)}
    sounds = 0
    for _name, _language, value in streams(page, LANGUAGES):
        for remark in wants(Place(value.stream_block, value, (), ()), LANGUAGES):
            sounds += remark.code == AUDIO_MISSING
            if remark.language:
                missing.add(remark.language)
    codes = [code for code in LANGUAGES if code in missing]
    return (f",{','.join(codes)}," if codes else ""), sounds


def missing_in(languages: Iterable[str]) -> Q:
    """Return the condition on pages that something is missing in one of some languages."""
    found = Q(pk__in=())
    for language in languages:
        found |= Q(readiness__languages__contains=f",{language},")
    return found


def rebuild_readiness() -> int:
    """Look at the latest version of every page anew; return how many there are."""
    pages = list(_latest_versions())
    for page in pages:
        keep_readiness(page)
    return len(pages)


def differences_of_readiness() -> Iterator[str]:
    """Yield, in words, the pages of which something else is kept than they lack."""
    kept = {row.page_id: (row.languages, row.sounds) for row in Readiness.objects.all()}
    for page in _latest_versions():
        if kept.get(page.pk) != lacking(page):
            name = f"{page._meta.verbose_name} {page.uuid} ({page.slug})"
            yield f"{name}: what it lacks is out of date"


def _latest_versions() -> Iterator[Any]:
    pages = BasePage.objects.filter(latest_revision__isnull=False).order_by("path")
    for page in pages.select_related("latest_revision").iterator(chunk_size=200):
        if page.specific_class is not None:
            yield page.get_latest_revision_as_object()
