from lyceum.plugin.apps import PluginConfig


class PoliteConfig(PluginConfig):
    name = "plugins.polite"
