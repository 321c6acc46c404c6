"""Content: the catalogue of a school, its lists, and each page in full."""

# Annotations are values here: each content type's list has a query model of its own.
from typing import Annotated, Any, Literal, Union
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Schema
from pydantic import ConfigDict, Field, create_model

from api.v1.exercise_shapes import ShownTask
from api.v1.progress import ExerciseProgressOut, LessonProgressOut
from lyceum.content.catalogue import read_exercises_of, read_kinds, read_search, read_tree
from lyceum.content.listing import Listing, read_list
from lyceum.content.readers import reader_of
from lyceum.content.reading import read_one
from lyceum.content.types import (
    ContentType,
    content_types,
    owners_of_types,
    types_named,
    types_of_the_house,
)
from lyceum.http.etags import json_answer
from lyceum.http.pagination import MOST, Paging
from lyceum.http.plugins import content_names
from lyceum.http.requests import school_of
from lyceum.http.routing import CONTENT, Router
from lyceum.http.schemas import Answer, Line, Page

router = Router(tags=["content"])

ABSENT: Any = None

Lang = Annotated[Line, Field(max_length=10, description="One of the school's languages.")]
Order = Literal["order", "-order", "title", "-title", "created", "-created", "updated", "-updated"]


class ListQuery(Paging):
    """What every list takes."""

    level: Annotated[
        Line, Field(max_length=10, description="A level of the school's scale, or `all`.")
    ] = ""
    tag: Annotated[Line, Field(max_length=50)] = ""
    q: Annotated[Line, Field(max_length=200, description="Words to look for.")] = ""
    order: Order = "order"
    fields: Annotated[
        Line,
        Field(
            max_length=500,
            description="Names of fields, with commas. `id` always comes; what is not named is "
            "left out, though the schema requires it.",
        ),
    ] = ""
    limit: Annotated[int, Field(ge=1, le=MOST)] | None = None  # type: ignore[assignment]
    lang: Lang = ""


class Missing(Answer):
    """A lesson that is still to be done."""

    id: UUID
    title: str


class ReaderFacts(Answer):
    """
    What a page tells this reader alone; {} where there is nothing to tell. Plugins may add to it.

    Lessons and exercises tell whether they are `locked`, and which lessons are `missing`; to those
    who began one, their `progress`.
    """

    model_config = ConfigDict(extra="allow")

    locked: bool = Field(default=ABSENT)
    missing: list[Missing] = Field(default=ABSENT)
    progress: LessonProgressOut | ExerciseProgressOut = Field(default=ABSENT)


class Beside(Answer):
    """What is told beside a page's own: its place, its author, and what concerns the reader."""

    order: int = Field(description="Its place among its siblings.")
    author: str = Field(description="The name of who made it.")
    reader: ReaderFacts


class TreeNode(Answer):
    """A page in the catalogue, by name alone, with what lies below it."""

    id: UUID
    type: str
    slug: str
    title: str
    level: str
    order: int
    children: list["TreeNode"]


class Tree(Answer):
    items: list[TreeNode]


class ExerciseKindOut(Answer):
    """A kind of exercise, with JSON schemas: of its `task` as it is shown, and of an `answer`."""

    name: str
    label: str
    answered_by_voice: bool
    task: dict[str, Any]
    answer: dict[str, Any]


class Kinds(Answer):
    items: list[ExerciseKindOut]


class ExercisesQuery(Paging):
    limit: Annotated[int, Field(ge=1, le=MOST)] | None = None  # type: ignore[assignment]
    lang: Lang = ""


class SearchQuery(Schema):
    # An empty one is refused with the others that hold no word, and told what to write.
    q: Annotated[
        Line,
        Field(
            max_length=200,
            description="Words to look for: of letters or digits.",
            json_schema_extra={"minLength": 1},
        ),
    ]
    type: Annotated[
        Line, Field(max_length=100, description="Of which types, with commas, as `lessons`.")
    ] = ""
    limit: Annotated[int, Field(ge=1, le=MOST)] | None = None
    cursor: Annotated[str, Field(max_length=1000)] = ""
    lang: Lang = ""


class Found(Beside):
    snippet: str = Field(description="The text around the first word found.")


def _page_of(item: Any) -> Any:
    return Page[item]


_hits = [
    create_model(f"{kind.name.title()}Hit", __base__=(kind.card_schema, Found))
    for kind in types_of_the_house()
    if kind.listed
]


class PageOfPlugin(Found):
    """A page of a type that a plugin brings, which tells more of itself than this."""

    model_config = ConfigDict(extra="allow")

    id: UUID
    type: str
    slug: str
    title: str


