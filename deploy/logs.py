"""What production says, line by line, each with the id of the request that it is about."""

from __future__ import annotations

import logging
from typing import Any

from lyceum.kernel.context import current


class RequestId(logging.Filter):
    """Adds the request's id to a record: the one that the answer carries as `X-Request-Id`."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)  # Django's own lines come when it is over
        record.request_id = current().request_id or getattr(request, "request_id", "-")
        return True


def logging_to_stderr(level: str) -> dict[str, Any]:
    """Return Django's `LOGGING`: all to the error output, where the system's journal takes it."""
    line = "%(asctime)s %(levelname)s %(name)s %(request_id)s %(message)s"
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"request_id": {"()": RequestId}},
        "formatters": {"line": {"format": line}},
        "handlers": {
            "stderr": {
                "class": "logging.StreamHandler",
                "formatter": "line",
                "filters": ["request_id"],
            }
        },
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            # Django mails errors to ADMINS besides, of whom there are none.
            "django": {"handlers": [], "level": level},
            "wagtail": {"level": "WARNING"},  # it tells what pages are called; the audit knows who
            "psycopg.pool": {"level": "ERROR"},  # it tells of every try to connect
        },
    }
