"""“Paste a list”: what lines of text would be in a list of an exercise's form."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from pydantic import Field
from wagtail import blocks

from content_types.admin.drafts import (
    Draft,
    InvalidTrial,
    NoSuchExercise,
    page_to_write,
    read_draft,
)
from content_types.exercise_kinds.gaps import MOST_GAPS
from content_types.pasted.gaps import gap_lines_of
from content_types.pasted.rows import BadLine, Row, can_be_pasted, rows_of
from lyceum.plugin.errors import DomainError
from lyceum.plugin.exercises import kind_here
from lyceum.plugin.http import problem_of

LONGEST_PASTE = 50_000
Step = Annotated[str, Field(max_length=100)]


class Paste(Draft):
    """
    A pasted text, and where it is to go: the names of the blocks that lead to the list.

    :param there: how many rows the list holds already
    :param written: what the text holds already, where gaps are pasted
    """

    path: Annotated[list[Step], Field(max_length=10)]
    text: Annotated[str, Field(max_length=LONGEST_PASTE)]
    there: Annotated[int, Field(ge=0, le=10_000)] = 0
    written: Annotated[str, Field(max_length=LONGEST_PASTE)] = ""


@never_cache
@require_POST
def read_list(request: HttpRequest) -> HttpResponse:
    """Answer what a pasted list would make, to who may write the exercise; nothing is kept."""
    try:
        paste = read_draft(Paste, request.body)
        page_to_write(request.user, paste)
        block = block_at(paste)
        if takes_gaps(block):
            limits = {"written": paste.written, "longest": block.field.max_length}
            made = gap_lines_of(paste.text, **limits)
        else:
            made = rows_of(block, paste.text, there=paste.there)
        return JsonResponse(answer_of(block, made))
    except DomainError as error:
        return problem_of(error)


def takes_gaps(block: Any) -> bool:
    return (block.meta.form_attrs or {}).get("data-pasted") == "gaps"


def block_at(paste: Paste) -> Any:
    """
    Return the block of the form that a list is pasted into.

    :raises NoSuchExercise: if there is no such kind here
    :raises InvalidTrial: if there is no such list in its form
    """
    kind = kind_here(paste.kind)
    if kind is None:
        raise NoSuchExercise
    block: Any = kind.form()
    for step in paste.path:
        children = getattr(block, "child_blocks", {})
        if step not in children:
            raise InvalidTrial(fields={"path": [gettext("There is no such list in this form.")]})
        block = children[step]
    if not can_be_pasted(block) and not (
        isinstance(block, blocks.FieldBlock) and takes_gaps(block)
    ):
        raise InvalidTrial(fields={"path": [gettext("This is no list to paste into.")]})
    return block


def answer_of(block: Any, made: list[Row | BadLine]) -> dict[str, Any]:
    """Return the rows that would be made, the lines that would not, and the limit in words."""
    is_list = isinstance(block, blocks.ListBlock)
    most = block.meta.max_num if is_list else MOST_GAPS
    return {
        "rows": [told(block, row) for row in made if isinstance(row, Row)],
        "bad": [
            {"line": bad.line.number, "text": bad.line.text, "message": bad.message}
            for bad in made
            if isinstance(bad, BadLine)
        ],
        "limit": limit_in_words(most, is_list),
    }


def limit_in_words(most: int | None, is_list: bool) -> str:
    if most is None:
        return ""
    if is_list:
        text = ngettext("%(most)d entry at most.", "%(most)d entries at most.", most)
    else:
        text = ngettext("%(most)d gap at most.", "%(most)d gaps at most.", most)
    return text % {"most": most}


def told(block: Any, row: Row) -> dict[str, Any]:
    """Return a row as the panel shows it, and as its form takes it."""
    is_list = isinstance(block, blocks.ListBlock)
    return {
        "line": row.line.number,
        "text": row.line.text,
        "cells": [cell or "—" for cell in row.cells],
        "fits": row.fits,
        "state": block.child_block.get_form_state(row.value) if is_list else row.value,
        "id": str(uuid4()),
    }
