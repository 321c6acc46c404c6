"""The base of a plugin's `AppConfig`."""

from lyceum.kernel.plugins.apps import PluginConfig

__all__ = ["PluginConfig"]
