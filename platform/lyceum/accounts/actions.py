"""The critical actions of accounts: who logs in, by what, and what becomes of a person's data."""

from __future__ import annotations

from lyceum.events.actions import Action, declare_actions

PERSON = "the person"
MEANT = "the account that was meant, where it is one of the school's"
CLIENT = {"client": "`app`, `browser` or `admin`"}
FACTOR = {"factor": "`totp`, `webauthn` or `recovery_codes`"}
PROVIDER = {"provider": "its name"}
EMAIL = {"email": "`changed`"}
PASSWORD = {"password": "`changed`"}
WHY = {"why": "the reason, in one word"}
TRIES = "It is written once a minute, however often one tries."


def declare() -> None:
    """Say what this room writes into the audit. Called in `AppConfig.ready()`."""
    declare_actions(
        *_of_signing_in(),
        *_of_sessions(),
        *_of_entrances(),
        *_of_factors(),
        *_of_data(),
        *_of_managed_accounts(),
    )


def _of_signing_in() -> tuple[Action, ...]:
    by = {"by": "the proofs, as `password, totp`"}
    return (
        Action("account.signed_up", "Somebody made an account.", PERSON),
        Action("account.signed_in", "Somebody is signed in.", PERSON, {**CLIENT, **by}),
        Action("account.signed_out", "Somebody signed out.", PERSON, CLIENT),
        Action(
            "account.sign_in_failed", "Address and password do not belong together.", MEANT, CLIENT
        ),
        Action(
            "account.sign_in_refused",
            f"Too many tries: nobody looks at the password for now. {TRIES}",
            MEANT,
            {**CLIENT, **WHY},
        ),
        Action(
            "account.confirmation_failed", "Who is signed in gave a wrong password.", PERSON, CLIENT
        ),
        Action(
            "account.second_factor_failed",
            "The password was right, and the code or the passkey was not.",
            PERSON,
            {**CLIENT, **FACTOR},
        ),
        Action(
            "account.second_factor_refused",
            f"Too many tries: nobody looks at the code or the passkey for now. {TRIES}",
            PERSON,
            CLIENT,
        ),
        Action(
            "account.passkey_failed",
            f"Somebody tried to log in by a passkey that is not good. {TRIES}",
            "",
            CLIENT,
        ),
    )


def _of_sessions() -> tuple[Action, ...]:
    return (
        Action(
            "account.sessions_ended",
            "Somebody ended sessions of theirs.",
            PERSON,
            {"sessions": "how many there were, and 0"},
        ),
        Action(
            "account.session_ended", "A session ended, since its token was copied.", PERSON, WHY
        ),
    )


def _of_entrances() -> tuple[Action, ...]:
    scopes = {"scopes": "none, and those that it has"}
    return (
        Action("account.password_changed", "Somebody chose another password.", PERSON, PASSWORD),
        Action(
            "account.password_reset_asked",
            "Somebody asked for a mail with which to set a new password. "
            "It is written once a minute for an account.",
            MEANT,
            CLIENT,
        ),
        Action("account.email_verified", "Somebody proved that an address is theirs.", PERSON),
        Action("account.email_changed", "Somebody goes by another address.", PERSON, EMAIL),
        Action(
            "account.provider_connected", "Somebody can log in by a provider.", PERSON, PROVIDER
        ),
        Action(
            "account.provider_disconnected",
            "Somebody can no longer log in by a provider.",
            PERSON,
            PROVIDER,
        ),
        Action("account.token_made", "Somebody made a personal token.", "the token", scopes),
        Action("account.token_revoked", "A personal token is dead.", "the token", sometimes=WHY),
    )


def _of_factors() -> tuple[Action, ...]:
    return (
        Action("account.factor_added", "Somebody has a new second factor.", PERSON, FACTOR),
        Action("account.factor_removed", "Somebody took a second factor away.", PERSON, FACTOR),
        Action("account.factor_reset", "Somebody had new recovery codes made.", PERSON, FACTOR),
        Action("account.recovery_code_used", "A recovery code was good, once.", PERSON, FACTOR),
        Action(
            "account.factors_removed",
            "The operator took all second factors away from who had lost them.",
            PERSON,
            {"factors": "their kinds, and none", "why": "the operator's words"},
        ),
    )


def _of_data() -> tuple[Action, ...]:
    failed = {"failed": "none, and the plugins that could not do it themselves"}
    return (
        Action(
            "account.profile_changed",
            "Somebody changed what they tell of themselves.",
            PERSON,
            fields="`changed`",
        ),
        Action(
            "account.avatar_changed",
            "Somebody has another picture, or none.",
            PERSON,
            {"avatar": "`changed`"},
        ),
        Action("account.export_asked", "A person's data were asked for.", PERSON),
        Action("account.erased", "A person's data were erased.", PERSON, sometimes=failed),
        Action("school.export_asked", "A school's data were asked for.", "the export"),
        Action("school.deleted", "A school was deleted.", "the school", sometimes=failed),
    )


def _of_managed_accounts() -> tuple[Action, ...]:
    return (
        Action(
            "managed_account.made",
            "The school made an account for a child.",
            PERSON,
            {"username": "`changed`", **PASSWORD},
        ),
        Action(
            "managed_account.changed", "A child is called otherwise.", PERSON, fields="`changed`"
        ),
        Action("managed_account.password_set", "A child has a new password.", PERSON, PASSWORD),
    )
