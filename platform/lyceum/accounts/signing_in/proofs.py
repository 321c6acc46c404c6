"""When a person last proved, in a session, that it is them: by logging in, or by confirming it."""

from __future__ import annotations

from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

from allauth.account import app_settings
from allauth.account.authentication import get_authentication_records

from lyceum.accounts.models import User


def proved_recently(*, user: User, session: Any, at: datetime) -> bool:
    """
    Return whether a person proved within the last minutes that this session is theirs.

    `session` is its data, as allauth keeps them. How many minutes is the setting
    `ACCOUNT_REAUTHENTICATION_TIMEOUT`, as for allauth's own doors.
    """
    records = get_authentication_records(SimpleNamespace(session=session), user)
    since = at - timedelta(seconds=app_settings.REAUTHENTICATION_TIMEOUT)
    return any(record.get("at", 0) >= since.timestamp() for record in records)
