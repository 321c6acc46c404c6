from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "lyceum.events"
    label = "events"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from lyceum.events.privacy import spine
        from lyceum.kernel.privacy import providers

        providers.register("events", spine())
