from django.apps import AppConfig


class HttpConfig(AppConfig):
    name = "lyceum.http"
    label = "http"

    def ready(self) -> None:
        from lyceum.http.plugins import register_parts

        register_parts()
