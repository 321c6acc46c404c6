"""The store of files in a bucket that speaks S3."""

from __future__ import annotations

from typing import Any

from storages.backends.s3 import S3Storage


class Bucket(S3Storage):
    """The instance's bucket, which tasks are told of by its place in the settings alone."""

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        # Its own arguments are no JSON, as those of Wagtail's tasks that delete files must be,
        # and hold the bucket's keys.
        return "django.core.files.storage.DefaultStorage", [], {}
