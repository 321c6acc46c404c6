from lyceum.plugin.apps import PluginConfig


class RaisesInHooksConfig(PluginConfig):
    name = "plugins.raises_in_hooks"
