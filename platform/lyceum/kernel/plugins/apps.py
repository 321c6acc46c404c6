"""The base of every plugin's `AppConfig`: what breaks in it costs the plugin alone."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig, apps

from lyceum.kernel.plugins.host import host


class PluginConfig(AppConfig):
    """
    A plugin's `AppConfig`. A subclass names its package, and that is all:

        class MomentsConfig(PluginConfig):
            name = "plugins.moments"
    """

    default = False
    default_auto_field = "django.db.models.BigAutoField"

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        # Django would see two candidates in a file that imports this class, and take neither.
        cls.default = True

    def __init__(self, app_name: str, app_module: Any) -> None:
        self.plugin = host.of_package(app_name)
        self.label = self.plugin.slug
        super().__init__(app_name, app_module)

    def import_models(self) -> None:
        """Import the models; where they break, forget those that were registered before."""
        try:
            super().import_models()
        except (Exception, SystemExit) as error:
            host.broke(self.plugin, "models.py", error)
            self._forget_models()

    def ready(self) -> None:
        """Load the plugin. Not to be overridden: what it brings lies in its files."""
        host.load(self.plugin)
        if not self.plugin.is_loaded:
            self._forget_models()

    def _forget_models(self) -> None:
        """Leave Django no model whose table need not be there: deletions would look into it."""
        apps.all_models[self.label].clear()
        apps.clear_cache()
        # While apps become ready, Django leaves it to models to forget whom they are related to.
        for model in apps.get_models(include_auto_created=True) if apps.models_ready else ():
            model._meta._expire_cache()  # type: ignore[attr-defined]
        self.models = apps.all_models[self.label]
        self.models_module = None
