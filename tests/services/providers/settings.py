"""The local settings, with the providers' classes that ask on loopback."""

from __future__ import annotations

from deploy.settings.local import *  # noqa: F403
from deploy.settings.local import SOCIALACCOUNT_PROVIDERS

CLASSES = {
    "google": "tests.services.providers.loopback.GoogleOnLoopback",
    "apple": "tests.services.providers.loopback.AppleOnLoopback",
    "facebook": "tests.services.providers.loopback.FacebookOnLoopback",
}
for provider, its_class in CLASSES.items():
    SOCIALACCOUNT_PROVIDERS[provider]["provider_class"] = its_class
ALLOWED_HOSTS = ["127.0.0.1", "toto.test", "sign-in.test"]
