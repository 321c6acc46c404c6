"""The families of errors that a use case may raise.

    DomainError
     ├─ Invalid           what was sent cannot be accepted as it is
     ├─ NotAuthenticated  nobody, or nobody we can trust, is asking
     ├─ Forbidden         the caller may see the thing, but not do this to it
     ├─ NotFound          the thing is not there, or the caller may not know that it is
     ├─ Conflict          the thing is in a state in which this cannot be done
     ├─ Throttled         too often, too fast
     └─ Unavailable       something we need is down or switched off

Rooms declare their own errors beside the service that raises them, as a subclass with a `code` of
its own. Only `lyceum.http` knows what status a family has. The class's docstring is what the
documentation tells a front-end developer about the code: the first line says what happened, the
rest what to do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


class DomainError(Exception):
    """
    Something the caller asked for cannot be done.

    :param detail: one sentence; the class's own when left out. The API tells it in English, the
        editor in the reader's language
    :param fields: field path, as in `"profile.phone"`, to the messages about it
    """

    code: ClassVar[str] = "error"
    detail: ClassVar[Words] = _("This cannot be done.")

    def __init__(
        self,
        detail: Words | None = None,
        *,
        fields: Mapping[str, Sequence[Words]] | None = None,
        retry_after: int | None = None,
    ) -> None:
        self.message = str(detail or self.detail)
        self.fields = {
            path: [str(told) for told in messages] for path, messages in (fields or {}).items()
        }
        self.retry_after = retry_after
        super().__init__(self.message)

    @classmethod
    def title(cls) -> str:
        """Return the class's name in words: `NotAMember` is "Not a member"."""
        words = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", cls.__name__)
        return words[0] + words[1:].lower()


class Invalid(DomainError):
    """What was sent is understood but cannot be accepted. Correct the fields named in `errors`."""

    code = "invalid"
    detail: ClassVar[Words] = _("Some of what was sent cannot be accepted.")


class NotAuthenticated(DomainError):
    """Nobody is signed in, or the token is expired or revoked. Sign in, or refresh the token."""

    code = "not_authenticated"
    detail: ClassVar[Words] = _("Sign in first.")


class Forbidden(DomainError):
    """You may see this, but not do this to it. Ask someone of the school for the right."""

    code = "forbidden"
    detail: ClassVar[Words] = _("You are not allowed to do this.")


class NotFound(DomainError):
    """There is no such thing, or it is not one that you may know of. Check the address and id."""

    code = "not_found"
    detail: ClassVar[Words] = _("There is nothing here.")


class Conflict(DomainError):
    """The thing is in a state in which this cannot be done. Read it again, then decide."""

    code = "conflict"
    detail: ClassVar[Words] = _("This cannot be done in the present state.")


class Throttled(DomainError):
    """Too many requests in a short time. Wait for the seconds in `Retry-After`."""

    code = "throttled"
    detail: ClassVar[Words] = _("Too many requests. Wait a little.")


class Unavailable(DomainError):
    """Something this needs is down at the moment. Try again after `Retry-After` seconds."""

    code = "unavailable"
    detail: ClassVar[Words] = _("This is not available at the moment. Try again soon.")


def all_errors() -> Iterator[type[DomainError]]:
    """Yield every error class there is, families first; several may have one code."""
    waiting: list[type[DomainError]] = list(DomainError.__subclasses__())
    while waiting:
        error = waiting.pop(0)
        waiting.extend(error.__subclasses__())
        yield error
