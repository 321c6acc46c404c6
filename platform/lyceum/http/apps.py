from django.apps import AppConfig


class HttpConfig(AppConfig):
    name = "lyceum.http"
    label = "http"

    def ready(self) -> None:
        from lyceum.http import plugins, screens
        from lyceum.http.privacy import answers
        from lyceum.kernel.privacy import providers

        plugins.register_parts()
        screens.register_parts()
        providers.register("http", answers())
