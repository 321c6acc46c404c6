"""Where files lie: this machine's disk, or a bucket that speaks S3 where one is named."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

ADDRESS_SECONDS = 300
SECONDS_TO_CONNECT = 2
SECONDS_TO_ANSWER = 20  # of silence, not of a whole file


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
    # Imported here: an instance that keeps its files on a disk does not load the SDK.
    from botocore.config import Config

    endpoint = environment.get("LYCEUM_S3_ENDPOINT") or None
    return {
        "BACKEND": "deploy.bucket.Bucket",
        "OPTIONS": {
            "bucket_name": bucket,
            "endpoint_url": endpoint,
            "region_name": environment.get("LYCEUM_S3_REGION") or None,
            # Without keys the SDK looks for them itself, as in the role of the machine.
            "access_key": environment.get("LYCEUM_S3_ACCESS_KEY") or None,
            "secret_key": environment.get("LYCEUM_S3_SECRET_KEY") or None,
            "client_config": Config(
                # Only Amazon is sure to give each bucket a host name of its own.
                s3={"addressing_style": "path" if endpoint else "virtual"},
                signature_version="s3v4",
                # A request is told soon that the service is away; the SDK's own patience is
                # minutes, in which every thread of the server would come to wait.
                connect_timeout=SECONDS_TO_CONNECT,
                read_timeout=SECONDS_TO_ANSWER,
                retries={"total_max_attempts": 2, "mode": "standard"},
            ),
            # What is stored is the bucket owner's alone, and read by signed addresses: nothing is
            # told of access lists, which many buckets refuse.
            "default_acl": None,
            "querystring_auth": True,
            "querystring_expire": ADDRESS_SECONDS,
            "file_overwrite": False,
        },
    }
