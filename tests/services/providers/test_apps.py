"""Logging an app in by the token that a provider gave it."""

from __future__ import annotations

import base64
import json
from typing import Any

import jwt
import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives.asymmetric import rsa

from lyceum.accounts.models import SpentToken, User
from tests.api.documented import Promises, the_document
from tests.clients import AppClient
from tests.people import a_person, a_school
from tests.services.providers.loopback import (
    APPLE_APP,
    FACEBOOK,
    GOOGLE,
    GOOGLE_APP,
    Providers,
    a_key_pair,
)

pytestmark = pytest.mark.django_db

PROVED = {"email": "ana@example.test", "email_verified": True}


def send(app: AppClient, provider: str, token: Any, process: str = "login") -> Any:
    body = {"provider": provider, "process": process, "token": token}
    return app.auth("POST", "auth/provider/token", body)


def with_google(app: AppClient, at: Providers, **claims: Any) -> Any:
    token = at.token(issuer=at.openid, audience=GOOGLE_APP, **{**PROVED, **claims})
    return send(app, "google", {"client_id": GOOGLE_APP, "id_token": token})


def code_of(response: Any) -> str:
    return str(response.json()["errors"][0]["code"])


def test_google_gives_an_app_our_tokens_and_a_place_at_the_school(at: Providers) -> None:
    a_school("toto")
    app = AppClient("toto")

    response = with_google(app, at, given_name="Ana", family_name="Ruiz")
    me = app.call("GET", "/api/v1/me").json()

    assert response.status_code == 200
    assert response.json()["data"]["methods"][0]["provider"] == "google"
    assert (me["email"], me["email_verified"], me["first_name"]) == (
        "ana@example.test",
        True,
        "Ana",
    )
    assert [each["slug"] for each in me["memberships"]] == ["toto"]
    assert app.refresh().status_code == 200


def test_an_app_is_answered_as_the_document_says(at: Providers) -> None:
    token = at.token(issuer=at.openid, audience=GOOGLE_APP, **PROVED)

    response = send(AppClient(), "google", {"client_id": GOOGLE_APP, "id_token": token})

    assert response.json()["data"]["methods"][0]["method"] == "socialaccount"
    promises = Promises(the_document())
    assert promises.faults("auth_post_auth_provider_token", response) == []


def test_an_app_may_use_the_id_of_the_pages_too(at: Providers) -> None:
    token = at.token(issuer=at.openid, audience=GOOGLE["client_id"], **PROVED)

    response = send(AppClient(), "google", {"client_id": GOOGLE["client_id"], "id_token": token})

    assert response.status_code == 200


def test_apple_gives_an_app_our_tokens(at: Providers) -> None:
    a_school("toto")
    app = AppClient("toto")
    token = at.token(
        issuer=at.others,
        audience=APPLE_APP,
        email="x7f@privaterelay.appleid.com",
        email_verified="true",
        is_private_email="true",
    )

    response = send(app, "apple", {"client_id": APPLE_APP, "id_token": token})

    assert response.status_code == 200
    assert app.call("GET", "/api/v1/me").json()["email_verified"] is True


@pytest.mark.parametrize(("person", "address"), [("ana", "ana@example.test"), ("nomail", "")])
def test_facebook_gives_an_app_our_tokens_whether_or_not_it_tells_an_address(
    at: Providers, person: str, address: str
) -> None:
    a_school("toto")
    app = AppClient("toto")

    response = send(app, "facebook", facebook_token(at, person))
    me = app.call("GET", "/api/v1/me").json()

    assert response.status_code == 200
    assert (me["email"] or "", me["email_verified"]) == (address, False)
    assert me["memberships"][0]["slug"] == "toto"


def test_facebook_under_limited_login_gives_an_id_token(at: Providers) -> None:
    token = at.token(
        issuer=at.others, audience=FACEBOOK["client_id"], email="ana@example.test", name="Ana Ruiz"
    )
    given = {"client_id": FACEBOOK["client_id"], "id_token": token}
    app = AppClient()

    first, again = send(app, "facebook", given), send(AppClient(), "facebook", given)

    assert first.status_code == 200
    assert (again.status_code, code_of(again)) == (400, "token_used")
    assert app.call("GET", "/api/v1/me").json()["first_name"] == "Ana"


def test_a_token_that_facebook_gave_another_app_is_refused(at: Providers) -> None:
    response = send(AppClient(), "facebook", facebook_token(at, "ana", app_id="999"))

    assert (response.status_code, code_of(response)) == (400, "invalid_token")
    assert not User.objects.exists()


