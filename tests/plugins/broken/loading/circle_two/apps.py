from lyceum.plugin.apps import PluginConfig


class CircleTwoConfig(PluginConfig):
    name = "plugins.circle_two"
