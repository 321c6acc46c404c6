from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "lyceum.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from allauth.socialaccount import signals
        from django.db.models.signals import post_delete

        from lyceum.accounts import actions, addresses, childhood, inviting
        from lyceum.accounts.factors import passkeys
        from lyceum.accounts.factors import services as factors
        from lyceum.accounts.managed import care, guard
        from lyceum.accounts.news import declare_news
        from lyceum.accounts.privacy import erasing, guards, held, plugins
        from lyceum.accounts.signing_in import records
        from lyceum.accounts.social import sign_up
        from lyceum.accounts.tokens import plugins as tokens
        from lyceum.accounts.tokens import scopes
        from lyceum.kernel.privacy import providers
        from lyceum.schools.childhood import childhoods
        from lyceum.schools.invitations import invitation_mails
        from lyceum.schools.membership import endings

        declare_news()
        actions.declare()
        addresses.connect()
        factors.connect()
        guard.connect()
        guards.connect()
        passkeys.connect()
        records.connect()
        scopes.declare_scopes()
        tokens.connect()
        providers.register("accounts", held.accounts())
        plugins.register_part()
        post_delete.connect(erasing.let_go, "accounts.User", dispatch_uid="lyceum.accounts.let_go")
        childhoods.register("dates of birth", childhood.is_known_child)
        endings.register("managed accounts", care.end_with_place)
        invitation_mails.register("mail", inviting.mail_invitation)
        signals.social_account_added.connect(sign_up.note_connected, dispatch_uid="lyceum")
        signals.social_account_removed.connect(sign_up.note_disconnected, dispatch_uid="lyceum")
