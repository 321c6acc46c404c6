"""What a managed account may not have, whichever way it would come by it."""

from __future__ import annotations

import re
from typing import Any

from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.headless.constants import Client
from allauth.headless.internal.authkit import authentication_context
from allauth.headless.internal.decorators import mark_request_as_headless
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db.models.signals import pre_save
from django.http import HttpRequest

from lyceum.accounts.models import PersonalToken
from lyceum.schools.roles import ManagedBySchool

# Other ways in: each would outlive the password that the school sets.
WAYS_IN = (EmailAddress, Authenticator, SocialAccount, PersonalToken)
# allauth's doors to what is one's own, and those that tie a provider to who is signed in.
OWN = re.compile(r"^/_allauth/(?P<client>app|browser)/v1/(?:account/|auth/provider/)")
READING = frozenset({"GET", "HEAD", "OPTIONS"})


def connect() -> None:
    """Watch over the tables of ways in. Called once, at start-up."""
    for model in WAYS_IN:
        pre_save.connect(_refuse, sender=model, dispatch_uid=f"lyceum.accounts.{model.__name__}")


def may_change_own(request: HttpRequest) -> bool:
    """Return whether who is signed in may do what the request asks for at a door of allauth's."""
    door = OWN.match(request.path)
    if door is None or request.method in READING:
        return True
    user: Any = request.user if door["client"] == Client.BROWSER.value else _person_of_app(request)
    return not (user is not None and user.is_authenticated and user.is_managed)


def _person_of_app(request: HttpRequest) -> Any:
    """Return who an app's session or access token signs in, as allauth's own view is about to."""
    mark_request_as_headless(request, Client.APP)
    try:
        with authentication_context(request):
            return request.user
    except ImmediateHttpResponse:
        return None


def _refuse(instance: Any, **_: Any) -> None:
    if instance.user.is_managed:
        raise ManagedBySchool
