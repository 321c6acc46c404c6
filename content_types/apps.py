from django.apps import AppConfig


class ContentTypesConfig(AppConfig):
    name = "content_types"
    label = "content_types"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from content_types import curriculum, exercise_source
        from content_types.exercise_kinds import KINDS
        from content_types.rendering import registration
        from lyceum.plugin.exercises import exercise_kinds

        for kind in KINDS:
            exercise_kinds.register(kind.name, kind)

        registration.register()
        exercise_source.register()
        curriculum.register()
