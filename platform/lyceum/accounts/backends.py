"""Logging in with a password, and an address or a school's user name."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.auth_backends import AuthenticationBackend as AllauthBackend
from allauth.account.models import EmailAddress
from django.http import HttpRequest

from lyceum.accounts.managed.folding import folded
from lyceum.accounts.models import User


class AuthenticationBackend(AllauthBackend):
    """
    Finds the person whose password it is among those who claim an address.

    An address may be one account's by proof and another's by claim. Both may log in, so that who
    signs up with a stranger's address learns nothing from logging in, and every refusal takes the
    time of two passwords, so that they learn nothing from the clock either.

    A managed account is found by its school and its user name, and takes the time of one password
    whether there is such an account or not.
    """

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> User | None:
        """
        Return the person whose address and password these are.

        :raises ValidationError: if a form of Django's, as the admin's, was tried too often
        """
        if "managed_name" in credentials:
            return super().authenticate(request, **credentials)
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

    def get_user(self, user_id: int) -> User | None:
        """Return the person of a session, with the profile in whose language pages are made."""
        found = User.objects.select_related("profile").filter(pk=user_id).first()
        return found if found is not None and self.user_can_authenticate(found) else None

    def _authenticate(self, request: HttpRequest | None, **credentials: Any) -> User | None:
        if "account" in credentials:  # who is logged in already, and confirms that it is them
            return self._check_password(credentials["account"], credentials["password"])
        if "managed_name" not in credentials:
            found: User | None = super()._authenticate(request, **credentials)
            return found
        account = User.objects.filter(
            managed_by_id=credentials["school_id"],
            username_key=folded(credentials["managed_name"]),
            is_active=True,
            memberships__status="active",
        ).first()
        return self._check_password(account, credentials["password"])

    def _authenticate_by_email(self, email: str, password: str) -> User | None:
        claims = EmailAddress.objects.filter(email=email.lower()).select_related("user")
        latest_unproved = claims.filter(verified=False).order_by("-pk").first()
        proved = claims.filter(verified=True).first()
        # Where both have one password it is the owner, whom nobody can lead into another account.
        for claim in (proved, latest_unproved):
            if claim is None:
                self._mitigate_timing_attack(password)
                self._did_check_password = True
            elif found := self._check_password(claim.user, password):
                return found
        return None
