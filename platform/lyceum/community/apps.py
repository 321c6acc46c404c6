from django.apps import AppConfig


class CommunityConfig(AppConfig):
    name = "lyceum.community"
    label = "community"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from lyceum.community import actions, hookspecs
        from lyceum.community.admin.addresses import open_to_moderators
        from lyceum.community.distance import stands_between
        from lyceum.community.news import declare_news
        from lyceum.community.permissions import declare_permissions, declare_scopes
        from lyceum.community.privacy import living_together
        from lyceum.community.purging import register_rows
        from lyceum.kernel.plugins.hooks import hooks
        from lyceum.kernel.privacy import providers
        from lyceum.schools.standing import hidings

        declare_news()
        actions.declare()
        hooks.specify(hookspecs)
        declare_permissions()
        providers.register("community", living_together())
        declare_scopes()
        hidings.register("blocks", stands_between)
        register_rows()
        open_to_moderators()
