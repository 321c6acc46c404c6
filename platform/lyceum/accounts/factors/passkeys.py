"""Which passkeys count where: on a school's host, on those of one domain, and in native apps."""

from __future__ import annotations

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn.internal import auth
from django.conf import settings
from fido2.rpid import verify_rp_id
from fido2.server import Fido2Server
from fido2.webauthn import PublicKeyCredentialRpEntity


def connect() -> None:
    """Have allauth ask us whose word counts. Called once, at start-up: it has no setting for it."""
    auth.get_server = _server


def domain_of(host: str) -> str:
    """
    Return the domain that passkeys are bound to when they are made or used on a host.

    The deployment's own where the host lies in it, so that one passkey serves all its schools;
    elsewhere the host alone, since browsers allow nothing else.
    """
    name = host.partition(":")[0].lower().rstrip(".")
    domain: str = settings.LYCEUM_PASSKEY_DOMAIN
    return domain if domain and (name == domain or name.endswith(f".{domain}")) else name


def _server() -> Fido2Server:
    party = PublicKeyCredentialRpEntity(**get_adapter().get_public_key_credential_rp_entity())

    def is_ours(origin: str) -> bool:
        # An Android app's origin is the digest of who signed it, not an address.
        return origin in settings.LYCEUM_PASSKEY_APPS or verify_rp_id(party.id or "", origin)

    return Fido2Server(party, verify_origin=is_ours)
