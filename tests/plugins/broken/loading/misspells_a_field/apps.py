from lyceum.plugin.apps import PluginConfig


class MisspellsAFieldConfig(PluginConfig):
    name = "plugins.misspells_a_field"