# Of as many types as there are: no `|` says that.
_SearchHit: Any = Union[*_hits, PageOfPlugin]


class SearchPage(Page[_SearchHit]):
    """Cards of pages, whatever their type, the best first."""


_ExerciseOut = create_model(
    "ExerciseOut", __base__=(content_types["exercises"].body_schema, Beside), task=ShownTask
)


@router.get(
    "/content/tree",
    access=CONTENT,
    scope="content:read",
    response=Tree,
    summary="Read the catalogue",
)
def read_content_tree(request: HttpRequest, level: Line = "", lang: Lang = "") -> HttpResponse:
    reader = reader_of(request, lang=lang)
    return json_answer(request, read_tree(reader, level=level), language=reader.language)


@router.get(
    "/content/search",
    access=CONTENT,
    scope="content:read",
    response=SearchPage,
    summary="Search the catalogue",
)
def search_content(request: HttpRequest, query: Query[SearchQuery]) -> HttpResponse:
    reader = reader_of(request, lang=query.lang)
    found = read_search(
        query.q,
        reader,
        types=types_named(query.type, reader.school),
        cursor=query.cursor,
        limit=query.limit or 0,
    )
    return json_answer(request, found, language=reader.language)


@router.get(
    "/content/exercise-kinds",
    access=CONTENT,
    scope="content:read",
    response=Kinds,
    summary="List the exercise kinds",
)
def list_exercise_kinds(request: HttpRequest) -> HttpResponse:
    return json_answer(request, read_kinds(school_of(request)), language="en")


@router.get(
    "/content/lessons/{uuid:id}/exercises",
    access=CONTENT,
    scope="content:read",
    response=_page_of(_ExerciseOut),
    summary="Read a lesson's exercises",
)
def list_lesson_exercises(
    request: HttpRequest, id: UUID, query: Query[ExercisesQuery]
) -> HttpResponse:
    values = query.dict()
    reader = reader_of(request, lang=values.pop("lang"))
    told = read_exercises_of(id, Listing(**values), reader)
    return json_answer(request, told, language=reader.language)


def _add_list(kind: ContentType, to: Router, root: str) -> None:
    narrowing: dict[str, Any] = {
        **dict.fromkeys(kind.within, (UUID | None, None)),
        **{name: (Annotated[int, Field(ge=0)] | None, None) for name in kind.filters},
    }
    query = create_model(f"{kind.card_schema.__name__}Query", __base__=ListQuery, **narrowing)
    item = create_model(f"{kind.card_schema.__name__}Out", __base__=(kind.card_schema, Beside))

    @to.get(
        root,
        access=CONTENT,
        scope="content:read",
        response=_page_of(item),
        summary=f"List {kind.plural}",
        operation_id=f"list_{kind.plural}",
    )
    def list_pages(request: HttpRequest, query: Query[query]) -> HttpResponse:
        values: dict[str, Any] = query.dict()
        reader = reader_of(request, lang=values.pop("lang"))
        asked = Listing(
            within={name: values.pop(name) for name in kind.within},
            filters={name: values.pop(name) for name in kind.filters},
            **values,
        )
        return json_answer(request, read_list(kind, asked, reader), language=reader.language)


def _add_detail(kind: ContentType, to: Router, root: str) -> None:
    is_exercise = kind is content_types["exercises"]
    own = create_model(f"{kind.body_schema.__name__}Out", __base__=(kind.body_schema, Beside))
    body = _ExerciseOut if is_exercise else own

    @to.get(
        f"{root}/{{uuid:id}}",
        access=CONTENT,
        scope="content:read",
        response=body,
        summary=f"Read one of the {kind.plural}",
        operation_id=f"read_{kind.plural}",
    )
    def read_page(request: HttpRequest, id: UUID, lang: Lang = "") -> HttpResponse:
        reader = reader_of(request, lang=lang)
        return json_answer(request, read_one(kind, id, reader), language=reader.language)


# By where they are mounted: what is read of the types that plugins bring.
routers_of_plugins: dict[str, Router] = {}
content_names.update(("tree", "search", "exercise-kinds"))

for _kind in content_types:
    _router, _root = router, f"/content/{_kind.plural}"
    if _kind.plural in owners_of_types:
        _router = routers_of_plugins[_root] = Router(tags=["content"])
        _root = ""
    else:
        content_names.add(_kind.plural)
    if _kind.listed:
        _add_list(_kind, _router, _root)
    if _kind.detailed:
        _add_detail(_kind, _router, _root)
