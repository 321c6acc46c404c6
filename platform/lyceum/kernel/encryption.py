"""Secrets at rest: encrypted with keys that the database does not hold, and that can be changed."""

from __future__ import annotations

import base64
from collections.abc import Callable
from functools import cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac

from lyceum.kernel.errors import Unavailable
from lyceum.kernel.registries import Registry

# Each encrypts anew what a room keeps, in a transaction of its own, and returns how many rows.
holders: Registry[Callable[[], int]] = Registry("holders of secrets")


class SecretUnreadable(Unavailable):
    """
    A secret was encrypted with a key that this instance does not have any more.

    The operator adds the key to `LYCEUM_ENCRYPTION_KEYS` again, after the newest.
    """

    code = "secret_unreadable"
    detail = "A secret was encrypted with a key that is not here any more."


def encrypt(text: str) -> str:
    """Return a text encrypted with the newest key, as ASCII."""
    return _keys().encrypt(text.encode()).decode()


def decrypt(secret: str) -> str:
    """
    Return what `encrypt` was given.

    :raises SecretUnreadable: if none of the keys is the one it was encrypted with
    """
    try:
        return _keys().decrypt(secret.encode()).decode()
    except InvalidToken as error:
        raise SecretUnreadable from error


def rotate(secret: str) -> str:
    """
    Return a secret encrypted anew, with the newest key.

    :raises SecretUnreadable: if none of the keys is the one it was encrypted with
    """
    return encrypt(decrypt(secret))


def _keys() -> MultiFernet:
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return _built(tuple(settings.LYCEUM_ENCRYPTION_KEYS), secrets)


@cache
def _built(phrases: tuple[str, ...], secrets: tuple[str, ...]) -> MultiFernet:
    # Where no key was set from the beginning, what was encrypted until then stays readable.
    own = [_fernet(phrase) for phrase in phrases]
    return MultiFernet([*own, *(_fernet(secret) for secret in secrets)])


def _fernet(phrase: str) -> Fernet:
    # Any long random text will do for a key: it is made one of its own, of the right length.
    key = salted_hmac("lyceum.kernel.encryption", "key", secret=phrase, algorithm="sha256")
    return Fernet(base64.urlsafe_b64encode(key.digest()))
