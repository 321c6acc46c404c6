"""What the worker tidies up among accounts."""

from __future__ import annotations

from huey import crontab
from huey.contrib.djhuey import db_periodic_task

from lyceum.accounts.childhood import find_children

# Tasks are looked for in a module of this name.
from lyceum.accounts.privacy import tasks as of_privacy  # noqa: F401
from lyceum.accounts.signing_in.sessions import forget_ended_sessions
from lyceum.accounts.social.id_tokens import forget_spent_tokens
from lyceum.accounts.tokens.personal import forget_expired_tokens
from lyceum.kernel.clock import now


@db_periodic_task(crontab(minute="41", hour="3"))
def forget_sessions() -> None:
    """Delete sessions that are over, and tokens, ours and providers', long expired."""
    forget_ended_sessions(now())
    forget_expired_tokens(now())
    forget_spent_tokens(now())


@db_periodic_task(crontab(minute="11"))
def mark_children() -> None:
    """Mark who is a child by what they told before an upgrade, or before the age was raised."""
    find_children(at=now())
