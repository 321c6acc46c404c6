"""Where files lie: this machine's disk, or a bucket that speaks S3 where one is named."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

ADDRESS_SECONDS = 300


def stores(environment: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """Return Django's `STORAGES` for what the environment says."""
    return {
        "default": _files(environment),
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


def _files(environment: Mapping[str, str]) -> dict[str, Any]:
    bucket = environment.get("LYCEUM_S3_BUCKET")
    if not bucket:
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    endpoint = environment.get("LYCEUM_S3_ENDPOINT") or None
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": bucket,
            "endpoint_url": endpoint,
            "region_name": environment.get("LYCEUM_S3_REGION") or None,
            # Without keys the SDK looks for them itself, as in the role of the machine.
            "access_key": environment.get("LYCEUM_S3_ACCESS_KEY") or None,
            "secret_key": environment.get("LYCEUM_S3_SECRET_KEY") or None,
            # Only Amazon is sure to give each bucket a host name of its own.
            "addressing_style": "path" if endpoint else "virtual",
            "signature_version": "s3v4",
            # What is stored is the bucket owner's alone, and read by signed addresses: nothing is
            # told of access lists, which many buckets refuse.
            "default_acl": None,
            "querystring_auth": True,
            "querystring_expire": ADDRESS_SECONDS,
            "file_overwrite": False,
        },
    }