def facebook_token(at: Providers, person: str, app_id: str = FACEBOOK["client_id"]) -> Any:
    given = requests.post(f"{at.others}/test/token/{person}/{app_id}", timeout=60).json()
    return {"client_id": FACEBOOK["client_id"], **given}


def test_an_id_token_is_good_once(at: Providers) -> None:
    token = at.token(issuer=at.openid, audience=GOOGLE_APP, **PROVED)
    given = {"client_id": GOOGLE_APP, "id_token": token}

    first, again = send(AppClient(), "google", given), send(AppClient(), "google", given)

    assert first.status_code == 200
    assert (again.status_code, code_of(again)) == (400, "token_used")


def test_whoever_comes_again_is_the_same_person_whatever_the_address_is_now(
    at: Providers,
) -> None:
    with_google(AppClient(), at)

    again = AppClient()
    response = with_google(again, at, email="other@example.test")

    assert response.status_code == 200
    assert again.call("GET", "/api/v1/me").json()["email"] == "ana@example.test"
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    ("claims", "code"),
    [
        ({"iss": "https://accounts.google.com"}, "invalid_token"),
        ({"aud": "somebody-elses"}, "invalid_token"),
        ({"aud": ["somebody-elses"]}, "invalid_token"),
        ({"exp": 1_000_000_000}, "token_expired"),
        ({"iat": 4_000_000_000}, "invalid_token"),
        ({"nbf": 4_000_000_000}, "invalid_token"),
        ({"exp": None}, "invalid_token"),
        ({"exp": "soon"}, "invalid_token"),
        ({"exp": [1]}, "invalid_token"),
        ({"iat": None}, "invalid_token"),
        ({"aud": None}, "invalid_token"),
        ({"aud": {"a": 1}}, "invalid_token"),
        ({"sub": None}, "invalid_token"),
        ({"sub": ""}, "invalid_token"),
        ({"sub": 5}, "invalid_token"),
        ({"sub": "x" * 192}, "invalid_token"),
    ],
)
def test_a_token_that_is_not_for_us_now_is_refused(
    at: Providers, claims: dict[str, Any], code: str
) -> None:
    response = with_google(AppClient(), at, **claims)

    assert (response.status_code, code_of(response)) == (400, code)
    assert not User.objects.exists()


def test_a_token_that_the_provider_did_not_sign_is_refused(at: Providers) -> None:
    another, _ = a_key_pair(rsa.generate_private_key(public_exponent=65537, key_size=2048))
    right = at.token(issuer=at.openid, audience=GOOGLE_APP, **PROVED)
    head, body, signature = right.split(".")
    kid = jwt.get_unverified_header(right)["kid"]
    said = json.loads(base64.urlsafe_b64decode(body + "=="))
    changed = base64.urlsafe_b64encode(json.dumps({**said, "sub": "g-2"}).encode()).decode()
    public = requests.get(f"{at.openid}/.well-known/jwks.json", timeout=60).text
    bad = {
        "another key": at.token(issuer=at.openid, audience=GOOGLE_APP, key=another, **PROVED),
        "changed": f"{head}.{changed.rstrip('=')}.{signature}",
        "no signature": f"{head}.{body}.",
        "none": jwt.encode(said, None, algorithm="none", headers={"kid": kid}),
        "public key as a secret": jwt.encode(
            said, public[:64], algorithm="HS256", headers={"kid": kid}
        ),
        "unknown key id": at.token(
            issuer=at.openid, audience=GOOGLE_APP, header={"kid": "x"}, **PROVED
        ),
        "no key id": jwt.encode(said, at.key, algorithm="RS256"),
        "not a token": "nonsense",
        "dots": "...",
        "empty parts": "..",
        "half a character": "\ud800.a.b",
        "nul": "a\x00.b.c",
        "long": "x" * 100_000,
    }

    answers = {
        name: send(AppClient(), "google", {"client_id": GOOGLE_APP, "id_token": token})
        for name, token in bad.items()
    }

    assert {(name, answer.status_code) for name, answer in answers.items()} == {
        (name, 400) for name in bad
    }
    assert {code_of(answer) for answer in answers.values()} == {"invalid_token"}
    assert not User.objects.exists()
    assert not SpentToken.objects.exists()


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({}, "required"),
        ({"provider": "google"}, "required"),
        (
            {"provider": "nobody", "process": "login", "token": {"id_token": "x"}},
            "unknown_provider",
        ),
        ({"provider": ["google"], "process": "login", "token": {"id_token": "x"}}, ""),
        (
            {"provider": "google", "process": "redirect", "token": {"id_token": "x"}},
            "invalid_choice",
        ),
        ({"provider": "google", "process": "login", "token": "x"}, "invalid_token"),
        ({"provider": "google", "process": "login", "token": []}, "invalid_token"),
        ({"provider": "google", "process": "login", "token": {}}, "required"),
        (
            {"provider": "google", "process": "login", "token": {"id_token": "x"}},
            "client_id_required",
        ),
        (
            {"provider": "google", "process": "login", "token": {"client_id": {}, "id_token": "x"}},
            "client_id_required",
        ),
        (
            {
                "provider": "google",
                "process": "login",
                "token": {"client_id": "x", "id_token": "x"},
            },
            "invalid_token",
        ),
        (
            {
                "provider": "google",
                "process": "login",
                "token": {"client_id": GOOGLE_APP, "id_token": ["x"]},
            },
            "token_required",
        ),
        (
            {
                "provider": "google",
                "process": "login",
                "token": {"client_id": GOOGLE_APP, "access_token": "x"},
            },
            "invalid_token",
        ),
        (
            {
                "provider": "facebook",
                "process": "login",
                "token": {"client_id": FACEBOOK["client_id"], "access_token": "\ud800"},
            },
            "",
        ),
    ],
)
def test_a_body_that_makes_no_sense_is_refused_with_a_code(body: Any, code: str) -> None:
    response = AppClient().auth("POST", "auth/provider/token", body)

    assert response.status_code == 400, response.content
    if code:
        assert code in {error["code"] for error in response.json()["errors"]}


