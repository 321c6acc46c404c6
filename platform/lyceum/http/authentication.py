"""Who is asking."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict
from ninja.utils import check_csrf

from lyceum.accounts.models import User
from lyceum.accounts.presence import note_presence
from lyceum.accounts.signing_in.browser_sessions import signed_in_by
from lyceum.accounts.signing_in.proofs import proved_recently
from lyceum.accounts.tokens import personal
from lyceum.accounts.tokens.signed import family_of
from lyceum.http.bodies import FORM
from lyceum.http.viewing import PARAMETER
from lyceum.kernel.clock import now
from lyceum.kernel.errors import Forbidden, NotAuthenticated
from lyceum.schools.current import CurrentSchool, SchoolRequired
from lyceum.schools.standing import STRANGER, Standing, standing_beside, standing_of


class CsrfFailed(Forbidden):
    """
    A request that changes something came with the cookie alone.

    Send the value of the cookie `csrftoken` in the header `X-CSRFToken`, from the school's own
    origin; or use an access token, which needs neither.
    """

    code = "csrf_failed"
    detail = "The header X-CSRFToken is missing or wrong."


class TokenOfAnotherSchool(Forbidden):
    """
    The personal token is for another school than the request.

    A personal token holds at one school. Make another one there.
    """

    code = "token_of_another_school"
    detail = "This personal token is for another school."


class NotForTokens(Forbidden):
    """
    No personal token opens this, whatever its scopes.

    Sign in, and use the access token or the cookie session.
    """

    code = "not_for_tokens"
    detail = "Personal tokens do not open this. Sign in instead."


class ScopeMissing(Forbidden):
    """
    The personal token was not made for this.

    `errors.scope` names the scope it lacks. A token's scopes do not change: make another one.
    """

    code = "scope_missing"
    detail = "The personal token lacks a scope."


class ReauthenticationRequired(Forbidden):
    """
    This asks for a log-in, or a confirmation of it, within the last five minutes.

    Confirm by `POST /_allauth/{client}/v1/auth/reauthenticate` with the password, by
    `…/auth/2fa/reauthenticate` with a code, or by `…/auth/webauthn/reauthenticate` with a passkey.
    """

    code = "reauthentication_required"
    detail = "Confirm first that it is you."


# Which personal tokens a door takes: those of a scope, by its code; or one of these.
NO_TOKEN = ""
ANY_TOKEN = "*"  # noqa: S105 - for doors that are open to anyone


@dataclass(frozen=True)
class Caller:
    """Who asks, and where they stand in the school that is asked; a stranger's where it is none."""

    user: User | AnonymousUser
    standing: Standing = STRANGER


def identify(request: HttpRequest, *, scope: str = NO_TOKEN) -> Caller:
    """
    Return the person that a request's credentials name; anonymous without any.

    A token counts everywhere, the cookie session on the school's own host alone: elsewhere it
    would let one school's pages act at another. One query for whatever a request brings; of a
    cookie whose session began in the editor, five.

    :param scope: what a personal token must be made for; without it none is let in
    :raises NotAuthenticated: if there is a token and it is no good
    :raises CsrfFailed: if a cookie would change something without proof that a page of ours asks
    :raises Forbidden: if a personal token is another school's, or not made for this
    """
    authorization = request.headers.get("Authorization")
    if authorization is None:
        caller = _by_cookie(request)
    else:
        scheme, _, token = authorization.partition(" ")
        token = token.strip() if scheme.lower() == "bearer" else ""
        if token.startswith(personal.PREFIX):
            return _by_personal_token(request, token, scope)
        caller = _by_token(request, token)
    # Who looks with another's eyes is not there as themselves.
    if isinstance(caller.user, User) and PARAMETER not in request.GET:
        note_presence(caller.user, at=now())
    return caller


def demand_recent_proof(request: HttpRequest) -> None:
    """
    Let pass whose session saw a log-in, or a confirmation of it, within the last minutes.

    :raises ReauthenticationRequired: if it did not
    """
    user = request.user
    family = getattr(request, "token_family", None)
    session = family.session.get_decoded() if family else request.session
    if not isinstance(user, User) or not proved_recently(user=user, session=session, at=now()):
        raise ReauthenticationRequired


def _by_token(request: HttpRequest, token: str) -> Caller:
    family = family_of(token, at=now(), school_id=_school_id(request)) if token else None
    if family is None:
        raise NotAuthenticated("The access token is expired, ended, or not one of ours.")
    request.token_family = family  # type: ignore[attr-defined]
    return Caller(family.user, standing_beside(family))


def _by_personal_token(request: HttpRequest, token: str, scope: str) -> Caller:
    # A program is not its person's presence: `note_presence` is for the other two.
    bearer = personal.bearer_of(token, at=now())
    if bearer is None:
        raise NotAuthenticated("The personal token is expired, revoked, or not one of ours.")
    request.scopes = bearer.scopes  # type: ignore[attr-defined]
    school: CurrentSchool | None = getattr(request, "school", None)
    if school is not None and school.id != bearer.school_id:
        raise TokenOfAnotherSchool
    if scope == ANY_TOKEN:
        return Caller(bearer.user, STRANGER if school is None else bearer.standing)
    if school is None:
        raise SchoolRequired
    if scope == NO_TOKEN:
        raise NotForTokens
    if scope not in bearer.scopes:
        raise ScopeMissing(
            f"The personal token lacks the scope {scope}.", fields={"scope": [scope]}
        )
    return Caller(bearer.user, bearer.standing)


def _by_cookie(request: HttpRequest) -> Caller:
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    if not key or getattr(request, "school_from", "") != "host":
        return Caller(AnonymousUser())
    # Whoever it names, the answer varies by the cookie: the session's middleware says so.
    request.session.accessed = True
    found = signed_in_by(key, school_id=_school_id(request), at=now())
    caller = Caller(found.user, found.standing) if found else _by_unlisted(request)
    if isinstance(caller.user, User) and not _has_csrf_token(request):
        raise CsrfFailed
    return caller


def _has_csrf_token(request: HttpRequest) -> bool:
    if request.content_type == FORM:
        # Django would look for the token in the form first, and use up the file that it brings.
        request._post, request._files = QueryDict(), MultiValueDict()  # type: ignore[attr-defined]
    return check_csrf(request) is None


def _by_unlisted(request: HttpRequest) -> Caller:
    user = request.user
    if not isinstance(user, User) or not user.is_active:
        return Caller(AnonymousUser())
    return Caller(user, standing_of(user_id=user.pk, school_id=_school_id(request)))


def _school_id(request: HttpRequest) -> int:
    school: CurrentSchool | None = getattr(request, "school", None)
    return 0 if school is None else school.id
