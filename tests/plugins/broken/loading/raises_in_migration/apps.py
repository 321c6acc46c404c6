from lyceum.plugin.apps import PluginConfig


class RaisesInMigrationConfig(PluginConfig):
    name = "plugins.raises_in_migration"
