"""The settings of the suite: a database of its own, quick passwords, mail kept in memory.

`manage.py test --engines` runs it on a PostgreSQL and a Redis, which it starts for the purpose.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

from deploy.caches import caches
from deploy.databases import postgresql, sqlite
from deploy.plugins import plugin_apps
from deploy.settings.base import *  # noqa: F403
from deploy.settings.base import HUEY, ROOT
from deploy.settings.house import HOUSE
from deploy.storage import stores

TEMPORARY = Path(tempfile.mkdtemp(prefix="lyceum-test-"))
atexit.register(shutil.rmtree, TEMPORARY, ignore_errors=True)

SECRET_KEY = "only-for-tests-" + "x" * 50
ALLOWED_HOSTS = ["*"]
# With a plugin that uses all that there is.
INSTALLED_APPS = [*HOUSE, *plugin_apps(os.environ, HOUSE, ROOT / "tests" / "plugins")]
DATABASES: dict[str, dict[str, Any]] = {
    # A file, not memory: two threads share it only as two processes would.
    "default": {
        **sqlite(TEMPORARY / "lyceum.sqlite3"),
        "TEST": {"NAME": str(TEMPORARY / "test.sqlite3")},
    }
}
if address := os.environ.get("LYCEUM_TEST_DATABASE_URL"):
    # More connections than the threads of any test.
    DATABASES["default"] = postgresql(address, {"LYCEUM_DB_CONNECTIONS": "20"})
# What is published is held to what was declared: a broken promise is found here, not by a plugin.
LYCEUM_STRICT_EVENTS = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# One process: its memory is shared enough. That processes share it is tested with a real server.
CACHES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}
if address := os.environ.get("LYCEUM_TEST_REDIS_URL"):
    # Each of the suite's processes empties its own.
    number = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
    CACHES = caches({"REDIS_URL": f"{address}/{number}"})
MEDIA_ROOT = TEMPORARY / "media"
STORAGES = stores({})
HUEY = {**HUEY, "immediate": True, "filename": str(TEMPORARY / "huey.sqlite3")}
