from lyceum.plugin.apps import PluginConfig


class ProbeConfig(PluginConfig):
    name = "plugins.probe"
