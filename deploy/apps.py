from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


class DeployConfig(AppConfig):
    name = "deploy"

    def ready(self) -> None:
        from deploy.databases import make_cache_table

        # Django tells only apps with models, of which this is none: any one will do.
        post_migrate.connect(make_cache_table, sender=apps.get_app_config("accounts"))
