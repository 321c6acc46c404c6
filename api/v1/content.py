"""Content: the catalogue of a school, its lists, and each page in full."""

# Annotations are values here: each content type's list has a query model of its own.
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query
from pydantic import Field, create_model

from lyceum.content.listing import Listing, read_list
from lyceum.content.readers import reader_of
from lyceum.content.reading import read_one
from lyceum.content.types import ContentType, content_types
from lyceum.http.etags import json_answer
from lyceum.http.pagination import MOST, Paging
from lyceum.http.routing import CATALOGUE, Router
from lyceum.http.schemas import Answer, Line, Page

router = Router(tags=["content"])

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
        Line, Field(max_length=500, description="Names of fields, with commas; `id` always comes.")
    ] = ""
    limit: Annotated[int, Field(ge=1, le=MOST)] | None = None  # type: ignore[assignment]
    lang: Lang = ""


class Beside(Answer):
    """What is told beside a page's own: its place, its author, and what the reader may know."""

    order: int
    author: str
    reader: dict[str, Any]


def _add_list(kind: ContentType) -> None:
    narrowing: dict[str, Any] = {
        **dict.fromkeys(kind.within, (UUID | None, None)),
        **{name: (Annotated[int, Field(ge=0)] | None, None) for name in kind.filters},
    }
    query = create_model(f"{kind.card_schema.__name__}Query", __base__=ListQuery, **narrowing)
    item = create_model(f"{kind.card_schema.__name__}Out", __base__=(kind.card_schema, Beside))

    @router.get(
        f"/content/{kind.plural}",
        access=CATALOGUE,
        response=Page[item],
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


def _add_detail(kind: ContentType) -> None:
    body = create_model(f"{kind.body_schema.__name__}Out", __base__=(kind.body_schema, Beside))

    @router.get(
        f"/content/{kind.plural}/{{uuid:id}}",
        access=CATALOGUE,
        response=body,
        summary=f"Read one of the {kind.plural}",
        operation_id=f"read_{kind.plural}",
    )
    def read_page(request: HttpRequest, id: UUID, lang: Lang = "") -> HttpResponse:
        reader = reader_of(request, lang=lang)
        return json_answer(request, read_one(kind, id, reader), language=reader.language)


for _kind in content_types:
    if _kind.listed:
        _add_list(_kind)
    if _kind.detailed:
        _add_detail(_kind)
