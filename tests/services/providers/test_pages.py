"""Logging in on a school's own page, through a provider and back."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.exceptions import ImproperlyConfigured

from deploy.providers import providers as providers_of
from lyceum.accounts.models import User
from tests.people import a_person, a_school
from tests.services.providers.loopback import Providers
from tests.services.providers.pages import CENTRE, REDIRECT, Person

pytestmark = pytest.mark.django_db


def test_with_google_one_becomes_a_student_of_the_school_whose_page_it_was() -> None:
    a_school("toto")
    person = Person()

    back = person.with_google()
    me = person.me().json()

    assert (back.status_code, back["Location"]) == (302, "/learn")
    assert (me["email"], me["email_verified"]) == ("ana@example.test", True)
    assert (me["first_name"], me["last_name"]) == ("Ana", "Ruiz")
    assert [(each["slug"], each["status"]) for each in me["memberships"]] == [("toto", "active")]


def test_with_apple_too_whose_name_comes_beside_the_token_and_the_first_time_only() -> None:
    a_school("toto")

    Person().with_apple("relay")
    again = Person()
    back = again.with_apple("relay")
    me = again.me().json()

    assert back["Location"] == "/learn"
    assert (me["email"], me["email_verified"]) == ("x7f@privaterelay.appleid.com", True)
    assert (me["first_name"], me["last_name"]) == ("Re", "Lay")
    assert User.objects.count() == 1


def test_with_facebook_the_address_is_a_claim_and_one_may_learn() -> None:
    a_school("toto")
    person = Person()

    back = person.with_facebook("ana")
    me = person.me().json()

    assert back["Location"] == "/learn"
    assert (me["email"], me["email_verified"]) == ("ana@example.test", False)
    assert me["memberships"][0]["roles"] == ["student"]


def reason(answer: Any) -> str:
    """Return the reason that a front end is told, in the address that it is sent to."""
    return parse_qs(urlsplit(answer["Location"]).query).get("error", [""])[0]


def test_one_address_serves_all_schools_and_hands_each_person_on_to_their_own(
    settings: Any,
) -> None:
    settings.LYCEUM_SIGN_IN_ADDRESS = CENTRE
    a_school("toto")
    a_school("open")
    ana, leo = Person("toto.test"), Person("open.test")

    by_google = ana.with_google(callback_url="/learn?lesson=1")
    by_apple = leo.with_apple("leo")

    assert by_google["Location"] == "/learn?lesson=1"
    assert by_apple["Location"] == "/learn"
    assert [each["slug"] for each in ana.me().json()["memberships"]] == ["toto"]
    assert [each["slug"] for each in leo.me().json()["memberships"]] == ["open"]
    assert leo.me().json()["first_name"] == "Leo"


def test_what_comes_back_by_the_common_address_is_used_nowhere_but_where_it_began(
    settings: Any,
) -> None:
    settings.LYCEUM_SIGN_IN_ADDRESS = CENTRE
    a_school("toto")
    a_school("open")
    ana = Person("toto.test")
    back = urlsplit(ana.at_google(ana.start("google")["Location"]))
    path = f"{back.path}?{back.query}"

    handed_on = ana.client.get(path, headers={"host": "open.test"})
    by_a_stranger = Person("toto.test").client.get(path, headers={"host": "toto.test"})

    assert handed_on["Location"].startswith("http://toto.test/accounts/google/login/callback/?")
    assert by_a_stranger["Location"].startswith("http://toto.test/sign-in?")
    assert reason(by_a_stranger) == "sign_in_expired"
    assert not User.objects.exists()


@pytest.mark.parametrize("state", ["", "nonsense", "WyJhIl0:1xUkG7:x", "\ud800", "a" * 9_000])
def test_a_state_that_is_not_ours_leads_nowhere(state: str) -> None:
    a_school("toto")
    given = {"state": state.encode("utf-8", "replace").decode(), "code": "x"}
    place = "/accounts/google/login/callback/"

    at_home = Person().client.get(place, given, headers={"host": "toto.test"})
    elsewhere = Person().client.get(place, given, headers={"host": "sign-in.test"})
    posted = Person().client.post(place, given, headers={"host": "sign-in.test"})

    assert (at_home.status_code, reason(at_home)) == (302, "sign_in_expired")
    assert (elsewhere.status_code, elsewhere.json()["code"]) == (422, "sign_in_expired")
    assert (posted.status_code, posted.json()["code"]) == (422, "sign_in_expired")


def test_a_way_back_of_a_provider_that_is_not_offered_is_not_there(settings: Any) -> None:
    settings.SOCIALACCOUNT_PROVIDERS = {}
    a_school("toto")

    answers = [
        Person().client.get(f"/accounts/{name}/login/callback/", headers={"host": "toto.test"})
        for name in ("google", "nobody")
    ]

    assert [(each.status_code, each.json()["code"]) for each in answers] == [(404, "not_found")] * 2


def test_a_code_comes_once_and_only_for_the_log_in_that_asked_for_it() -> None:
    a_school("toto")
    ana = Person()
    address = ana.at_google(ana.start("google")["Location"])
    ana.come_back(address)

    again = ana.come_back(address)
    # The code of one log-in under the state of another, as somebody would who got hold of it.
    first = urlsplit(ana.at_google(ana.start("google")["Location"]))
    second = urlsplit(ana.at_google(ana.start("google")["Location"]))
    mixed = {
        "code": parse_qs(first.query)["code"][0],
        "state": parse_qs(second.query)["state"][0],
    }
    stolen = ana.client.get(first.path, mixed, headers={"host": "toto.test"})

    assert reason(again) == "sign_in_expired"
    assert (stolen["Location"].split("?")[0], reason(stolen)) == ("/learn", "provider_refused")


def test_an_id_token_of_another_log_in_does_not_fit(at: Providers) -> None:
    a_school("toto")
    one, other = Person(), Person()
    mine, theirs = one.start("apple")["Location"], other.start("apple")["Location"]
    form = one.at_apple(mine, "ana")
    their_state = parse_qs(urlsplit(theirs).query)["state"][0]

    answer = other.come_back(form.action, {**form.fields, "state": their_state})

    assert reason(answer) == "provider_refused"
    assert other.me().status_code == 401


def test_who_thinks_better_of_it_at_the_provider_is_sent_back_with_that_word() -> None:
    a_school("toto")
    person = Person()
    state = parse_qs(urlsplit(person.start("google")["Location"]).query)["state"][0]

    by_google = person.client.get(
        "/accounts/google/login/callback/",
        {"state": state, "error": "access_denied"},
        headers={"host": "toto.test"},
    )
    by_apple = person.with_apple("nobody")

    assert [reason(by_google), reason(by_apple)] == ["cancelled", "cancelled"]
    assert by_google["Location"].startswith("/learn?")


@pytest.mark.parametrize(
    "page",
    [
        "https://elsewhere.test/",
        "//elsewhere.test/",
        "https://open.test/",
        "javascript:alert(1)",
        "http:///elsewhere.test",
        "\\\\elsewhere.test",
        "http://toto.test@elsewhere.test/",
        "",
    ],
)
def test_nobody_is_sent_to_a_page_that_is_not_the_schools_own(page: str) -> None:
    a_school("toto")
    a_school("open")

    answer = Person().start("google", callback_url=page)

    assert answer.status_code == 400
    error = answer.json()["errors"][0]
    assert (error["param"], error["code"]) == (
        "callback_url",
        "invalid_url" if page else "required",
    )


@pytest.mark.parametrize(
    ("changed", "param"),
    [
        ({"provider": ""}, "provider"),
        ({"provider": "nobody"}, "provider"),
        ({"process": ""}, "process"),
        ({"process": "redirect"}, "process"),
    ],
)
def test_a_form_that_makes_no_sense_is_refused(changed: dict[str, str], param: str) -> None:
    a_school("toto")

    answer = Person().start(**{"provider": "google", **changed})

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["param"] == param


@pytest.mark.parametrize("body", [b"[]", b"null", b"{", b'{"provider": "google"}', b"\xff"])
def test_a_body_that_is_no_form_is_refused(body: bytes) -> None:
    a_school("toto")

    answer = Person().client.post(
        REDIRECT, body, content_type="application/json", headers={"host": "toto.test"}
    )

    assert answer.status_code == 400


def test_a_page_begins_on_its_schools_own_host() -> None:
    a_school("toto")
    asked = {"provider": "google", "callback_url": "/", "process": "login"}

    answer = Person().client.post(REDIRECT, asked, headers={"X-School": "toto"})

    assert (answer.status_code, answer.json()["code"]) == (400, "school_required")


def test_what_goes_to_the_provider_is_bound_to_this_log_in() -> None:
    a_school("toto")

    google = parse_qs(urlsplit(Person().start("google")["Location"]).query)
    apple = parse_qs(urlsplit(Person().start("apple")["Location"]).query)
    facebook = parse_qs(urlsplit(Person().start("facebook")["Location"]).query)

    assert google["code_challenge_method"] == ["S256"]
    assert len({google["nonce"][0], apple["nonce"][0]}) == 2
    assert len({each["state"][0] for each in (google, apple, facebook)}) == 3
    assert apple["response_mode"] == ["form_post"]


def test_an_address_that_is_somebodys_by_proof_stays_theirs() -> None:
    a_school("toto")
    a_person("ana@example.test")
    person = Person()

    answer = person.with_google()

    assert reason(answer) == "email_taken"
    assert person.me().status_code == 401
    assert User.objects.count() == 1


def test_a_deactivated_person_is_sent_back_with_that_word() -> None:
    a_school("toto")
    Person().with_google()
    User.objects.update(is_active=False)
    person = Person()

    answer = person.with_google()

    assert reason(answer) == "account_inactive"
    assert person.me().status_code == 401


def test_a_second_factor_is_asked_for_after_the_provider_too() -> None:
    a_school("toto")
    Person().with_google()
    secret = generate_totp_secret()
    TOTP.activate(User.objects.get(), secret)
    person = Person()

    back = person.with_google()
    half_way = person.me().status_code
    flows = [
        flow["id"] for flow in person.session().json()["data"]["flows"] if flow.get("is_pending")
    ]
    code = format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))
    answer = person.client.post(
        "/_allauth/browser/v1/auth/2fa/authenticate",
        {"code": code},
        content_type="application/json",
        headers={"host": "toto.test"},
    )

    assert back["Location"] == "/learn"
    assert (half_way, flows) == (401, ["mfa_authenticate"])
    assert (answer.status_code, person.me().status_code) == (200, 200)


def test_only_what_is_configured_is_told_of(settings: Any) -> None:
    a_school("toto")
    told = {client: config(client) for client in ("browser", "app")}
    settings.SOCIALACCOUNT_PROVIDERS = providers_of({"LYCEUM_APPLE_APP_CLIENT_IDS": "test.app"})
    of_apps_alone = {client: config(client) for client in ("browser", "app")}
    begun = Person().start("apple")
    settings.SOCIALACCOUNT_PROVIDERS = {}
    none = {client: config(client) for client in ("browser", "app")}

    everything = ["apple", "facebook", "google"]
    assert told == {"browser": everything, "app": everything}
    assert of_apps_alone == {"browser": [], "app": ["apple"]}
    assert begun.json()["errors"][0]["code"] == "unknown_provider"
    assert none == {"browser": [], "app": []}
    assert Person().start("google").json()["errors"][0]["code"] == "unknown_provider"


def config(client: str) -> list[str]:
    answer = Person().client.get(f"/_allauth/{client}/v1/config", headers={"host": "toto.test"})
    return sorted(each["id"] for each in answer.json()["data"]["socialaccount"]["providers"])


@pytest.mark.parametrize(
    ("environment", "missing"),
    [
        ({"LYCEUM_GOOGLE_CLIENT_ID": "x"}, "LYCEUM_GOOGLE_SECRET"),
        ({"LYCEUM_FACEBOOK_SECRET": "x"}, "LYCEUM_FACEBOOK_APP_ID"),
        ({"LYCEUM_APPLE_CLIENT_ID": "x", "LYCEUM_APPLE_KEY_ID": "x"}, "LYCEUM_APPLE_TEAM_ID"),
        (
            {
                "LYCEUM_APPLE_CLIENT_ID": "x",
                "LYCEUM_APPLE_KEY_ID": "x",
                "LYCEUM_APPLE_TEAM_ID": "x",
                "LYCEUM_APPLE_PRIVATE_KEY": "not a key",
            },
            "LYCEUM_APPLE_PRIVATE_KEY",
        ),
    ],
)
def test_a_provider_that_is_configured_in_part_is_refused_at_the_start(
    environment: dict[str, str], missing: str
) -> None:
    with pytest.raises(ImproperlyConfigured, match=missing):
        providers_of(environment)
