from lyceum.plugin.apps import PluginConfig


class SearchConfig(PluginConfig):
    name = "plugins.search"
