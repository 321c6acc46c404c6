"""What is checked of every page, whatever its type: its titles, texts, blocks and images."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from lyceum.content.models import LibraryImage
from lyceum.content.publication.blocks import Place, faults, wants
from lyceum.content.publication.remarks import (
    ALT_MISSING,
    LANGUAGE_NAMES,
    REQUIRED,
    TRANSLATION_MISSING,
    Remark,
    is_said,
    name_of_field,
    page_checks,
    streams,
    untranslated,
)
from lyceum.schools.current import CurrentSchool


def register() -> None:
    """Say what is checked. Called in `AppConfig.ready()`."""
    page_checks.register("title", _title)
    page_checks.register("blocks", _blocks)
    page_checks.register("translations", _translations)
    page_checks.register("images", _images)


def _title(page: Any, school: CurrentSchool) -> Iterator[Remark]:
    name = f"title_{school.language}"
    if not is_said(getattr(page, name)):
        told = _("There is no title in the school's own language.")
        yield Remark(REQUIRED, told, (name,), (name_of_field(page, name),), refuses=True)


def _blocks(page: Any, school: CurrentSchool) -> Iterator[Remark]:
    for name, _language, value in streams(page, school.languages):
        place = Place(value.stream_block, value, (name,), (name_of_field(page, name),))
        yield from faults(place, name)
        yield from wants(place, school.languages)


def _translations(page: Any, school: CurrentSchool) -> Iterator[Remark]:
    for name, language in untranslated(page, school.languages):
        # Without it the page is refused, which is told already.
        if name != f"title_{school.language}":
            told = _("Not written in %(language)s.") % {"language": LANGUAGE_NAMES[language]}
            where = (name_of_field(page, name),)
            yield Remark(TRANSLATION_MISSING, told, (name,), where, language)


def _images(page: Any, school: CurrentSchool) -> Iterator[Remark]:
    for field in page._meta.get_fields():
        if field.many_to_one and field.related_model is LibraryImage:
            image = getattr(page, field.name)
            if image is not None and not is_said(image.description):
                told = _("The image has no alternative text: describe it in the library.")
                where = (name_of_field(page, field.name),)
                yield Remark(ALT_MISSING, told, (field.name,), where)
