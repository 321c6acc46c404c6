"""Which providers one can log in with: those that the environment names, and no others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cryptography.hazmat.primitives.serialization import load_pem_private_key
from django.core.exceptions import ImproperlyConfigured


def providers(environment: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """
    Return allauth's `SOCIALACCOUNT_PROVIDERS` for what the environment says.

    :raises ImproperlyConfigured: naming what is missing of a provider that is named in part
    """
    apps = {
        "google": _google(environment),
        "facebook": _facebook(environment),
        "apple": _apple(environment),
    }
    return {provider: {"APPS": found} for provider, found in apps.items() if found}


def _google(environment: Mapping[str, str]) -> list[dict[str, Any]]:
    web = {
        "LYCEUM_GOOGLE_CLIENT_ID": environment.get("LYCEUM_GOOGLE_CLIENT_ID", ""),
        "LYCEUM_GOOGLE_SECRET": environment.get("LYCEUM_GOOGLE_SECRET", ""),
    }
    apps = _native(environment.get("LYCEUM_GOOGLE_APP_CLIENT_IDS", ""))
    if not _is_complete(web):
        return apps
    client_id, secret = web.values()
    return [{"client_id": client_id, "secret": secret}, *apps]


def _facebook(environment: Mapping[str, str]) -> list[dict[str, Any]]:
    # One app for pages and phones alike.
    app = {
        "LYCEUM_FACEBOOK_APP_ID": environment.get("LYCEUM_FACEBOOK_APP_ID", ""),
        "LYCEUM_FACEBOOK_SECRET": environment.get("LYCEUM_FACEBOOK_SECRET", ""),
    }
    if not _is_complete(app):
        return []
    client_id, secret = app.values()
    return [{"client_id": client_id, "secret": secret}]


def _apple(environment: Mapping[str, str]) -> list[dict[str, Any]]:
    web = {
        "LYCEUM_APPLE_CLIENT_ID": environment.get("LYCEUM_APPLE_CLIENT_ID", ""),
        "LYCEUM_APPLE_TEAM_ID": environment.get("LYCEUM_APPLE_TEAM_ID", ""),
        "LYCEUM_APPLE_KEY_ID": environment.get("LYCEUM_APPLE_KEY_ID", ""),
        "LYCEUM_APPLE_PRIVATE_KEY": environment.get("LYCEUM_APPLE_PRIVATE_KEY", ""),
    }
    apps = _native(environment.get("LYCEUM_APPLE_APP_CLIENT_IDS", ""))
    if not _is_complete(web):
        return apps
    client_id, team, key_id, key = web.values()
    key = _checked_key(key.replace("\\n", "\n"))
    # Where allauth's names are Apple's: `secret` is the key's id, `key` the team's.
    signing = {"certificate_key": key}
    return [{"client_id": client_id, "secret": key_id, "key": team, "settings": signing}, *apps]


def _native(client_ids: str) -> list[dict[str, Any]]:
    """Return the apps of phones, which have an id and no secret."""
    return [{"client_id": each.strip()} for each in client_ids.split(",") if each.strip()]


def _is_complete(variables: Mapping[str, str]) -> bool:
    missing = [name for name, value in variables.items() if not value]
    if missing and len(missing) < len(variables):
        raise ImproperlyConfigured(f"Of this provider there is no {' and no '.join(missing)}.")
    return not missing


def _checked_key(pem: str) -> str:
    try:
        load_pem_private_key(pem.encode(), password=None)
    except (ValueError, TypeError) as error:
        message = "LYCEUM_APPLE_PRIVATE_KEY is no key: give the text of Apple's .p8 file."
        raise ImproperlyConfigured(message) from error
    return pem
