from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "lyceum.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from lyceum.accounts import addresses, scopes

        addresses.connect()
        scopes.declare_scopes()
