"""A machine that serves real schools: everything from the environment, nothing guessed.

What is missing or cannot be is told in one sentence, and nothing starts. `deploy/env.example`
explains each variable.
"""

from __future__ import annotations

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from deploy.caches import caches, queue
from deploy.databases import databases
from deploy.environment import flag, required, whole_number, words
from deploy.logs import logging_to_stderr
from deploy.settings.base import *  # noqa: F403
from deploy.settings.base import ALLAUTH_TRUSTED_PROXY_COUNT

SHORTEST_SECRET = 50
A_YEAR = 365 * 24 * 60 * 60

DEBUG = False
if os.environ.get("LYCEUM_DEBUG"):
    raise ImproperlyConfigured("LYCEUM_DEBUG is set: pages of errors would show code to strangers.")

# --- Whom it serves --------------------------------------------------------------------------

SECRET_KEY = required(os.environ, "SECRET_KEY", why="it signs sessions and tokens.")
if len(SECRET_KEY) < SHORTEST_SECRET or len(set(SECRET_KEY)) < 5:
    raise ImproperlyConfigured(
        f"SECRET_KEY can be guessed: make one of {SHORTEST_SECRET} random characters or more."
    )
SECRET_KEY_FALLBACKS = words(os.environ, "SECRET_KEY_FALLBACKS")

ALLOWED_HOSTS = words(os.environ, "ALLOWED_HOSTS")
required(os.environ, "ALLOWED_HOSTS", why="it names the hosts of the schools, parted by commas.")
if "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS is *: name the schools' hosts, as in .example.org.")

# --- Where things lie ------------------------------------------------------------------------

DATA = Path(
    required(os.environ, "LYCEUM_DATA", why="it names the folder for files that a machine keeps.")
)
if not DATA.is_dir():
    raise ImproperlyConfigured(f"LYCEUM_DATA names {DATA}, which is no folder.")
STATIC_ROOT = DATA / "static"
MEDIA_ROOT = DATA / "media"
DATABASES = databases(os.environ, DATA)
CACHES = caches(os.environ)
HUEY = queue(os.environ, DATA)

# --- HTTPS -----------------------------------------------------------------------------------

# Off on a machine that nobody else reaches, to try it; `check --deploy` then says what it costs.
HTTPS = flag(os.environ, "LYCEUM_HTTPS", default=True)
SECURE_SSL_REDIRECT = HTTPS
# A load balancer asks for these over plain HTTP, and learns nothing else from them.
SECURE_REDIRECT_EXEMPT = [r"^api/v1/health/"]
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = (
    whole_number(os.environ, "LYCEUM_HSTS_SECONDS", default=A_YEAR) if HTTPS else 0
)
SECURE_HSTS_INCLUDE_SUBDOMAINS = flag(os.environ, "LYCEUM_HSTS_SUBDOMAINS", default=True)
SECURE_HSTS_PRELOAD = SECURE_HSTS_INCLUDE_SUBDOMAINS
if ALLAUTH_TRUSTED_PROXY_COUNT:
    # Only where a proxy of ours sets the header: anybody else could send it as well.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# --- Mail ------------------------------------------------------------------------------------

required(os.environ, "EMAIL_HOST", why="people sign up by a code that is mailed to them.")
required(os.environ, "DEFAULT_FROM_EMAIL", why="mails must come from an address of yours.")
WAGTAILADMIN_BASE_URL = os.environ.get("LYCEUM_BASE_URL", "").rstrip("/") or (
    f"{'https' if HTTPS else 'http'}://{ALLOWED_HOSTS[0].lstrip('.')}"
)

# --- What is said ----------------------------------------------------------------------------

LOGGING = logging_to_stderr(os.environ.get("LYCEUM_LOG_LEVEL", "INFO").upper())
