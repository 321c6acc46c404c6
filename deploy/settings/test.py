"""The settings of the suite: a database of its own, quick passwords, mail kept in memory."""

from __future__ import annotations

import tempfile
from pathlib import Path

from deploy.settings.base import *  # noqa: F403
from deploy.settings.base import HUEY, sqlite
from deploy.storage import stores

TEMPORARY = Path(tempfile.mkdtemp(prefix="lyceum-test-"))

SECRET_KEY = "only-for-tests-" + "x" * 50
ALLOWED_HOSTS = ["*"]
# A file, not memory: two threads share it only as two processes would.
DATABASES = {
    "default": {
        **sqlite(TEMPORARY / "lyceum.sqlite3"),
        "TEST": {"NAME": str(TEMPORARY / "test.sqlite3")},
    }
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# One process: its memory is shared enough. That processes share it is tested with a real server.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
MEDIA_ROOT = TEMPORARY / "media"
STORAGES = stores({})
HUEY = {**HUEY, "immediate": True, "filename": str(TEMPORARY / "huey.sqlite3")}
