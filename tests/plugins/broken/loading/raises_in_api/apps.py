from lyceum.plugin.apps import PluginConfig


class RaisesInApiConfig(PluginConfig):
    name = "plugins.raises_in_api"
