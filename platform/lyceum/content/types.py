"""The registry of content types: what there is to read, and how each kind of page is told."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists
from pydantic import BaseModel

from lyceum.content.documents.rendering import Rendering
from lyceum.kernel.errors import Invalid
from lyceum.kernel.plugins.hooks import SchoolOfHooks
from lyceum.kernel.registries import Registry


@dataclass(frozen=True)
class ContentType:
    """
    One type of page, as readers know it.

    :param name: what an answer's `type` says, as in `lesson`
    :param plural: what addresses say, as in `lessons`
    :param model: the page class's label in lower case, as in `content_types.lesson`
    :param card: returns the entry in lists, of JSON types
    :param body: returns what the detail has beside the card, of JSON types
    :param card_schema: the shape of `card`, for the API's document and for `fields`
    :param body_schema: the shape of card and body together
    :param words: returns the plain text that search looks through, beside title, description, tags
    :param listed: whether there is a list of it, and the search finds it
    :param detailed: whether there is a detail of it
    :param private: whether only the school's staff may read it, with all that lies below it
    :param filters: a query parameter to the lookup, from the page, that narrows a list by it
    :param within: a query parameter to the plural of the type above by which it narrows a list
    :param requires: returns a condition on pages (`OuterRef("pk")`): whether something must come
        before this one. It spares a question for those of which nothing must
    :param page_size: how many a list shows unless the reader says
    """

    name: str
    plural: str
    model: str
    card: Callable[[Any, Rendering], dict[str, Any]]
    body: Callable[[Any, Rendering], dict[str, Any]]
    card_schema: type[BaseModel]
    body_schema: type[BaseModel]
    words: Callable[[Any, Rendering], str] = lambda page, rendering: ""
    listed: bool = True
    detailed: bool = True
    private: bool = False
    filters: Mapping[str, str] = field(default_factory=dict)
    within: Mapping[str, str] = field(default_factory=dict)
    requires: Callable[[], Exists] | None = None
    page_size: int = 20


# By plural.
content_types: Registry[ContentType] = Registry("content types")
# The plugin's slug, by the plural of a type that it brings.
owners_of_types: Registry[str] = Registry("owners of content types")


def is_there(kind: ContentType, school: SchoolOfHooks) -> bool:
    """Return whether a school has a content type: one of a plugin, where that is in force."""
    owner = owners_of_types.get(kind.plural)
    return owner is None or owner in school.plugins


def types_at(school: SchoolOfHooks) -> list[ContentType]:
    """Return the content types that a school has."""
    return types_with(school.plugins)


def types_with(plugins: Collection[str]) -> list[ContentType]:
    """Return the content types there are with these plugins in force."""
    held = {"", *plugins}
    return [kind for kind in content_types if (owners_of_types.get(kind.plural) or "") in held]


def types_of_the_house() -> list[ContentType]:
    """Return the content types that every school has."""
    return [kind for kind in content_types if kind.plural not in owners_of_types]


def type_of_model(label: str) -> ContentType | None:
    """Return the content type of a page class, by its label in lower case."""
    return next((kind for kind in content_types if kind.model == label), None)


def type_of(page: Any) -> ContentType | None:
    """Return the content type of a page of its specific class; None of one that is not read."""
    return type_of_model(page._meta.label_lower)


def types_named(names: str, school: SchoolOfHooks) -> tuple[str, ...]:
    """
    Return the plurals in a list with commas, of types that a school has.

    :raises Invalid: if one of them is no type that is listed
    """
    asked = tuple(filter(None, (name.strip() for name in names.split(","))))
    known = [kind.plural for kind in types_at(school) if kind.listed]
    if not set(asked) <= set(known):
        raise Invalid(fields={"type": [f"The types are: {', '.join(known)}."]})
    return asked
