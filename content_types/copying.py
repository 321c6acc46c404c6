"""Copies of exercises: each is an exercise in its own right, and knows where it comes from."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from wagtail.actions.copy_page import CopyPageAction

from content_types.models import Exercise
from lyceum.plugin.errors import NotFound
from lyceum.plugin.pages import BasePage, school_of_page


class NoSuchLesson(NotFound):
    """There is no such lesson or bank in the exercise's school."""

    code = "lesson_not_found"
    detail = "There is no such lesson in this school."


@transaction.atomic
def copy_exercise(*, exercise: Exercise, into: BasePage, actor: Any) -> Exercise:
    """
    Copy an exercise, as it was written last and in all its languages, as a draft.

    The copy has an id and a secret of its own: what learners did in the original is none of it.
    It comes last in its lesson or bank, or right behind the original where that is there too.

    :raises NoSuchLesson: if the lesson is another school's
    """
    own, other = school_of_page(exercise), school_of_page(into)
    if own is None or other is None or own.id != other.id:
        raise NoSuchLesson
    written = exercise.get_latest_revision_as_object()
    action = CopyPageAction(
        written,
        to=into,
        update_attrs={"slug": free_slug(written.slug, into)},
        # Its history is about the original, and names people who never wrote here.
        copy_revisions=False,
        keep_live=False,
        user=actor,
    )
    copy: Exercise = action.execute()
    if exercise.is_child_of(into):
        copy.move(exercise, pos="right", user=actor)
        copy.refresh_from_db()
    return copy


def free_slug(slug: str, below: BasePage) -> str:
    """Return a slug that is free below a page: this one, or this one with a number."""
    taken = set(BasePage.objects.child_of(below).values_list("slug", flat=True))
    names = [slug, *(f"{slug}-{number}" for number in range(2, len(taken) + 3))]
    return next(name for name in names if name not in taken)
