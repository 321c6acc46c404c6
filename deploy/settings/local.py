"""One machine, nothing but Python: the demo's settings."""

from __future__ import annotations

import os

from deploy.databases import sqlite
from deploy.settings.base import *  # noqa: F403
from deploy.settings.base import DATA
from deploy.settings.secrets import kept_secret

DATA.mkdir(parents=True, exist_ok=True)

SECRET_KEY = kept_secret(DATA / "secret_key")
DEBUG = bool(os.environ.get("LYCEUM_DEBUG"))
ALLOWED_HOSTS = ["127.0.0.1", "localhost", ".localhost"]

DATABASES = {
    "default": sqlite(DATA / "lyceum.sqlite3"),
    "cache": sqlite(DATA / "cache.sqlite3"),
}
