from lyceum.plugin.apps import PluginConfig


class LeakyConfig(PluginConfig):
    name = "plugins.leaky"
