from lyceum.plugin.apps import PluginConfig


class LatinConfig(PluginConfig):
    name = "plugins.latin"
