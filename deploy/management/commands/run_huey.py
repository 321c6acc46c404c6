"""`manage.py run_huey`: the worker, which a plugin that is broken does not keep from starting."""

from __future__ import annotations

import logging
import os
from importlib import import_module
from typing import Any

from django.apps import apps
from django.utils.module_loading import module_has_submodule
from huey.contrib.djhuey.management.commands import run_huey

from lyceum.http.draining import EXIT_CODE
from lyceum.kernel.plugins.apps import PluginConfig
from lyceum.kernel.plugins.watchdog import Watch, watchdog

logger = logging.getLogger(__name__)


class Command(run_huey.Command):  # type: ignore[misc]
    help = "Run the worker, which does what need not be waited for."

    def handle(self, *args: Any, **options: Any) -> None:
        self.import_tasks()
        watchdog.on_stuck.append(end_with_what_hangs)
        super().handle(*args, **{**options, "disable_autoload": True})

    @staticmethod
    def import_tasks() -> None:
        """Import the tasks of the house, and no plugin's: the host has those that are sound."""
        for app in apps.get_app_configs():
            if not isinstance(app, PluginConfig) and module_has_submodule(app.module, "tasks"):
                import_module(f"{app.name}.tasks")


def end_with_what_hangs(stuck: Watch) -> None:
    """End this process, to be started anew: its only thread for tasks would never come back."""
    logger.error("A plugin hangs (%s): this worker ends, to be started anew.", stuck.doing)
    logging.shutdown()
    # Not by an exception or a signal: either would wait for the thread that hangs.
    os._exit(EXIT_CODE)
