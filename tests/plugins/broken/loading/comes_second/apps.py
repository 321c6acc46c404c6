from lyceum.plugin.apps import PluginConfig


class ComesSecondConfig(PluginConfig):
    name = "plugins.comes_second"
