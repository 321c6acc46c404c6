"""Personal tokens at plugins' doors: made for the plugin's own scopes, where it is in force."""

from __future__ import annotations

from dataclasses import replace
from types import ModuleType
from typing import Any

import pytest
from django.http import HttpRequest
from django.test import Client

from lyceum.access.permissions import can
from lyceum.accounts.models import PersonalToken, User
from lyceum.accounts.tokens.scopes import scopes, scopes_of_plugins
from lyceum.events.models import AuditEntry
from lyceum.kernel.clock import now
from lyceum.kernel.plugins.host import host, parts
from lyceum.kernel.plugins.plugins import BadPart
from lyceum.kernel.plugins.versions import RESERVED
from lyceum.plugin.http import MEMBER, Router
from lyceum.schools.current import CurrentSchool
from lyceum.schools.plugins.purging import purge_plugin
from lyceum.testing.plugins import switch_off, switch_on
from tests.people import a_learner, a_member, a_program, a_school, a_token, proved, signed_in

pytestmark = pytest.mark.django_db

ECHO, TOKENS = "/api/v1/probe/echo", "/api/v1/me/tokens"


@pytest.fixture
def toto() -> CurrentSchool:
    """A school with the probe, whose doors ask for scopes of its own."""
    return switch_on("probe", a_school("toto"))


def make(person: User, *wanted: str, school: str = "toto") -> Any:
    body = {"name": "A program", "scopes": list(wanted)}
    browser = proved(signed_in(person, school))
    return browser.post(TOKENS, body, content_type="application/json")


def refusal(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


def test_a_token_opens_what_its_scopes_say_and_no_other_door(toto: CurrentSchool) -> None:
    sam = a_learner(toto)
    reading = a_program(make(sam, "probe:read").json()["token"], "toto")
    of_the_platform = a_program(a_token(sam, toto, *scopes.keys()), "toto")

    assert reading.get(f"{ECHO}?said=hello").json() == {"said": "hello"}
    writing = reading.put(ECHO)
    assert refusal(writing) == (403, "scope_missing")
    assert writing.json()["errors"] == {"scope": ["probe:write"]}
    assert refusal(of_the_platform.get(ECHO)) == (403, "scope_missing")
    # This one names no scope: it is for people alone.
    assert refusal(reading.get("/api/v1/probe/secret")) == (403, "not_for_tokens")
    assert refusal(reading.get("/api/v1/me")) == (403, "scope_missing")


def test_a_token_does_no_more_than_its_person(toto: CurrentSchool) -> None:
    other = switch_on("probe", a_school("other"))
    stranger = a_learner(other)
    token = a_token(stranger, other, "probe:read")

    assert refusal(a_program(token, "toto").get(ECHO)) == (403, "token_of_another_school")
    stranger.memberships.update(status="inactive")
    assert refusal(a_program(token, "other").get(ECHO)) == (401, "not_authenticated")
    assert not can(stranger, "probe.look", toto)


def test_the_document_names_the_scope_where_the_plugin_is_in_force(toto: CurrentSchool) -> None:
    a_school("other")

    def ways(school: str) -> Any:
        document = Client(headers={"host": f"{school}.test"}).get("/api/v1/openapi.json").json()
        return document["paths"].get(ECHO, {}).get("get", {}).get("security")

    assert {"apiToken": ["probe:read"]} in ways("toto")
    assert ways("other") is None


def test_where_it_is_off_its_scope_is_one_that_is_none(toto: CurrentSchool) -> None:
    other = a_school("other")
    sam, colleague = a_learner(other), a_learner(toto)

    answer = make(sam, "probe:read", school="other")
    unknown = make(sam, "qqqqq:read", school="other")
    misspelt = make(colleague, "probe:reed")

    assert refusal(answer) == refusal(unknown) == refusal(misspelt) == (422, "invalid")
    assert answer.json()["errors"] == unknown.json()["errors"]
    assert "probe" not in answer.content.decode()
    assert "probe:read, probe:write" in misspelt.json()["errors"]["scopes"][0]
    assert not PersonalToken.objects.exists()


def test_switched_off_a_token_meets_what_everybody_meets_and_comes_back(
    toto: CurrentSchool,
) -> None:
    sam = a_learner(toto)
    program = a_program(a_token(sam, toto, "content:read", "probe:read"), "toto")

    off = switch_off("probe", toto)
    answers = [client.get(ECHO) for client in (program, signed_in(sam, "toto"))]
    listed = signed_in(sam, "toto").get(TOKENS).json()["items"][0]["scopes"]
    switch_on("probe", off)

    assert [refusal(answer) for answer in answers] == [(404, "not_found")] * 2
    assert listed == ["content:read"]
    assert program.get(ECHO).status_code == 200
    assert signed_in(sam, "toto").get(TOKENS).json()["items"][0]["scopes"] == [
        "content:read",
        "probe:read",
    ]


def test_purging_takes_its_scopes_from_the_schools_tokens(toto: CurrentSchool) -> None:
    other = switch_on("probe", a_school("other"))
    ours = a_token(a_member(toto, "guide", "student"), toto, "probe:read", "content:read")
    theirs = a_token(a_learner(other), other, "probe:read")
    off = switch_off("probe", toto)

    purge_plugin(actor=None, school=off, slug="probe", at=now())
    switch_on("probe", off)

    assert refusal(a_program(ours, "toto").get(ECHO)) == (403, "scope_missing")
    assert a_program(ours, "toto").get("/api/v1/content/tree").status_code == 200
    assert a_program(theirs, "other").get(ECHO).status_code == 200
    told = AuditEntry.objects.get(action="plugin.purged").changes
    assert told["scopes"] == [1, 0]


@pytest.mark.parametrize("scope", ["learning:write", "probe:read", "keeper:delete", "keeper"])
def test_a_plugin_asks_for_scopes_of_its_own_alone(scope: str) -> None:
    router = Router()

    @router.get("/there", access=MEMBER, scope=scope, response={204: None})
    def there(request: HttpRequest) -> None: ...

    module = ModuleType("api")
    module.router = router  # type: ignore[attr-defined]

    with pytest.raises(BadPart, match="is none of its own: write keeper:read or keeper:write"):
        parts["router"].check(replace(host.plugins["keeper"]), module)


def test_no_plugin_can_be_called_what_a_scope_of_the_platform_begins_with() -> None:
    assert {code.partition(":")[0] for code, _ in scopes.items()} <= RESERVED
    assert [scope.label for scope in scopes_of_plugins["probe"]] == [
        "Read what one may in Probe",
        "Change what one may in Probe",
    ]
