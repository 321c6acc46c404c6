from lyceum.plugin.apps import PluginConfig


class ExitsInHooksConfig(PluginConfig):
    name = "plugins.exits_in_hooks"
