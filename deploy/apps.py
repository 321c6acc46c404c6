from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


class DeployConfig(AppConfig):
    name = "deploy"

    def ready(self) -> None:
        from deploy.databases import make_cache_table
        from lyceum.events.actions import Action, declare_actions

        declare_actions(
            Action(
                "instance.restored",
                "The instance was put back from a backup.",
                changes={"made_at": "when the backup was made"},
            )
        )

        # Django tells only apps with models, of which this is none: any one will do.
        post_migrate.connect(make_cache_table, sender=apps.get_app_config("accounts"))
