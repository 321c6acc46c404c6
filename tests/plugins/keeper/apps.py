from lyceum.plugin.apps import PluginConfig


class KeeperConfig(PluginConfig):
    name = "plugins.keeper"
