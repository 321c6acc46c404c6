"""What a creator's form for an exercise is built of: the form itself, languages and files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.images.blocks import ImageChooserBlock
from wagtailmedia.blocks import AudioChooserBlock

from lyceum.content.exercises.plain_blocks import plain

# The class, in the editor, of what holds a text in each language.
TRANSLATED = "lyceum-translated"


@dataclass(frozen=True)
class Problem:
    """Something to mend in a task; `path` leads to it, as in `("options", 1, "text")`."""

    message: str
    path: tuple[str | int, ...] = ()


class TaskForm(blocks.StructBlock):
    """A kind's form: its fields, and in `problems` what a task as a whole must be."""

    def problems(self, task: Mapping[str, Any]) -> Iterator[Problem]:
        """Yield what is wrong with a task whose fields are each in order, in its plain value."""
        yield from ()

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        # A draft may be half done.
        if not self.is_deferred_validation and (problems := list(self.problems(plain(cleaned)))):
            raise as_validation_error(problems)
        return cleaned


def as_validation_error(problems: Iterable[Problem]) -> ValidationError:
    """Return problems as the error that Wagtail's editor shows beside the fields they are about."""
    here: list[str] = []
    deeper: dict[str | int, list[Problem]] = defaultdict(list)
    for problem in problems:
        if problem.path:
            deeper[problem.path[0]].append(Problem(problem.message, problem.path[1:]))
        else:
            here.append(problem.message)
    if not deeper:
        return ValidationError(here)
    errors = {step: as_validation_error(inner) for step, inner in deeper.items()}
    in_list = all(isinstance(step, int) for step in errors)
    kind = ListBlockValidationError if in_list else StructBlockValidationError
    return kind(block_errors=errors, non_block_errors=here)


class TaughtLanguageBlock(blocks.ChoiceBlock):
    """The language that an exercise teaches: any language, not only those of the interface."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", gettext_lazy("Language taught"))
        kwargs.setdefault("default", "en")
        super().__init__(choices=taught_languages(), **kwargs)


def taught_languages() -> list[tuple[str, str]]:
    """Return languages by code and own name, without regional variants."""
    named = [
        (c, i["name_local"]) for c, i in LANG_INFO.items() if "name_local" in i and "-" not in c
    ]
    return sorted([*named, ("zh", "中文")], key=lambda pair: pair[1].casefold())


def _text_in(language: str, *, label: str, max_length: int) -> blocks.CharBlock:
    text = blocks.CharBlock(required=False, max_length=max_length, label=label)
    text.field.widget.attrs.update(lang=language, dir="auto")
    return text


class TranslatedTextBlock(blocks.StructBlock):
    """
    A text in the languages of the deployment; those left empty are not in its plain value.

    Its plain value is a map from language codes to texts. All are in the form, so that none is
    lost; the editor shows those of the school (see `lyceum.content.admin.languages`).
    """

    def __init__(self, *, required: bool = True, max_length: int = 1000, **kwargs: Any) -> None:
        texts = [
            (code, _text_in(code, label=name, max_length=max_length))
            for code, name in settings.LANGUAGES
        ]
        self._wanted = required
        kwargs.setdefault("collapsed", not required)
        kwargs.setdefault("form_classname", f"struct-block {TRANSLATED}")
        super().__init__(texts, **kwargs)

    def plain_value(self, value: Mapping[str, str]) -> dict[str, str]:
        return {code: str(text) for code, text in value.items() if text}

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if self._wanted and not self.is_deferred_validation and not any(cleaned.values()):
            raise ValidationError(_("Write this in one language at least."), code="required")
        return cleaned


class ImageBlock(blocks.StructBlock):
    """An image of the library, or none, with what is told to those who do not see it."""

    file = ImageChooserBlock(required=False, label=gettext_lazy("File"))
    alt = blocks.CharBlock(
        required=False,
        max_length=300,
        label=gettext_lazy("Alternative text"),
        help_text=gettext_lazy("What is seen, without the answer."),
    )

    def plain_value(self, value: Mapping[str, Any]) -> dict[str, str]:
        if not value.get("file"):
            return {}
        return {"file": plain(value["file"]), "alt": str(value.get("alt") or "")}


class AudioBlock(AudioChooserBlock):
    """A sound of the media library."""

    def plain_value(self, value: Any) -> str:
        return plain(value) if value else ""


def in_language(texts: Mapping[str, str], language: str) -> tuple[str, str]:
    """
    Return the language and text to show a reader of `language`; ("", "") of no texts.

    After the reader's own come their language without its region, the deployment's, and any.
    """
    wanted = [language, language.split("-")[0], settings.LANGUAGE_CODE, *texts]
    return next(((code, texts[code]) for code in wanted if texts.get(code)), ("", ""))
