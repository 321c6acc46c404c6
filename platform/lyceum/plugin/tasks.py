"""What the worker does for a plugin: later, or at set times. See `tasks` in its manifest."""

from lyceum.schools.plugins.jobs import crontab, periodic, task

__all__ = ["crontab", "periodic", "task"]
