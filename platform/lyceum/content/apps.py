from django.apps import AppConfig


class ContentConfig(AppConfig):
    name = "lyceum.content"
    label = "content"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from lyceum.content import actions, audit, indexing, page_types
        from lyceum.content.admin import plugin_pages
        from lyceum.content.admin.choosers import begin_choosers_by_mark
        from lyceum.content.admin.viewing import open_to_staff
        from lyceum.content.blocks import plugins as plugin_blocks
        from lyceum.content.documents import freshness
        from lyceum.content.exercises import plugins as plugin_kinds
        from lyceum.content.files import dropping
        from lyceum.content.news import declare_news
        from lyceum.content.privacy import editing
        from lyceum.content.publication import checks, gate
        from lyceum.content.review import mail as review_mail
        from lyceum.content.rights.permissions import declare_permissions
        from lyceum.content.rights.policies import register_policies
        from lyceum.kernel.privacy import providers

        declare_news()
        actions.declare()
        declare_permissions()
        providers.register("content", editing())
        register_policies()
        open_to_staff()
        plugin_pages.register_parts()
        plugin_kinds.register_parts()
        plugin_blocks.register_parts()
        page_types.register_parts()
        begin_choosers_by_mark()
        freshness.connect()
        indexing.connect()
        checks.register()
        gate.connect()
        audit.connect()
        dropping.connect()
        review_mail.connect()
