from lyceum.plugin.apps import PluginConfig


class MomentsConfig(PluginConfig):
    name = "plugins.moments"
