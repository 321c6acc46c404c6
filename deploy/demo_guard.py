"""When the demo must not start: its log-ins are public, so nothing of it belongs in production."""

from __future__ import annotations

import os
import socket
from collections.abc import Mapping
from pathlib import Path

from django.conf import settings

from deploy.databases import SQLITE

LOCAL_SETTINGS = "deploy.settings.local"

# Each of these says that somebody set this machine up to serve real schools.
PRODUCTION_VARIABLES = (
    "LYCEUM_PRODUCTION",
    "DATABASE_URL",
    "REDIS_URL",
    "SECRET_KEY",
    "ALLOWED_HOSTS",
    "EMAIL_HOST",
    "LYCEUM_S3_BUCKET",
)


def production_signs(environment: Mapping[str, str] = os.environ) -> list[str]:
    """Return what speaks of a production machine, each in one sentence; [] on any other."""
    signs = [f"{name} is set." for name in PRODUCTION_VARIABLES if environment.get(name)]
    module = environment.get("DJANGO_SETTINGS_MODULE", LOCAL_SETTINGS)
    if module != LOCAL_SETTINGS:
        signs.append(f"DJANGO_SETTINGS_MODULE is {module}; the demo runs on {LOCAL_SETTINGS}.")
    database = settings.DATABASES["default"]
    inside = Path(str(database["NAME"])).resolve().is_relative_to(settings.DATA.resolve())
    if database["ENGINE"] != SQLITE or not inside:
        signs.append(f"The database is not the demo's own file in {settings.DATA}.")
    return signs


def is_free(port: int) -> bool:
    """Whether a server can listen on a port of 127.0.0.1."""
    with socket.socket() as probe:
        # As the server does, so that a port in TIME_WAIT is not taken for one in use.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
