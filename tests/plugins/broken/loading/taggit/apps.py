from lyceum.plugin.apps import PluginConfig


class TaggitConfig(PluginConfig):
    name = "plugins.taggit"
