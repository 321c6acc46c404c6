"""What allauth asks us about second factors: how to keep their secrets, and what to call us."""

from __future__ import annotations

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings

from lyceum.accounts.addresses import primary_address_of
from lyceum.accounts.factors.passkeys import domain_of
from lyceum.accounts.models import User
from lyceum.kernel import encryption
from lyceum.schools.scope import current_school


class FactorAdapter(DefaultMFAAdapter):
    """Secrets encrypted, factors named after the school, passkeys bound to a domain."""

    def encrypt(self, text: str) -> str:
        return encryption.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return encryption.decrypt(encrypted_text)

    def get_totp_issuer(self) -> str:
        return self._get_site_name()

    def _get_site_name(self) -> str:
        school = current_school()
        return school.name if school is not None else settings.WAGTAIL_SITE_NAME

    def _get_user_identifier(self, user: User) -> str:
        return primary_address_of(user)[0] or str(user)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {"id": domain_of(context.request.get_host()), "name": self._get_site_name()}
