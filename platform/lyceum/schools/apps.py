from django.apps import AppConfig


class SchoolsConfig(AppConfig):
    name = "lyceum.schools"
    label = "schools"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from lyceum.kernel.plugins.settings import register_part
        from lyceum.schools import actions
        from lyceum.schools.news import declare_news
        from lyceum.schools.plugins import (
            elsewhere,
            failures,
            installing,
            jobs,
            news,
            roles,
            settings,
        )

        declare_news()
        actions.declare()
        self._declare_privacy()
        failures.connect()
        news.connect()
        jobs.register_parts()
        roles.connect()
        settings.connect()
        installing.connect()
        elsewhere.register_own()
        register_part()

    def _declare_privacy(self) -> None:
        from lyceum.kernel.privacy import (
            file_keepers,
            providers,
            recorded_columns,
            recorded_files,
            vetoes,
        )
        from lyceum.schools.dropping import drop_files
        from lyceum.schools.privacy import (
            columns_of_plugins,
            files_of_plugins,
            keep_admins,
            places,
        )

        providers.register("schools", places())
        vetoes.register("admins of schools", keep_admins)
        recorded_columns.register("installed plugins", columns_of_plugins)
        recorded_files.register("installed plugins", files_of_plugins)
        file_keepers.register("dropping", drop_files)
