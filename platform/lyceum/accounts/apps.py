from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "lyceum.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from allauth.socialaccount import signals

        from lyceum.accounts import addresses
        from lyceum.accounts.factors import passkeys
        from lyceum.accounts.factors import services as factors
        from lyceum.accounts.managed import care, guard
        from lyceum.accounts.social import sign_up
        from lyceum.accounts.tokens import scopes
        from lyceum.schools.membership import endings

        addresses.connect()
        factors.connect()
        guard.connect()
        passkeys.connect()
        scopes.declare_scopes()
        endings.register("managed accounts", care.end_with_place)
        signals.social_account_added.connect(sign_up.note_connected, dispatch_uid="lyceum")
        signals.social_account_removed.connect(sign_up.note_disconnected, dispatch_uid="lyceum")
