from lyceum.plugin.apps import PluginConfig


class LonelyConfig(PluginConfig):
    name = "plugins.lonely"
