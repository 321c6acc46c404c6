from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "lyceum.access"
    label = "access"

    def ready(self) -> None:
        from lyceum.access.plugins import register_parts
        from lyceum.access.table import declare_permissions

        declare_permissions()
        register_parts()
