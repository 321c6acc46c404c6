from lyceum.plugin.apps import PluginConfig


class RaisesInCmsConfig(PluginConfig):
    name = "plugins.raises_in_cms"
