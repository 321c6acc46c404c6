"""The learner of a request: a reader of whom we know who it is."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest

from lyceum.content.readers import reader_of
from lyceum.content.visibility import Reader
from lyceum.kernel.errors import NotAuthenticated


@dataclass(frozen=True, kw_only=True)
class Learner(Reader):
    """Who learns, where, and in which of the school's languages."""

    user_id: int
    user_uuid: UUID


def learner_of(request: HttpRequest, *, lang: str = "") -> Learner:
    """
    Return who learns; behind a door that demands someone signed in.

    :raises UnknownLanguage: if `lang` is none of the school's
    """
    return as_learner(reader_of(request, lang=lang))


def as_learner(reader: Reader) -> Learner:
    """
    Return a reader as a learner.

    :raises NotAuthenticated: if nobody knows who it is
    """
    if reader.user_id is None or reader.user_uuid is None:
        raise NotAuthenticated
    return Learner(
        school=reader.school,
        language=reader.language,
        user_id=reader.user_id,
        user_uuid=reader.user_uuid,
        standing=reader.standing,
        is_operator=reader.is_operator,
    )
