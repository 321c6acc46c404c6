from lyceum.plugin.apps import PluginConfig


class BringsTooMuchConfig(PluginConfig):
    name = "plugins.brings_too_much"
