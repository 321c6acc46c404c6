"""Who is asking."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from ninja.utils import check_csrf

from lyceum.accounts.models import User
from lyceum.accounts.presence import note_presence
from lyceum.accounts.tokens import person_of
from lyceum.kernel.clock import now
from lyceum.kernel.errors import Forbidden, NotAuthenticated


class CsrfFailed(Forbidden):
    """
    A request that changes something came with the cookie alone.

    Send the value of the cookie `csrftoken` in the header `X-CSRFToken`, from the school's own
    origin; or use an access token, which needs neither.
    """

    code = "csrf_failed"
    detail = "The header X-CSRFToken is missing or wrong."


def identify(request: HttpRequest) -> User | AnonymousUser:
    """
    Return the person that a request's credentials name; anonymous without any.

    A token counts everywhere, the cookie session on the school's own host alone: elsewhere it
    would let one school's pages act at another. One query for a token, two for a cookie.

    :raises NotAuthenticated: if there is a token and it is no good
    :raises CsrfFailed: if a cookie would change something without proof that a page of ours asks
    """
    authorization = request.headers.get("Authorization")
    user = _by_token(authorization) if authorization is not None else _by_cookie(request)
    if isinstance(user, User):
        note_presence(user, at=now())
    return user


def _by_token(authorization: str) -> User:
    scheme, _, token = authorization.partition(" ")
    person = person_of(token.strip(), at=now()) if scheme.lower() == "bearer" else None
    if person is None:
        raise NotAuthenticated("The access token is expired, ended, or not one of ours.")
    return person


def _by_cookie(request: HttpRequest) -> User | AnonymousUser:
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return AnonymousUser()
    if getattr(request, "school_from", "") != "host":
        return AnonymousUser()
    user = request.user
    if not isinstance(user, User) or not user.is_active:
        return AnonymousUser()
    if check_csrf(request) is not None:
        raise CsrfFailed
    return user
