"""What a page lacks before readers may have it: one list, for editors, reviewers and the API."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from modeltranslation.fields import TranslationField
from wagtail.fields import StreamField

from lyceum.content.page_rules import school_of_page
from lyceum.kernel.registries import Registry
from lyceum.schools.current import CurrentSchool

# The codes of what is wrong or missing. They are a part of the authoring API.
REQUIRED = "required"
INVALID = "invalid"
UNFINISHED_TASK = "unfinished_task"
ALT_MISSING = "alt_missing"
TRANSLATION_MISSING = "translation_missing"
AUDIO_MISSING = "audio_missing"
TRANSCRIPT_MISSING = "transcript_missing"
UNCHECKED = "unchecked"

LANGUAGE_NAMES = dict(settings.LANGUAGES)
# Where Wagtail's editor looks for the field that an address leads to.
AT_FIELD = "#:w:contentpath="


@dataclass(frozen=True)
class Remark:
    """
    Something to mend before publication, or to know.

    An error (`refuses`) keeps a page from being published, a warning is only told. `path` leads to
    the field, from the page's own through blocks (by their ids) and names, as in
    `("body_es", "<id>", "alt")`; `()` is the page as a whole. `where` says the same in words.
    """

    code: str
    message: str
    path: tuple[str, ...] = ()
    where: tuple[str, ...] = ()
    language: str = ""
    refuses: bool = False

    @property
    def at(self) -> str:
        """The field, as the editor's addresses name it."""
        return ".".join(self.path)

    @property
    def place(self) -> str:
        """The field in words."""
        return " › ".join(self.where)

    def __str__(self) -> str:
        return f"{self.place}: {self.message}" if self.where else self.message

    def address(self, page_id: int) -> str:
        """Return the address of the field in a page's editor."""
        editor = reverse("wagtailadmin_pages:edit", args=[page_id])
        return f"{editor}{AT_FIELD}{self.at}" if self.path else editor


Check = Callable[[Any, CurrentSchool], Iterable[Remark]]

# What rooms and page types have to say of a page: each gets the page, and its school.
page_checks: Registry[Check] = Registry("checks before publication")


def remarks_on(page: Any) -> list[Remark]:
    """
    Return what is to be mended or known of a page before it is published, errors first.

    :param page: of its own class, as it would be published; it need not be saved
    """
    school = school_of_page(page)
    if school is None:
        return []
    found = [remark for check in page_checks for remark in check(page, school)]
    return sorted(found, key=lambda remark: not remark.refuses)


def errors_of(page: Any) -> list[Remark]:
    """Return what keeps a page from being published."""
    return [remark for remark in remarks_on(page) if remark.refuses]


def translated(page: Any) -> dict[str, dict[str, Any]]:
    """Return a page's translated fields: of each by its name, the field in every language."""
    found: dict[str, dict[str, Any]] = {}
    for field in page._meta.get_fields():
        if isinstance(field, TranslationField):
            found.setdefault(field.translated_field.name, {})[field.language] = field
    return found


def streams(page: Any, languages: Sequence[str]) -> Iterator[tuple[str, str, Any]]:
    """Yield a page's streams of blocks: name and language ("" where there is none), and value."""
    texts = translated(page)
    for field in page._meta.get_fields():
        if not isinstance(field, StreamField) or field.name in texts:
            continue
        language = getattr(field, "language", "")
        if not language or language in languages:
            yield field.name, language, getattr(page, field.name)


def name_of_field(page: Any, name: str) -> str:
    """Return what the editor calls a field, with its language."""
    field = page._meta.get_field(name)
    language = getattr(field, "language", "")
    own = field.translated_field if language else field
    words = str(_(str(own.verbose_name).capitalize()))
    return f"{words} ({LANGUAGE_NAMES.get(language, language)})" if language else words


def untranslated(page: Any, languages: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield name and language of each field that says something, but not in the language."""
    for fields in translated(page).values():
        if any(is_said(getattr(page, field.name)) for field in fields.values()):
            for language in languages:
                if not is_said(getattr(page, fields[language].name)):
                    yield fields[language].name, language


def is_said(value: Any) -> bool:
    """Return whether a field holds anything."""
    return bool(value) and (not isinstance(value, str) or bool(value.strip()))
