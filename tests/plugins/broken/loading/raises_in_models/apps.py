from lyceum.plugin.apps import PluginConfig


class RaisesInModelsConfig(PluginConfig):
    name = "plugins.raises_in_models"
