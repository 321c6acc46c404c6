"""Who is asking."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from lyceum.accounts.models import User


def identify(request: HttpRequest) -> User | AnonymousUser:
    """
    Return the person that a request's credentials name; anonymous without any.

    :raises NotAuthenticated: if there are credentials and they are no good
    """
    user = request.user
    return user if isinstance(user, User) else AnonymousUser()
