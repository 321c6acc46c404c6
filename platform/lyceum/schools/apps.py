from django.apps import AppConfig


class SchoolsConfig(AppConfig):
    name = "lyceum.schools"
    label = "schools"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from lyceum.schools.plugins import failures, jobs, news

        failures.connect()
        news.connect()
        jobs.register_parts()
