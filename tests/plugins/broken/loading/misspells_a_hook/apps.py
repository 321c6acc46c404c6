from lyceum.plugin.apps import PluginConfig


class MisspellsAHookConfig(PluginConfig):
    name = "plugins.misspells_a_hook"
