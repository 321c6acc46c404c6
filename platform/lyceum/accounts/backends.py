"""Logging in with an address and a password."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.auth_backends import AuthenticationBackend as AllauthBackend
from allauth.account.models import EmailAddress
from django.http import HttpRequest

from lyceum.accounts.models import User


class AuthenticationBackend(AllauthBackend):
    """
    Finds the person whose password it is among those who claim an address.

    An address may be one account's by proof and another's by claim. Both may log in, so that who
    signs up with a stranger's address learns nothing from logging in, and every refusal takes the
    time of two passwords, so that they learn nothing from the clock either.
    """

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> User | None:
        """
        Return the person whose address and password these are.

        :raises ValidationError: if a form of Django's, as the admin's, was tried too often
        """
        # allauth counts what comes by its own doors, and calls the address `email`.
        name = credentials.get("username")
        if request is None or not name:
            return super().authenticate(request, **credentials)
        adapter = get_adapter(request)
        adapter.pre_authenticate(request, email=name)
        person = super().authenticate(request, **credentials)
        if person is not None:
            adapter._rollback_login_failed_rl_usage()
        return person

    def _authenticate_by_email(self, email: str, password: str) -> User | None:
        claims = EmailAddress.objects.filter(email=email.lower()).select_related("user")
        latest_unproved = claims.filter(verified=False).order_by("-pk").first()
        proved = claims.filter(verified=True).first()
        for claim in (latest_unproved, proved):
            if claim is None:
                self._mitigate_timing_attack(password)
                self._did_check_password = True
            elif found := self._check_password(claim.user, password):
                return found
        return None
