"""The shape of every file of a content folder. What is not asked for is refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationInfo,
)
from pydantic_core import PydanticCustomError

SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"

Slug = Annotated[str, StringConstraints(pattern=SLUG, max_length=100)]
PagePath = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+/[a-z0-9-]+/[a-z0-9-]+$")]
Tag = Annotated[str, StringConstraints(min_length=1, max_length=50, pattern=r"^[^,\x00]+$")]
Minutes = Annotated[int, Field(ge=1, le=10_000)]
Order = Annotated[int, Field(ge=0, le=100_000)]
Rule = Literal["strict", "warn", "ignore"]


def speaks_the_languages(texts: dict[str, Any], info: ValidationInfo) -> dict[str, Any]:
    """Return texts that are there in each of the school's languages, in the school's order."""
    languages = (info.context or {})["languages"]
    if unknown := [code for code in texts if code not in languages]:
        raise PydanticCustomError(
            "languages",
            "The school has no language {unknown}. Its languages are: {languages}.",
            {"unknown": ", ".join(unknown), "languages": ", ".join(languages)},
        )
    if missing := [code for code in languages if not texts.get(code)]:
        raise PydanticCustomError(
            "languages", "Write this in {missing} too.", {"missing": ", ".join(missing)}
        )
    return {code: texts[code] for code in languages}


def translated(longest: int) -> Any:
    """Return the type of a text in each of the school's languages, `longest` characters each."""
    text = Annotated[
        str, StringConstraints(min_length=1, max_length=longest, pattern=r"^[^\x00]*$")
    ]
    return Annotated[dict[str, text], AfterValidator(speaks_the_languages)]


Title = translated(200)
Description = translated(2000)


class FileModel(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class SectionFields(FileModel):
    title: Title
    description: Description
    order: Order = 0


class CategoryFile(SectionFields):
    colour: Annotated[str, StringConstraints(pattern=r"^#[0-9A-Fa-f]{6}$")] = "#3B82F6"
    icon: Annotated[str, StringConstraints(max_length=10)] = ""


class SubcategoryFile(SectionFields):
    difficulty: Literal["beginner", "intermediate", "advanced"] = "beginner"
    duration: Minutes = 30


class ExerciseEntry(FileModel):
    slug: Slug
    title: Title
    instructions: translated(2000)  # type: ignore[valid-type]
    kind: str
    task: dict[str, Any]
    points: Annotated[int, Field(ge=0, le=1000)] = 10
    level: str = ""
    time_limit: Annotated[int, Field(ge=1, le=86_400)] | None = None
    max_attempts: Annotated[int, Field(ge=1, le=1000)] | None = None
    hints: list[translated(500)] = []  # type: ignore[valid-type]
    explanation: translated(5000) | None = None  # type: ignore[valid-type]
    marking: dict[str, Rule] = {}
    tags: list[Tag] = []


class LessonFile(SectionFields):
    level: str
    duration: Minutes = 15
    objectives: list[translated(300)] = []  # type: ignore[valid-type]
    tags: list[Tag] = []
    prerequisites: list[PagePath] = []
    body: Annotated[dict[str, list[dict[str, Any]]], AfterValidator(speaks_the_languages)]
    exercises: list[ExerciseEntry] = []


class CourseFile(SectionFields):
    level: str = ""
    tags: list[Tag] = []
    lessons: list[PagePath]


class BankFile(FileModel):
    title: Title
    description: Description
    order: Order = 0
    exercises: list[ExerciseEntry]


MESSAGES: Mapping[str, str] = {
    "missing": "This is missing.",
    "extra_forbidden": "There is no such field here.",
    "string_type": "Write this as text; put it in quotes.",
    "int_type": "Write a whole number.",
    "bool_type": "Write true or false.",
    "list_type": "Write this as a list.",
    "dict_type": "Write this as fields with values.",
    "string_too_long": "This is too long: {max_length} characters at most.",
    "string_too_short": "This is empty.",
    "greater_than_equal": "This must be {ge} or more.",
    "less_than_equal": "This must be {le} or less.",
    "literal_error": "Write one of: {expected}.",
}

PATTERNS: Mapping[str, str] = {
    SLUG: "A slug is small letters and digits, with single hyphens between: first-steps.",
    r"^[a-z0-9-]+/[a-z0-9-]+/[a-z0-9-]+$": "Write a lesson's path: category/subcategory/lesson.",
    r"^#[0-9A-Fa-f]{6}$": "Write a colour as #RRGGBB.",
    r"^[^,\x00]+$": "A tag has no commas.",
    r"^[^\x00]*$": "There is a NUL character in this text.",
}


def message_of(error: Mapping[str, Any]) -> str:
    """Return what to mend, in our words, for one of pydantic's errors."""
    context = error.get("ctx") or {}
    if error["type"] == "string_pattern_mismatch":
        return PATTERNS.get(context["pattern"], error["msg"])
    told = MESSAGES.get(error["type"])
    return told.format(**context) if told else str(error["msg"])
