from django.apps import AppConfig


class HttpConfig(AppConfig):
    name = "lyceum.http"
    label = "http"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from lyceum.http import plugins, screens, viewing
        from lyceum.http.privacy import answers, of_plugin
        from lyceum.kernel.privacy import providers
        from lyceum.schools.plugins.elsewhere import elsewhere, rows_elsewhere

        plugins.register_parts()
        viewing.declare()
        screens.register_parts()
        providers.register("http", answers())
        elsewhere.register("answers", rows_elsewhere(_("answers kept for a day"), of_plugin))
