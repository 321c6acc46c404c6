from lyceum.plugin.apps import PluginConfig


class BringsAnAdminConfig(PluginConfig):
    name = "plugins.brings_an_admin"
