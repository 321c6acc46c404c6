from django.apps import AppConfig


class HttpConfig(AppConfig):
    name = "lyceum.http"
    label = "http"

    def ready(self) -> None:
        from lyceum.http.plugins import register_parts
        from lyceum.http.privacy import answers
        from lyceum.kernel.privacy import providers

        register_parts()
        providers.register("http", answers())
