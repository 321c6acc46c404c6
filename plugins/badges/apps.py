from lyceum.plugin.apps import PluginConfig


class BadgesConfig(PluginConfig):
    name = "plugins.badges"
