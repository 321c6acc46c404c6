"""A page in the words of the folder format: what its file would say."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from content_types.models import Course, Exercise, Lesson
from lyceum.plugin.blocks import Kept
from lyceum.plugin.exercises import plain
from lyceum.plugin.pages import BasePage


@dataclass(frozen=True)
class Describer:
    """
    Tells pages of one school, without their order and without what lies below them.

    :param languages: of the school, its own first
    :param files: the file name of each item of the library, by its UUID
    :param lessons: the path (`category/subcategory/lesson`) of each lesson, by primary key
    """

    languages: Sequence[str]
    files: Mapping[str, str]
    lessons: Mapping[int, str]

    def describe(self, page: BasePage, *, level: str = "") -> dict[str, Any]:
        """Return a page's fields in the order of the format; `level` is that of its parent."""
        kind = type(page).__name__.lower()
        told: Callable[..., dict[str, Any]] = getattr(self, f"_{kind}")
        return told(page, level) if kind == "exercise" else told(page)

    def _head(self, page: BasePage) -> dict[str, Any]:
        return {"title": self._text(page, "title"), "description": self._text(page, "description")}

    def _category(self, page: Any) -> dict[str, Any]:
        return self._head(page) | kept({"colour": page.colour, "icon": page.icon})

    def _subcategory(self, page: Any) -> dict[str, Any]:
        return self._head(page) | {"difficulty": page.difficulty, "duration": page.duration}

    def _lesson(self, page: Lesson) -> dict[str, Any]:
        required = [row.required_id for row in page.prerequisites.all()]
        rest = {
            "level": page.level,
            "duration": page.duration,
            "objectives": self._lines(page, "objectives"),
            "tags": list(page.tags),
            "prerequisites": [self.lessons[pk] for pk in required if pk in self.lessons],
        }
        body = {code: self._body(getattr(page, f"body_{code}")) for code in self.languages}
        return self._head(page) | kept(rest) | {"body": kept(body)}

    def _exercise(self, page: Exercise, level: str) -> dict[str, Any]:
        kind, task = next(iter(as_stored(page.task)), ("", {}))
        head = {
            "slug": page.slug,
            "title": self._text(page, "title"),
            "instructions": self._text(page, "instructions"),
            "kind": kind,
            "task": self._plain(task),
            "points": page.points,
        }
        rest = {
            "level": "" if page.level == level else page.level,
            "time_limit": page.time_limit,
            "max_attempts": page.max_attempts,
            "hints": self._lines(page, "hints"),
            "explanation": self._text(page, "explanation"),
            "marking": dict(page.marking),
            "tags": list(page.tags),
        }
        return head | kept(rest)

    def _course(self, page: Course) -> dict[str, Any]:
        lessons = [row.lesson_id for row in page.course_lessons.all()]
        return (
            self._head(page)
            | kept({"level": page.level, "tags": list(page.tags)})
            | {"lessons": [self.lessons[pk] for pk in lessons if pk in self.lessons]}
        )

    def _bank(self, page: Any) -> dict[str, Any]:
        return self._head(page)

    def _text(self, page: BasePage, name: str) -> dict[str, str]:
        return kept({code: getattr(page, f"{name}_{code}") for code in self.languages})

    def _lines(self, page: BasePage, name: str) -> list[dict[str, str]]:
        """Return a list of short texts, of which each language has its own stream."""
        streams = [getattr(page, f"{name}_{code}") or [] for code in self.languages]
        rows = zip_longest(*([str(child.value) for child in stream] for stream in streams))
        return [kept(dict(zip(self.languages, row, strict=True))) for row in rows]

    def _body(self, stream: Any) -> list[dict[str, Any]]:
        return [{name: self._plain(value)} for name, value in as_stored(stream)]

    def _plain(self, value: Any) -> Any:
        if isinstance(value, BasePage):
            return value.slug
        return self._named(plain(value))

    def _named(self, value: Any) -> Any:
        """Return plain data without what is empty, and with files by their names."""
        if isinstance(value, dict):
            return kept({name: self._named(part) for name, part in value.items()})
        if isinstance(value, list):
            return [self._named(part) for part in value]
        return self.files.get(value, value) if isinstance(value, str) else value


def as_stored(stream: Any) -> Iterator[tuple[str, Any]]:
    """Yield a stream's blocks by name; one whose plugin is not there has the value it was left."""
    for child in stream or ():
        if isinstance(child.value, Kept):
            yield child.value["type"], child.value["value"]
        else:
            yield child.block_type, child.value


def kept(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return fields without those that say nothing; false and 0 do say something."""
    return {
        name: value
        for name, value in fields.items()
        if value or value is False or (value == 0 and not isinstance(value, bool))
    }
