"""What people do with their own accounts, and what is refused to them."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.core.management import call_command
from wagtail.images.tests.utils import get_test_image_file

from lyceum.accounts.avatars import set_avatar
from lyceum.accounts.models import TokenFamily
from lyceum.accounts.tokens.families import GRACE
from lyceum.kernel.clock import now
from tests.audited.deeds import GUEST, MARKER, PUPIL, Act, World, deed, ok, send
from tests.clients import AppClient, last_code
from tests.factors import a_code, confirm, enrol, recovery_codes_of
from tests.people import PASSWORD, proved, signed_in

BY_PASSKEY = {"credential": {"id": MARKER}}


@deed("account.signed_up", by="self")
def sign_up(world: World) -> Act:
    return lambda: ok(AppClient("toto").sign_up(GUEST), 401)


@deed("account.signed_in", by="self")
def sign_in(world: World) -> Act:
    world.pupil()
    return lambda: ok(AppClient("toto").log_in(PUPIL))


@deed("account.signed_out", by="self")
def sign_out(world: World) -> Act:
    world.pupil()
    app = world.app()
    return lambda: ok(app.auth("DELETE", "auth/session"), 401)


@deed("account.sign_in_failed", by="nobody", whole=False)
def fail(world: World) -> Act:
    world.pupil()
    return lambda: ok(AppClient("toto").log_in(PUPIL, MARKER), 400)


@deed("account.sign_in_refused", by="nobody", whole=False)
def fail_too_often(world: World) -> Act:
    world.pupil()
    return lambda: [AppClient("toto").log_in(PUPIL, MARKER) for _ in range(8)]


@deed("account.confirmation_failed", by="self", whole=False)
def fail_to_confirm(world: World) -> Act:
    world.pupil()
    app = world.app()
    return lambda: ok(app.auth("POST", "auth/reauthenticate", {"password": MARKER}), 400)


def _half_signed_in(world: World) -> AppClient:
    world.pupil()
    world.secrets.append(enrol(world.app(), off=-30))
    other = AppClient("toto")
    ok(other.log_in(PUPIL), 401)
    return other


@deed("account.second_factor_failed", by="nobody", whole=False)
def fail_with_a_code(world: World) -> Act:
    other = _half_signed_in(world)
    return lambda: ok(other.auth("POST", "auth/2fa/authenticate", {"code": "000000"}), 400)


@deed("account.second_factor_refused", by="nobody", whole=False)
def fail_with_codes(world: World) -> Act:
    other = _half_signed_in(world)
    code = {"code": "000000"}
    return lambda: [other.auth("POST", "auth/2fa/authenticate", code) for _ in range(9)]


@deed("account.passkey_failed", by="nobody", whole=False, has_target=False)
def fail_with_a_passkey(world: World) -> Act:
    app = AppClient("toto")
    return lambda: [ok(app.auth("POST", "auth/webauthn/login", BY_PASSKEY), 400) for _ in "ab"]


@deed("account.sessions_ended", by="self")
def end_sessions(world: World) -> Act:
    world.pupil()
    app, _ = world.app(), world.app()
    sessions = app.auth("GET", "auth/sessions").json()["data"]
    others = [session["id"] for session in sessions if not session["is_current"]]
    return lambda: ok(app.auth("DELETE", "auth/sessions", {"sessions": others}))


@deed("account.session_ended", by="self")
def use_a_token_twice(world: World) -> Act:
    world.pupil()
    app = world.app()
    first = app.refresh_token
    ok(app.refresh())
    family = TokenFamily.objects.get()
    long_ago = (now() - 2 * GRACE).timestamp()
    family.spent = dict.fromkeys(family.spent, long_ago)
    family.save(update_fields=["spent"])
    return lambda: ok(app.refresh(first), 400, 401)


@deed("account.password_changed", by="self")
def change_password(world: World) -> Act:
    world.pupil()
    app = world.app()
    passwords = {"current_password": PASSWORD, "new_password": MARKER}
    return lambda: ok(app.auth("POST", "account/password/change", passwords), 401)


@deed("account.password_reset_asked", by="nobody", whole=False)
def ask_for_a_password(world: World) -> Act:
    world.pupil()
    wish = {"email": PUPIL}
    return lambda: ok(AppClient("toto").auth("POST", "auth/password/request", wish), 401)


@deed("account.email_verified", by="self")
def prove_an_address(world: World) -> Act:
    app = AppClient("toto")
    ok(app.sign_up(GUEST), 401)
    code = last_code()
    world.secrets.append(code)
    return lambda: ok(app.auth("POST", "auth/email/verify", {"key": code}))


@deed("account.email_changed", by="self")
def go_by_another_address(world: World) -> Act:
    pupil = world.pupil()
    EmailAddress.objects.create(user=pupil, email=GUEST, verified=True)
    app = world.app()
    confirm(app)
    wish = {"email": GUEST, "primary": True}
    return lambda: ok(app.auth("PATCH", "account/email", wish))


@deed("account.token_made")
def make_token(world: World) -> Act:
    wish = {"name": MARKER, "scopes": ["content:read"]}
    return lambda: world.secrets.append(world.send("POST", "/me/tokens", wish)["token"])


@deed("account.token_revoked")
def revoke_token(world: World) -> Act:
    made = world.send("POST", "/me/tokens", {"name": MARKER, "scopes": ["content:read"]})
    return lambda: world.send("DELETE", f"/me/tokens/{made['id']}")


# Recovery codes come and go with it.
@deed("account.factor_added", by="self", rows=2)
def add_factor(world: World) -> Act:
    world.pupil()
    app = world.app()
    confirm(app)
    secret = app.auth("GET", "account/authenticators/totp").json()["meta"]["secret"]
    world.secrets.append(secret)
    address = "account/authenticators/totp"
    return lambda: ok(app.auth("POST", address, {"code": a_code(secret)}))


def _with_a_factor(world: World) -> AppClient:
    world.pupil()
    app = world.app()
    world.secrets.append(enrol(app, off=-30))
    return app


@deed("account.factor_removed", by="self", rows=2)
def remove_factor(world: World) -> Act:
    app = _with_a_factor(world)
    return lambda: ok(app.auth("DELETE", "account/authenticators/totp"))


@deed("account.factor_reset", by="self")
def make_new_codes(world: World) -> Act:
    app = _with_a_factor(world)
    return lambda: ok(app.auth("POST", "account/authenticators/recovery-codes"))


@deed("account.recovery_code_used", by="self")
def use_a_recovery_code(world: World) -> Act:
    app = _with_a_factor(world)
    codes = recovery_codes_of(app)
    world.secrets += codes
    other = AppClient("toto")
    ok(other.log_in(PUPIL), 401)
    return lambda: ok(other.auth("POST", "auth/2fa/authenticate", {"code": codes[0]}))


@deed("account.factors_removed", by="nobody", through_http=False)
def remove_factors(world: World) -> Act:
    _with_a_factor(world)
    return lambda: call_command("factors", "remove", PUPIL, why="They lost the phone.")


@deed("account.profile_changed", by="self")
def change_profile(world: World) -> Act:
    return lambda: world.send("PATCH", "/me", {"first_name": MARKER})


@deed("account.avatar_changed", by="self")
def take_picture_away(world: World) -> Act:
    set_avatar(user=world.admin, file=get_test_image_file(), at=now())
    return lambda: world.send("DELETE", "/me/avatar")


@deed("account.export_asked", by="self")
def ask_for_ones_data(world: World) -> Act:
    return lambda: world.send("POST", "/me/export")


@deed("account.erased", by="self", through_http=False)
def erase(world: World) -> Act:
    # Whoever erases themselves came from nowhere, afterwards.
    pupil = proved(signed_in(world.pupil(), "toto"))
    return lambda: send(pupil, "DELETE", "/api/v1/me", {"confirm": PUPIL})
