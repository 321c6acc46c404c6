"""A plugin's settings: checked whole, kept by school, secrets encrypted and told to nobody."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client, override_settings
from pydantic import Field, SecretStr

from lyceum.events.models import AuditEntry, Event
from lyceum.kernel.clock import now
from lyceum.kernel.plugins.host import host, parts
from lyceum.kernel.plugins.plugins import BadPart
from lyceum.kernel.plugins.settings import BaseSettings, classes
from lyceum.schools.current import CurrentSchool, school_by_slug
from lyceum.schools.models import PluginFailure, PluginSettings
from lyceum.schools.plugins.errors import NotSetUp
from lyceum.schools.plugins.settings import save_settings, settings_of
from lyceum.schools.plugins.switching import enable_plugin
from tests.people import a_member, a_school, signed_in

pytestmark = pytest.mark.django_db

ADDRESS = "/api/v1/plugins/probe/settings"
SECRET = "sk-telltale-4711"


@pytest.fixture
def toto() -> CurrentSchool:
    return a_school("toto")


@pytest.fixture
def manager(toto: CurrentSchool) -> Client:
    return signed_in(a_member(toto, "manager"), "toto")


def put(client: Client, values: dict[str, Any], **secrets: str | None) -> Any:
    body = {"values": values, "secrets": secrets}
    return client.put(ADDRESS, json.dumps(body), content_type="application/json")


def set_of(slug: str) -> Any:
    return settings_of(school_by_slug(slug), "probe")


def test_a_manager_sets_a_plugin_up_and_the_plugin_reads_it(manager: Client) -> None:
    answer = put(manager, {"greeting": "Good day", "times": 3}, key=SECRET)

    assert answer.status_code == 200, answer.content
    assert answer.json()["values"]["greeting"] == "Good day"
    assert answer.json()["values"]["colour"] == "green"
    assert answer.json()["secrets"] == {"key": True}
    assert answer.json()["problems"] == {}
    assert answer.json()["settings_schema"]["properties"]["times"]["maximum"] == 10
    assert set_of("toto").times == 3
    assert set_of("toto").key.get_secret_value() == SECRET


def test_what_one_school_sets_another_does_not_see(manager: Client) -> None:
    a_school("other")
    put(manager, {"greeting": "Good day"}, key=SECRET)

    assert set_of("other").greeting == "Hello"
    assert set_of("other").key is None


def test_a_stranger_and_a_colleague_neither_read_nor_write_them(toto: CurrentSchool) -> None:
    stranger = a_member(a_school("other"), "admin")
    for person in (stranger, a_member(toto, "teacher")):
        client = signed_in(person, "toto")
        assert client.get(ADDRESS).status_code == 403
        assert put(client, {}).status_code == 403


def test_a_secret_that_is_not_named_is_kept_and_with_null_it_is_removed(manager: Client) -> None:
    put(manager, {}, key=SECRET)

    assert put(manager, {"times": 2}).json()["secrets"] == {"key": True}
    assert set_of("toto").key.get_secret_value() == SECRET
    assert put(manager, {}, key=None).json()["secrets"] == {"key": False}
    assert set_of("toto").key is None


def test_a_secret_is_found_nowhere(manager: Client, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    answers = [
        put(manager, {}, key=SECRET),
        manager.get(ADDRESS),
        manager.get("/api/v1/plugins"),
        put(manager, {"greeting": "tell"}),
        put(manager, {"greeting": "break"}),
        put(manager, {"times": 99}, key=SECRET + "x"),
        put(manager, {"key": SECRET}),
    ]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 422, 503, 422, 422]
    assert answers[3].json()["errors"] == {"settings": ["No … here."]}
    assert answers[4].json()["code"] == "settings_not_checked"
    assert not any(SECRET in answer.content.decode() for answer in answers)
    assert SECRET not in caplog.text
    assert SECRET not in repr(set_of("toto")) + str(set_of("toto").model_dump())
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if "fts" not in table:
                cursor.execute(f'SELECT * FROM "{table}"')
                assert SECRET not in repr(cursor.fetchall()), table


def test_what_broke_is_noted_by_its_kind_and_place(manager: Client) -> None:
    put(manager, {"greeting": "break"}, key=SECRET)

    failure = PluginFailure.objects.get()
    assert failure.error.startswith("BrokenCheck: RuntimeError in ")
    assert "settings.py, line " in failure.error


def test_the_audit_tells_what_was_before_and_after_and_of_a_secret_that_it_changed(
    manager: Client,
) -> None:
    put(manager, {"greeting": "Good day"}, key=SECRET)
    put(manager, {"greeting": "Good day"})

    put(manager, {"greeting": "Hello"}, key="sk-another")

    entry, later = AuditEntry.objects.filter(action="plugin.settings_changed").order_by("id")
    assert entry.changes == {"greeting": [None, "Good day"], "key": "changed"}
    assert later.changes == {"greeting": ["Good day", "Hello"], "key": "changed"}
    assert entry.target_type == "plugin:probe"
    news = Event.objects.filter(type="plugin_settings_changed").earliest("id")
    assert news.data == {"slug": "probe", "fields": ["greeting", "key"]}


def test_a_default_that_is_saved_as_it_was_is_no_change(manager: Client) -> None:
    usual = manager.get(ADDRESS).json()["values"]
    put(manager, {**usual, "greeting": "Good day"}, key=SECRET)

    entry = AuditEntry.objects.get(action="plugin.settings_changed")
    assert entry.changes == {"greeting": [None, "Good day"], "key": "changed"}


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"values": {"times": 0}}, "times"),
        ({"values": {"colour": "pink"}}, "colour"),
        ({"values": {"unknown": 1}}, "unknown"),
        ({"values": {"words": ["a"] * 6}}, "words"),
        ({"values": {"hours": {"a": "x"}}}, "hours.a"),
        ({"values": {"greeting": "a\0b"}}, "settings"),
        ({"values": {"words": ["x" * 70_000]}}, "settings"),
        ({"values": {"loud": True}}, "settings"),
        ({"values": {"key": "x"}}, "key"),
        ({"values": {}, "secrets": {"greeting": "x"}}, "greeting"),
        ({"values": {}, "secrets": {"key": "x" * 201}}, "key"),
        ({"values": {}, "secrets": {"key": ""}}, "secrets.key"),
        ({"values": {}, "secrets": {"key": 1}}, "secrets.key"),
        ({"values": []}, "values"),
        ({}, "values"),
        ({"values": {}, "more": 1}, "more"),
    ],
)
def test_what_cannot_be_set_is_named_and_nothing_is_saved(
    manager: Client, body: dict[str, Any], field: str
) -> None:
    answer = manager.put(ADDRESS, json.dumps(body), content_type="application/json")

    assert answer.status_code == 422, answer.content
    assert field in answer.json()["errors"], answer.content
    assert not PluginSettings.objects.exists()


def test_settings_are_read_once_until_the_school_changes(
    toto: CurrentSchool, django_assert_num_queries: Any
) -> None:
    settings_of(toto, "probe")

    with django_assert_num_queries(0):
        settings_of(toto, "probe")


def test_the_keys_of_secrets_can_be_changed(manager: Client) -> None:
    with override_settings(LYCEUM_ENCRYPTION_KEYS=["old " * 10]):
        put(manager, {}, key=SECRET)
    with override_settings(LYCEUM_ENCRYPTION_KEYS=["new " * 10, "old " * 10]):
        call_command("encryption", "rotate")
    with override_settings(LYCEUM_ENCRYPTION_KEYS=["new " * 10]):
        assert set_of("toto").key.get_secret_value() == SECRET


def test_a_secret_whose_key_is_gone_is_said_to_be_and_can_be_set_anew(manager: Client) -> None:
    with override_settings(LYCEUM_ENCRYPTION_KEYS=["old " * 10]):
        put(manager, {"times": 2}, key=SECRET)

    told = manager.get(ADDRESS).json()
    kept = put(manager, {"times": 3})
    anew = put(manager, {"times": 3}, key="another")

    assert told["secrets"] == {"key": True}
    assert list(told["problems"]) == ["key"]
    assert told["values"] == {"times": 2}
    assert (kept.status_code, kept.json()["code"]) == (503, "secret_unreadable")
    assert anew.status_code == 200
    assert set_of("toto").key.get_secret_value() == "another"


def test_what_an_older_version_saved_is_said_not_to_fit(
    manager: Client, toto: CurrentSchool
) -> None:
    PluginSettings.objects.create(
        school_id=toto.id, slug="probe", values={"times": 99, "of_old": 1, "loud": False}
    )

    told = manager.get(ADDRESS).json()

    assert list(told["problems"]) == ["times"]
    assert told["values"] == {"times": 99, "loud": False}
    with pytest.raises(NotSetUp) as caught:
        set_of("toto")
    assert list(caught.value.fields) == ["times"]
    assert put(manager, {"times": 9}).json()["problems"] == {}
    assert set_of("toto").times == 9


def test_a_plugin_that_must_be_set_up_first_is_not_switched_on_before(
    toto: CurrentSchool, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Settings(BaseSettings):
        address: str
        key: SecretStr

    monkeypatch.setitem(classes, "probe", Settings)

    with pytest.raises(NotSetUp) as caught:
        enable_plugin(actor=None, school=toto, slug="probe", at=now())
    assert list(caught.value.fields) == ["address", "key"]
    save_settings(
        actor=None,
        school=toto,
        slug="probe",
        values={"address": "here"},
        secrets={"key": SECRET},
        at=now(),
    )
    assert "probe" in enable_plugin(actor=None, school=toto, slug="probe", at=now()).plugins


def test_a_plugin_that_is_not_there_or_has_no_settings_says_so(
    manager: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    absent = manager.get("/api/v1/plugins/absent/settings")
    monkeypatch.delitem(classes, "probe")
    without = manager.get(ADDRESS)

    assert (absent.status_code, absent.json()["code"]) == (404, "not_found")
    assert (without.status_code, without.json()["code"]) == (404, "no_settings")


class Nested(BaseSettings):
    keys: list[SecretStr] = []


class Aliased(BaseSettings):
    name: str = Field(default="", alias="called")


class Loose(BaseSettings):
    model_config = {"extra": "allow"}


class Strange(BaseSettings):
    model_config = {"arbitrary_types_allowed": True}
    made: CurrentSchool.__class__ = type(None)


@pytest.mark.parametrize("settings", [Nested, Aliased, Loose, Strange, object, None])
def test_a_class_that_cannot_be_taken_is_refused(settings: Any) -> None:
    module: Any = type("module", (), {"Settings": settings})

    with pytest.raises(BadPart):
        parts["settings"].check(host.plugins["probe"], module)
