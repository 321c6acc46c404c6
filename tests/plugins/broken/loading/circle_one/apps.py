from lyceum.plugin.apps import PluginConfig


class CircleOneConfig(PluginConfig):
    name = "plugins.circle_one"
