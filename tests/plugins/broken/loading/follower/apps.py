from lyceum.plugin.apps import PluginConfig


class FollowerConfig(PluginConfig):
    name = "plugins.follower"
