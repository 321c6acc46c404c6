"""Where a plugin answers what the platform asks, and hears what happened: its `hooks.py`.

What there is to answer and to hear is in the reference, `platform/docs/hooks.md`.
"""

from lyceum.events.consumers import News
from lyceum.kernel.plugins.hooks import Refusal, hookimpl
from lyceum.kernel.plugins.news import on

__all__ = ["News", "Refusal", "hookimpl", "on"]
