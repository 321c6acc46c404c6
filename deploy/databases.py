"""Which database holds what: the cache has one of its own, where the settings name one."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import models

CACHE = "cache"
CACHE_LABEL = "django_cache"  # what Django calls the cache's table when it asks


class CacheRouter:
    """Sends the cache to its own file, and everything else past it."""

    def db_for_read(self, model: type[models.Model], **hints: Any) -> str | None:
        return CACHE if model._meta.app_label == CACHE_LABEL else None

    db_for_write = db_for_read

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool | None:
        if db == CACHE or app_label == CACHE_LABEL:
            return db == CACHE and app_label == CACHE_LABEL
        return None


def make_cache_table(**_: Any) -> None:
    """Make the cache's table if it is missing: `migrate` alone does not."""
    if CACHE in settings.DATABASES:
        call_command("createcachetable", database=CACHE, verbosity=0)
