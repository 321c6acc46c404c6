from lyceum.plugin.apps import PluginConfig


class HidesAListenerConfig(PluginConfig):
    name = "plugins.hides_a_listener"
