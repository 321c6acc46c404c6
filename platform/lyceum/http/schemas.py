"""What bodies and answers are built from."""

from __future__ import annotations

import re
from typing import Annotated, Any, Generic, TypeVar

import pydantic
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from ninja import Schema
from pydantic import AfterValidator, ConfigDict, Field, GetJsonSchemaHandler, TypeAdapter
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

T = TypeVar("T")

# As JSON writes it, which is not the same as a backslash before it. PostgreSQL keeps none.
NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")


class Body(Schema):
    """What a client sends. A field that we do not know is refused, never ignored."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class Answer(Schema):
    """What we answer."""


class ToldAs:
    """
    Describe a value in the document as another type, and leave its checking to who reads it.

    For what a registry decides, such as the answer to an exercise: the service refuses a wrong one
    with a code of its own.
    """

    def __init__(self, type_: Any) -> None:
        self.type = type_

    def __get_pydantic_json_schema__(
        self, _: CoreSchema, describe: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return describe(TypeAdapter(self.type).core_schema)


class Page(Schema, Generic[T]):
    """One page of a list; `next` is the cursor of the following one, null at the end."""

    items: list[T]
    next: str | None = None
    count: int | None = Field(default=None, description="Only with `count=true`.")


class Problem(Schema):
    """What is answered instead, when something cannot be done (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    errors: dict[str, list[str]] = Field(default_factory=dict)
    request_id: str | None = Field(default=None, description="Only when something broke.")


def _no_control_characters(value: str) -> str:
    for character in value:
        if character < " " and character not in "\n\r\t":
            raise ValueError("It holds a control character.")
    return value


def _one_line(value: str) -> str:
    if "\n" in value or "\r" in value:
        raise ValueError("It must be on one line.")
    return _no_control_characters(value)


def _email_or_nothing(value: str) -> str:
    if value:
        try:
            validate_email(value)
        except ValidationError as error:
            raise ValueError("It is no e-mail address.") from error
    return value


# Texts that people write: kept as they are (never HTML to us), but for characters that no
# database or reader takes.
Text = Annotated[str, AfterValidator(_no_control_characters)]
Line = Annotated[str, AfterValidator(_one_line)]
EmailAddress = Annotated[str, Field(max_length=254), AfterValidator(_email_or_nothing)]


def json_size(limit: int) -> AfterValidator:
    """Refuse a JSON value that takes more than `limit` bytes."""

    def check(value: Any) -> Any:
        text = pydantic.TypeAdapter(Any).dump_json(value)
        if len(text) > limit:
            raise ValueError(f"It is larger than {limit} bytes.")
        if NUL.search(text):
            raise ValueError("It holds a control character.")
        return value

    return AfterValidator(check)