def test_what_a_provider_tells_of_a_person_is_kept_small_and_plain(at: Providers) -> None:
    app = AppClient()

    with_google(
        app,
        at,
        given_name="A\x00\u202en" + "a" * 300,
        family_name=["Ruiz"],
        email=["x@example.test"],
        picture="https://elsewhere.test/me.png",
        locale="es",
    )
    user = User.objects.get()

    assert user.first_name.startswith("Anaaa")
    assert len(user.first_name) == 100
    assert (user.last_name, user.email) == ("", None)
    assert SocialAccount.objects.get().extra_data == {}


def test_a_person_whose_provider_says_it_did_not_prove_the_address_has_yet_to_prove_it(
    at: Providers,
) -> None:
    app = AppClient()

    with_google(app, at, email_verified=False)
    me = app.call("GET", "/api/v1/me").json()

    assert (me["email"], me["email_verified"]) == ("ana@example.test", False)


def test_an_account_that_has_the_address_by_proof_is_not_taken_over(at: Providers) -> None:
    a_person("ana@example.test")
    app = AppClient()

    response = with_google(app, at)

    assert (response.status_code, code_of(response)) == (400, "email_taken")
    assert app.token == ""
    assert User.objects.count() == 1


def test_a_claim_of_the_address_keeps_its_owner_from_nothing_and_gets_nothing(
    at: Providers,
) -> None:
    claimant = a_person("ana@example.test", verified=False)
    app = AppClient()

    response = with_google(app, at)
    claimant.refresh_from_db()

    assert response.status_code == 200
    assert app.call("GET", "/api/v1/me").json()["email_verified"] is True
    assert claimant.email is None
    assert not SocialAccount.objects.filter(user=claimant).exists()


def test_an_unproved_address_of_somebody_else_tells_nothing_of_them(at: Providers) -> None:
    a_person("ana@example.test")

    with_account = send(AppClient(), "facebook", facebook_token(at, "ana"))

    assert with_account.status_code == 200
    assert User.objects.filter(email=None).count() == 1


def test_a_deactivated_person_is_refused(at: Providers) -> None:
    with_google(AppClient(), at)
    User.objects.update(is_active=False)
    app = AppClient()

    response = with_google(app, at, jti="2")

    assert (response.status_code, code_of(response)) == (400, "account_inactive")
    assert app.token == ""


@pytest.mark.parametrize(
    ("policy", "status"),
    [("open", "active"), ("approval", "pending"), ("code", None), ("invitation", None)],
)
def test_the_schools_way_of_signing_up_holds_for_providers_too(
    at: Providers, policy: str, status: str | None
) -> None:
    a_school("toto", signup_policy=policy)
    app = AppClient("toto")

    with_google(app, at)
    memberships = app.call("GET", "/api/v1/me").json()["memberships"]

    assert [each["status"] for each in memberships] == ([status] if status else [])


def test_too_many_tokens_in_a_minute_have_to_wait(at: Providers) -> None:
    wrong = {"client_id": GOOGLE_APP, "id_token": "nonsense"}

    answers = [send(AppClient(), "google", wrong) for _ in range(61)]

    assert {answer.status_code for answer in answers[:60]} == {400}
    assert (answers[60].status_code, answers[60]["Retry-After"]) == (429, "60")
