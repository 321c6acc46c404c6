from lyceum.plugin.apps import PluginConfig


class SoundConfig(PluginConfig):
    name = "plugins.sound"
