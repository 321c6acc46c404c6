"""What allauth's operations are asked with, and what is there for each caller to ask about."""

from __future__ import annotations

import base64
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import TestCase
from fido2.cose import ES256
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
)

from lyceum.accounts.models import User
from lyceum.schools.current import CurrentSchool
from tests.api.asking import Asking
from tests.children import CHILD_PASSWORD, a_child, child_logs_in, user_of
from tests.clients import AppClient, last_code
from tests.factors import enrol, recovery_codes_of
from tests.people import PASSWORD, a_member

# A provider for the operations that are about providers.
GOOGLE = {"google": {"APPS": [{"client_id": "lyceum-web", "secret": "only-for-tests"}]}}


def ways_in(person: User) -> dict[str, str]:
    """Make a second address, a provider's account and a passkey of a person; return their ids."""
    address = f"second-{person.pk}@example.test"
    EmailAddress.objects.create(user=person, email=address, verified=True)
    account = SocialAccount.objects.create(user=person, provider="google", uid=f"g-{person.pk}")
    passkey = Authenticator.objects.create(
        user=person,
        type=Authenticator.Type.WEBAUTHN,
        data={"name": "Key", "credential": a_credential(str(person.pk).encode())},
    )
    return {
        "own_password": PASSWORD,
        "own_address": address,
        "own_account": account.uid,
        "own_passkey": str(passkey.pk),
        "own_session": _session_of(person),
    }


def _session_of(person: User) -> str:
    return str(UserSession.objects.get(user=person).pk)


def half_way(school: CurrentSchool) -> dict[str, tuple[AppClient, dict[str, str]]]:
    """
    Return, by name, the apps of people whom allauth asks for one step more, and what they know.

    Their address is not proved, their new password not set, their second factor not shown; they
    did not confirm lately that it is them; and one whose school keeps the account.
    """
    return {
        "unverified": _unverified(school),
        "resetting": _resetting(school),
        "second_factor": _with_a_second_factor(school),
        "unconfirmed": _unconfirmed(school),
        "managed": _managed(school),
    }


def _unverified(school: CurrentSchool) -> tuple[AppClient, dict[str, str]]:
    app, address = AppClient(school.slug), "unverified@example.test"
    with TestCase.captureOnCommitCallbacks(execute=True):
        app.sign_up(address)
    return app, {"code": last_code(), "own_address": address}


def _resetting(school: CurrentSchool) -> tuple[AppClient, dict[str, str]]:
    app = AppClient(school.slug)
    with TestCase.captureOnCommitCallbacks(execute=True):
        app.auth("POST", "auth/password/request", {"email": a_member(school).email})
    return app, {"code": last_code()}


def _with_a_second_factor(school: CurrentSchool) -> tuple[AppClient, dict[str, str]]:
    before, app = AppClient(school.slug), AppClient(school.slug)
    person = a_member(school)
    before.log_in(person.email)
    enrol(before)
    app.log_in(person.email)
    return app, {"code": recovery_codes_of(before)[0]}


def _unconfirmed(school: CurrentSchool) -> tuple[AppClient, dict[str, str]]:
    app, person = AppClient(school.slug), a_member(school)
    app.log_in(person.email)
    return app, {**ways_in(person), "own_refresh_token": app.refresh_token}


def _managed(school: CurrentSchool) -> tuple[AppClient, dict[str, str]]:
    child = a_child(school)
    app, _ = child_logs_in(school.slug)
    app.auth("POST", "auth/reauthenticate", {"password": CHILD_PASSWORD})
    things = {
        "own_session": _session_of(user_of(child)),
        "own_password": CHILD_PASSWORD,
        "own_refresh_token": app.refresh_token,
    }
    return app, things


def a_credential(id: bytes) -> dict[str, Any]:
    """Return what a browser sends of a new passkey."""
    key = ES256.from_cryptography_key(ec.generate_private_key(ec.SECP256R1()).public_key())
    data = AuthenticatorData.create(
        b"\0" * 32,
        AuthenticatorData.FLAG(0x45),
        0,
        AttestedCredentialData.create(Aaguid.NONE, id, key),
    )
    return {
        "id": _encoded(id),
        "rawId": _encoded(id),
        "type": "public-key",
        "clientExtensionResults": {},
        "response": {
            "clientDataJSON": _encoded(
                b'{"type": "webauthn.create", "challenge": "AAAA", "origin": "https://toto.test"}'
            ),
            "attestationObject": _encoded(bytes(AttestationObject.create("none", data, {}))),
        },
    }


