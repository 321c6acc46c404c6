from django.apps import AppConfig


class ContentTypesConfig(AppConfig):
    name = "content_types"
    label = "content_types"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from content_types import counts, curriculum, exercise_source, lesson_copies, publication
        from content_types.admin.addresses import READ_LIST, SEE_TASK, TRY_ANSWER
        from content_types.exchange import importing
        from content_types.exchange.archive import PRIVACY
        from content_types.exercise_kinds import KINDS
        from content_types.rendering import registration
        from lyceum.plugin.audit import declare_actions
        from lyceum.plugin.content import count_checks, tree_changed
        from lyceum.plugin.editing import staff_addresses
        from lyceum.plugin.exercises import exercise_kinds
        from lyceum.plugin.privacy import providers

        for kind in KINDS:
            exercise_kinds.register(kind.name, kind)

        for name in (TRY_ANSWER, SEE_TASK, READ_LIST):
            staff_addresses.register(name, {})
        providers.register("content_types", PRIVACY)
        declare_actions(importing.IMPORTED)
        registration.register()
        exercise_source.register()
        curriculum.register()
        publication.register()
        lesson_copies.connect()
        tree_changed.register("content_types.counts", counts.recount)
        count_checks.register("content_types", counts.miscounted)
