"""The providers that one can log in with; allauth looks for them in a module of this name."""

from __future__ import annotations

from lyceum.accounts.social.apple import AppleProvider
from lyceum.accounts.social.facebook import FacebookProvider
from lyceum.accounts.social.google import GoogleProvider

provider_classes = [GoogleProvider, AppleProvider, FacebookProvider]
