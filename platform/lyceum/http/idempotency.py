"""`Idempotency-Key`: a POST that is sent again is answered as before, and done once."""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse

from lyceum.accounts.models import User
from lyceum.http.models import StoredAnswer
from lyceum.kernel.errors import Invalid

HEADER = "Idempotency-Key"
KEPT_FOR = timedelta(hours=24)
KEY = re.compile(r"^[\x21-\x7e]{8,100}$")

Run = Callable[..., HttpResponse]


class IdempotencyMismatch(Invalid):
    """
    The `Idempotency-Key` was used for another body.

    Use a new key for a new thing; send the same body to repeat a request.
    """

    code = "idempotency_mismatch"
    detail = "This Idempotency-Key was used for another body."


class IdempotencyKeyInvalid(Invalid):
    """The `Idempotency-Key` must be 8 to 100 visible ASCII signs, such as a UUID."""

    code = "idempotency_key_invalid"
    detail = "An Idempotency-Key is 8 to 100 visible ASCII signs, such as a UUID."


class _Replay(Exception):
    """Ends a request within its transaction: the answer is there already."""

    def __init__(self, stored: StoredAnswer) -> None:
        self.stored = stored


def once(run: Run) -> Run:
    """
    Wrap an operation's run: row, effect and stored answer are one transaction.

    It begins with the claim, so that nobody's slow body holds it open. Refusals are not kept, so
    that what failed can be sent again.
    """

    @functools.wraps(run)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if HEADER not in request.headers:
            return run(request, *args, **kwargs)
        try:
            with ExitStack() as claimed:
                request.once = claimed  # type: ignore[attr-defined]
                response = run(request, *args, **kwargs)
                stored: StoredAnswer | None = getattr(request, "stored_answer", None)
                if stored is not None and response.status_code >= 400:
                    transaction.set_rollback(True)
                elif stored is not None:
                    _keep(stored, response)
        except _Replay as replay:
            return _answer_again(replay.stored)
        return response

    return wrapped


def claim(request: HttpRequest, *, body: bytes, at: datetime) -> None:
    """
    Take the request's key for its person and path, once who asks is let in and the body is valid.

    `body` is what must be the same when the request is sent again. Anonymous requests have no key:
    nobody could tell whose it is.

    :raises IdempotencyMismatch: if the key was used for another body
    """
    key = request.headers.get(HEADER)
    if key is None or not isinstance(request.user, User):
        return
    if not KEY.match(key):
        raise IdempotencyKeyInvalid
    school = getattr(request, "school", None)
    row = StoredAnswer(
        person=request.user.uuid,
        path=request.path[:300],
        key=key,
        school=school.slug if school else "",
        body_digest=hashlib.sha256(body).hexdigest(),
        created_at=at,
    )
    request.once.enter_context(transaction.atomic())  # type: ignore[attr-defined]
    request.stored_answer = _take(row)  # type: ignore[attr-defined]


def _take(row: StoredAnswer) -> StoredAnswer:
    """Return the row to fill: new, or one so old that its key is free again."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        same = StoredAnswer.objects.filter(
            person=row.person, path=row.path, key=row.key, school=row.school
        )
        # Of two who find it too old, the second waits here, and finds it new.
        if not same.filter(created_at__lt=row.created_at - KEPT_FOR).update(
            body_digest=row.body_digest, created_at=row.created_at
        ):
            _answer_or_refuse(same.get(), row.body_digest)
        return same.get()
    return row


def _answer_or_refuse(stored: StoredAnswer, digest: str) -> None:
    if stored.body_digest != digest:
        raise IdempotencyMismatch
    raise _Replay(stored)


def is_replay(error: Exception) -> bool:
    """Return whether an exception is the way out to a stored answer, and must pass."""
    return isinstance(error, _Replay)


def forget_old_answers(at: datetime) -> int:
    """Delete the answers that were kept long enough; return how many."""
    deleted, _ = StoredAnswer.objects.filter(created_at__lt=at - KEPT_FOR).delete()
    return deleted


def _keep(stored: StoredAnswer, response: HttpResponse) -> None:
    stored.status = response.status_code
    stored.body = response.content.decode()
    stored.location = response.headers.get("Location", "")
    stored.save(update_fields=["status", "body", "location"])


def _answer_again(stored: StoredAnswer) -> HttpResponse:
    response = HttpResponse(
        stored.body, status=stored.status, content_type="application/json; charset=utf-8"
    )
    if stored.location:
        response["Location"] = stored.location
    response["Idempotent-Replayed"] = "true"
    return response
