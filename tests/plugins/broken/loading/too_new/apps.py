from lyceum.plugin.apps import PluginConfig


class TooNewConfig(PluginConfig):
    name = "plugins.too_new"
