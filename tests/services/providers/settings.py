"""The local settings, with the providers' classes that ask on loopback."""

from __future__ import annotations

from deploy.settings.local import *  # noqa: F403
from deploy.settings.local import SOCIALACCOUNT_PROVIDERS

CLASSES = {
    "google": "tests.services.providers.loopback.GoogleOnLoopback",
    "apple": "tests.services.providers.loopback.AppleOnLoopback",
    "facebook": "tests.services.providers.loopback.FacebookOnLoopback",
}
for provider, configured in SOCIALACCOUNT_PROVIDERS.items():
    configured["provider_class"] = CLASSES[provider]
ALLOWED_HOSTS = ["127.0.0.1", ".localhost", "toto.test", "sign-in.test"]