def an_assertion() -> dict[str, Any]:
    """Return what a browser sends of a passkey that nobody here has."""
    return {
        "id": "AAAA",
        "rawId": "AAAA",
        "type": "public-key",
        "clientExtensionResults": {},
        "response": {
            "clientDataJSON": _encoded(
                b'{"type": "webauthn.get", "challenge": "AAAA", "origin": "https://toto.test"}'
            ),
            "authenticatorData": _encoded(b"\0" * 37),
            "signature": "AAAA",
            "userHandle": "MQ",
        },
    }


def _encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


# Of the kind that people have, and nobody's.
NOBODYS = {
    "own_address": "nobodys@example.test",
    "own_account": "nobodys",
    "own_passkey": "0",
    "own_session": "0",
    "own_refresh_token": "nobodys",
}
NEW_PASSWORD = "another-horse-battery"
AUTH_ASKINGS = {
    "auth_post_auth_login": Asking(body={"email": "{address}", "password": PASSWORD}),
    "auth_post_auth_signup": Asking(body={"email": "new@example.test", "password": PASSWORD}),
    "auth_get_auth_email_verify": Asking(headers={"x-email-verification-key": "{code}"}),
    "auth_post_auth_email_verify": Asking(body={"key": "{code}"}),
    "auth_post_auth_email_verify_resend": Asking(),
    "auth_post_auth_reauthenticate": Asking(body={"password": "{own_password}"}),
    "auth_post_auth_password_request": Asking(body={"email": "{address}"}),
    "auth_get_auth_password_reset": Asking(headers={"x-password-reset-key": "{code}"}),
    "auth_post_auth_password_reset": Asking(body={"key": "{code}", "password": NEW_PASSWORD}),
    "auth_post_browser_auth_provider_redirect": Asking(
        form={"provider": "google", "process": "login", "callback_url": "http://toto.test/"}
    ),
    "auth_post_auth_provider_token": Asking(
        body={
            "provider": "google",
            "process": "login",
            "token": {"client_id": "lyceum-web", "id_token": "x"},
        }
    ),
    "auth_post_auth_provider_signup": Asking(body={"email": "new@example.test"}),
    "auth_post_auth_2fa_authenticate": Asking(body={"code": "{code}"}),
    "auth_post_auth_2fa_reauthenticate": Asking(body={"code": "{code}"}),
    "auth_post_auth_webauthn_authenticate": Asking(body={"credential": an_assertion()}),
    "auth_post_auth_webauthn_reauthenticate": Asking(body={"credential": an_assertion()}),
    "auth_post_auth_webauthn_login": Asking(body={"credential": an_assertion()}),
    "auth_post_auth_webauthn_signup": Asking(body={"email": "new@example.test"}),
    "auth_put_auth_webauthn_signup": Asking(
        body={"name": "Key", "credential": a_credential(b"new")}
    ),
    "auth_post_auth_code_confirm": Asking(body={"code": "{code}"}),
    "auth_delete_account_providers": Asking(
        body={"provider": "google", "account": "{own_account}"}
    ),
    "auth_post_account_email": Asking(body={"email": "new@example.test"}),
    "auth_put_account_email": Asking(body={"email": "{own_address}"}),
    "auth_patch_account_email": Asking(body={"email": "{own_address}", "primary": True}),
    "auth_delete_account_email": Asking(body={"email": "{own_address}"}),
    "auth_post_account_authenticators_totp": Asking(body={"code": "123456"}),
    "auth_post_account_authenticators_recovery_codes": Asking(body={}),
    "auth_put_account_authenticators_webauthn": Asking(
        body={"id": "{own_passkey}", "name": "Another"}
    ),
    "auth_delete_account_authenticators_webauthn": Asking(
        body={"authenticators": ["{own_passkey}"]}
    ),
    "auth_post_account_authenticators_webauthn": Asking(
        body={"name": "Key", "credential": a_credential(b"new")}
    ),
    "auth_post_app_tokens_refresh": Asking(body={"refresh_token": "{own_refresh_token}"}),
    "auth_post_account_password_change": Asking(
        body={"current_password": "{own_password}", "new_password": NEW_PASSWORD}
    ),
    "auth_delete_auth_sessions": Asking(body={"sessions": ["{own_session}"]}),
}
NONSENSE: tuple[Any, ...] = (
    {},
    {"email": "x", "password": "x", "key": "x", "code": "x", "sessions": ["x"]},
    {
        "provider": "none",
        "process": "login",
        "callback_url": "https://elsewhere.test/",
        "token": {"client_id": "x", "id_token": "x"},
        "account": "x",
        "name": "x",
        "credential": {"id": "x"},
        "authenticators": [1],
        "refresh_token": "x",
        "primary": True,
        "trust": True,
    },
)
