from lyceum.plugin.apps import PluginConfig


class UnrulyConfig(PluginConfig):
    name = "plugins.unruly"
