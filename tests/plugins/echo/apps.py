from lyceum.plugin.apps import PluginConfig


class EchoConfig(PluginConfig):
    name = "plugins.echo"
