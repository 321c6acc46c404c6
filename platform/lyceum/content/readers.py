"""The reader of a request: who, where, and in which language."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation.trans_real import parse_accept_lang_header

from lyceum.accounts.models import User
from lyceum.content.visibility import Reader
from lyceum.http.requests import school_of, standing_in
from lyceum.http.viewing import is_viewing
from lyceum.kernel.errors import Invalid
from lyceum.schools.current import CurrentSchool
from lyceum.schools.standing import Standing


class UnknownLanguage(Invalid):
    """
    The school does not teach in this language.

    `GET /api/v1/school` lists its languages.
    """

    code = "invalid"
    detail = "The school has no content in this language."


def reader_of(request: HttpRequest, *, lang: str = "") -> Reader:
    """
    Return who reads, in the language asked for, else the profile's, the browser's, the school's.

    :raises UnknownLanguage: if `lang` is none of the school's
    """
    user: Any = request.user
    if not is_viewing(request):
        return reader_for(request, user=user, standing=standing_in(request), lang=lang)
    viewer, standing = request.seen_by  # type: ignore[attr-defined]
    own = reader_for(request, user=viewer, standing=standing, lang=lang)
    return borrowed(own, standing_in(request))


def reader_for(request: HttpRequest, *, user: Any, standing: Standing, lang: str = "") -> Reader:
    """
    Return a person as they read, in the language asked for, else as `reader_of` has it.

    :raises UnknownLanguage: if `lang` is none of the school's
    """
    school = school_of(request)
    person = user if isinstance(user, User) else None
    return Reader(
        school=school,
        language=_language(request, school, person, lang),
        user_id=person.pk if person else None,
        user_uuid=person.uuid if person else None,
        standing=standing,
        is_operator=bool(person and person.is_superuser),
    )


def borrowed(own: Reader, standing: Standing) -> Reader:
    """Return the eyes of one who stands so in the school, and of whom nothing else is known."""
    return Reader(school=own.school, language=own.language, standing=standing, seen_by=own)


def _language(request: HttpRequest, school: CurrentSchool, user: User | None, lang: str) -> str:
    if lang:
        if lang not in school.languages:
            raise UnknownLanguage(
                fields={"lang": [f"The languages here are: {', '.join(school.languages)}."]}
            )
        return lang
    if user is not None and (own := user.profile.language) in school.languages:
        return own
    header = request.headers.get("Accept-Language", "")
    for accepted, _ in parse_accept_lang_header(header) if header else ():
        base = accepted.partition("-")[0]
        if base in school.languages:
            return base
    return school.language
