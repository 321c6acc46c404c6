"""The reader of a request: who, where, and in which language."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation.trans_real import parse_accept_lang_header

from lyceum.accounts.models import User
from lyceum.content.visibility import Reader
from lyceum.http.requests import school_of, standing_in
from lyceum.kernel.errors import Invalid
from lyceum.schools.current import CurrentSchool


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
    school = school_of(request)
    user = request.user if isinstance(request.user, User) else None
    return Reader(
        school=school,
        language=_language(request, school, user, lang),
        user_id=user.pk if user else None,
        user_uuid=user.uuid if user else None,
        standing=standing_in(request),
        is_operator=bool(user and user.is_superuser),
    )


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
