"""The providers of an account: adding one, taking one away, never the last way in."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount

from deploy.providers import providers as providers_of
from lyceum.accounts.models import User
from lyceum.events.models import AuditEntry
from tests.clients import AppClient
from tests.people import PASSWORD, a_learner, a_person, a_school, signed_in
from tests.services.providers.loopback import APPLE_APP, GOOGLE_APP, Providers
from tests.services.providers.pages import Person

pytestmark = pytest.mark.django_db


def send(app: AppClient, at: Providers, provider: str, process: str, **claims: Any) -> Any:
    """Log in by a provider in an app, or add it to the account."""
    issuer, audience = (at.openid, GOOGLE_APP) if provider == "google" else (at.others, APPLE_APP)
    token = at.token(issuer=issuer, audience=audience, **claims)
    body = {
        "provider": provider,
        "process": process,
        "token": {"client_id": audience, "id_token": token},
    }
    return app.auth("POST", "auth/provider/token", body)


def remove(app: AppClient, provider: str, account: str = "g-1") -> Any:
    return app.auth("DELETE", "account/providers", {"provider": provider, "account": account})


def code_of(response: Any) -> str:
    return str(response.json()["errors"][0]["code"])


def somebody(email: str = "ana@example.test") -> AppClient:
    """Return an app in which somebody with a password is signed in, and has said it once more."""
    a_person(email)
    app = AppClient()
    app.log_in(email)
    app.auth("POST", "auth/reauthenticate", {"password": PASSWORD})
    return app


def test_one_adds_a_provider_and_logs_in_by_it_from_then_on(at: Providers) -> None:
    app = somebody()

    added = send(app, at, "google", "connect", email="ana@example.test", email_verified=True)
    listed = app.auth("GET", "account/providers").json()["data"]
    later = AppClient()
    logged_in = send(later, at, "google", "login", jti="2")

    assert added.status_code == 200
    assert [(each["provider"]["id"], each["uid"], each["display"]) for each in listed] == [
        ("google", "g-1", "ana@example.test")
    ]
    assert logged_in.status_code == 200
    assert later.call("GET", "/api/v1/me").json()["email"] == "ana@example.test"
    assert AuditEntry.objects.filter(action="account.provider_connected").count() == 1


def test_adding_or_removing_one_asks_for_the_password_again(at: Providers) -> None:
    a_person("ana@example.test")
    app = AppClient()
    app.log_in("ana@example.test")

    added = send(app, at, "google", "connect")
    SocialAccount.objects.create(user=User.objects.get(), provider="google", uid="g-1")
    removed = remove(app, "google")

    for answer in (added, removed):
        assert answer.status_code == 401
        assert "reauthenticate" in {flow["id"] for flow in answer.json()["data"]["flows"]}
    assert SocialAccount.objects.count() == 1


def test_nobody_adds_one_without_being_signed_in(at: Providers) -> None:
    answer = send(AppClient(), at, "google", "connect")

    assert answer.status_code == 401
    assert not SocialAccount.objects.exists()


def test_a_providers_account_belongs_to_one_person(at: Providers) -> None:
    send(AppClient(), at, "google", "login")
    other = somebody()

    answer = send(other, at, "google", "connect", jti="2")

    assert (answer.status_code, code_of(answer)) == (400, "connected_other")
    assert other.auth("GET", "account/providers").json()["data"] == []


def test_one_removes_a_provider_while_a_password_is_left(at: Providers) -> None:
    app = somebody()
    send(app, at, "google", "connect")

    removed = remove(app, "google")

    assert (removed.status_code, removed.json()["data"]) == (200, [])
    assert AuditEntry.objects.filter(action="account.provider_disconnected").count() == 1


def test_the_last_way_to_log_in_stays(at: Providers) -> None:
    app = AppClient()
    send(app, at, "google", "login")

    alone = remove(app, "google")
    send(app, at, "apple", "connect")
    one_of_two = remove(app, "google")
    last = remove(app, "apple")

    assert (alone.status_code, code_of(alone)) == (400, "no_password")
    assert one_of_two.status_code == 200
    assert (last.status_code, code_of(last)) == (400, "no_password")


def test_a_provider_that_is_offered_no_more_is_no_way_to_log_in(
    at: Providers, settings: Any
) -> None:
    app = AppClient()
    send(app, at, "google", "login")
    send(app, at, "apple", "connect")
    of_google = {k: v for k, v in at.environment().items() if "APPLE" not in k}
    settings.SOCIALACCOUNT_PROVIDERS = providers_of(of_google)

    listed = app.auth("GET", "account/providers")
    removed = remove(app, "google")
    gone = remove(app, "apple")

    assert [each["provider"]["id"] for each in listed.json()["data"]] == ["google"]
    assert (removed.status_code, code_of(removed)) == (400, "no_password")
    assert (gone.status_code, code_of(gone)) == (400, "unknown_provider")


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"provider": "google"},
        {"provider": "nobody", "account": "x"},
        {"provider": "google", "account": "somebody-elses"},
        {"provider": ["google"], "account": {"a": 1}},
        {"provider": "google", "account": "\x00"},
    ],
)
def test_one_removes_nothing_but_ones_own(at: Providers, body: Any) -> None:
    send(AppClient(), at, "google", "login", sub="somebody-elses")
    app = somebody()

    answer = app.auth("DELETE", "account/providers", body)

    assert answer.status_code == 400
    assert SocialAccount.objects.count() == 1


def test_a_page_adds_a_provider_too() -> None:
    a_learner(a_school("toto"), email="leo@example.test")
    person = Person()
    json = {"content_type": "application/json", "headers": {"host": "toto.test"}}
    for place, body in (
        ("login", {"email": "leo@example.test", "password": PASSWORD}),
        ("reauthenticate", {"password": PASSWORD}),
    ):
        person.client.post(f"/_allauth/browser/v1/auth/{place}", body, **json)

    back = person.with_google(process="connect", callback_url="/account")
    listed = person.client.get(
        "/_allauth/browser/v1/account/providers", headers={"host": "toto.test"}
    )

    assert back["Location"] == "/account"
    assert [each["provider"]["id"] for each in listed.json()["data"]] == ["google"]
    assert person.me().json()["email"] == "leo@example.test"


def test_a_managed_account_has_no_provider_and_gets_none(at: Providers) -> None:
    school = a_school("toto")
    child = User.objects.create_user(None, PASSWORD, managed_by_id=school.id, username="sara")
    # Behind the guard of the table, as a fault elsewhere would.
    SocialAccount.objects.bulk_create([SocialAccount(user=child, provider="google", uid="g-1")])
    person = Person()
    person.client = signed_in(child, "toto")

    by_an_app = send(AppClient("toto"), at, "google", "login")
    begun = person.start("google", process="connect")
    by_a_page = Person()
    SocialAccount.objects.update(uid="1")
    back = by_a_page.with_google()

    for answer in (by_an_app, begun, back):
        assert (answer.status_code, answer.json()["code"]) == (403, "managed_account")
