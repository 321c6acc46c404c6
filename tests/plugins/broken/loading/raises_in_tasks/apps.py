from lyceum.plugin.apps import PluginConfig


class RaisesInTasksConfig(PluginConfig):
    name = "plugins.raises_in_tasks"
