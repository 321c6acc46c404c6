from lyceum.plugin.apps import PluginConfig


class BringsAPageConfig(PluginConfig):
    name = "plugins.brings_a_page"
