from lyceum.plugin.apps import PluginConfig


class StageConfig(PluginConfig):
    name = "plugins.stage"
