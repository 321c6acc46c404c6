from django.apps import AppConfig


class ContentConfig(AppConfig):
    name = "lyceum.content"
    label = "content"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from lyceum.content import freshness, review_mail
        from lyceum.content.admin.choosers import begin_choosers_by_mark
        from lyceum.content.admin.viewing import open_to_staff
        from lyceum.content.permissions import declare_permissions
        from lyceum.content.policies import register_policies

        declare_permissions()
        register_policies()
        open_to_staff()
        begin_choosers_by_mark()
        freshness.connect()
        review_mail.connect()
