from django.apps import AppConfig


class SchoolsConfig(AppConfig):
    name = "lyceum.schools"
    label = "schools"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from lyceum.kernel.plugins.settings import register_part
        from lyceum.schools.plugins import failures, installing, jobs, news, settings

        failures.connect()
        news.connect()
        jobs.register_parts()
        settings.connect()
        installing.connect()
        register_part()
