"""A plugin's page type: there in the schools where it is in force, kept and untold elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType as DjangoContentType
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import PageLogEntry

from content_types.models import Category
from lyceum.content.documents.checks import differences
from lyceum.content.models import BasePage
from lyceum.content.schedule import publish_what_is_due
from lyceum.content.school_content import parts_of_content
from lyceum.kernel.plugins.host import host, parts
from lyceum.kernel.plugins.plugins import BadPart
from lyceum.schools.current import CurrentSchool
from lyceum.schools.models import PluginFailure
from lyceum.testing.plugins import switch_off, switch_on
from plugins.probe.models import Leaflet
from tests.pages import a_category, a_page, root_of
from tests.people import a_learner, a_member, a_program, a_school, a_token, signed_in

pytestmark = pytest.mark.django_db

LIST = "/api/v1/content/probe_leaflets"
AT = datetime(2020, 1, 1, tzinfo=UTC)
ITS_PLUGIN_IS_OFF = "its plugin is off"


@pytest.fixture
def toto() -> CurrentSchool:
    return switch_on("probe", a_school("toto", languages=["en"]))


@pytest.fixture
def animals(toto: CurrentSchool) -> Category:
    return a_category(toto, "Animals")


@pytest.fixture
def leaflet(animals: Category) -> Leaflet:
    page: Leaflet = a_page(Leaflet, animals, "Wombats", text="They dig burrows.")
    return page


@pytest.fixture
def learner(toto: CurrentSchool) -> Client:
    return signed_in(a_learner(toto), "toto")


@pytest.fixture
def editor(toto: CurrentSchool) -> Client:
    return signed_in(a_member(toto, "manager"), "toto")


def titles(client: Client, address: str, **asked: Any) -> list[str]:
    return [item["title"] for item in client.get(address, asked).json()["items"]]


def in_tree(client: Client) -> list[str]:
    nodes = client.get("/api/v1/content/tree").json()["items"]
    return [child["type"] for node in nodes for child in (node, *node["children"])]


def page_address(name: str, page: Any) -> str:
    return reverse(f"wagtailadmin_pages:{name}", args=[page.pk])


# --- Reading -----------------------------------------------------------------------------------


def test_where_it_is_on_it_is_listed_told_and_found(
    learner: Client, leaflet: Leaflet, animals: Category
) -> None:
    assert titles(learner, LIST) == ["Wombats"]
    assert titles(learner, LIST, category=str(animals.uuid), sheets_max=1) == ["Wombats"]
    assert titles(learner, LIST, sheets_max=0) == []
    told = learner.get(f"{LIST}/{leaflet.uuid}").json()
    assert (told["type"], told["text"]) == ("probe_leaflet", "They dig burrows.")
    assert in_tree(learner) == ["category", "probe_leaflet"]
    assert titles(learner, "/api/v1/content/search", q="burrows") == ["Wombats"]
    assert titles(learner, "/api/v1/content/search", q="dig", type="probe_leaflets") == ["Wombats"]
    assert list(differences()) == []


def test_where_it_is_off_nothing_tells_of_it(
    toto: CurrentSchool, learner: Client, leaflet: Leaflet
) -> None:
    on = learner.get("/api/v1/content/tree")
    switch_off("probe", toto)

    off = learner.get("/api/v1/content/tree", headers={"If-None-Match": on["ETag"]})

    assert (off.status_code, off["ETag"] != on["ETag"]) == (200, True)
    assert in_tree(learner) == ["category"]
    for address in (LIST, f"{LIST}/{leaflet.uuid}"):
        nobodys = learner.get(address.replace("probe", "proba"))
        told = learner.get(address)
        assert (told.status_code, told.json()["code"]) == (404, "not_found")
        assert {**told.json(), "request_id": ""} == {**nobodys.json(), "request_id": ""}
    assert titles(learner, "/api/v1/content/search", q="burrows") == []
    refused = learner.get("/api/v1/content/search", {"q": "dig", "type": "probe_leaflets"})
    assert (refused.status_code, "probe" in str(refused.json()["errors"])) == (422, False)
    assert "probe" not in learner.get("/api/v1/openapi.json").content.decode()
    assert list(differences()) == []


def test_what_is_changed_while_it_is_off_is_told_when_it_is_on_again(
    toto: CurrentSchool, learner: Client, leaflet: Leaflet
) -> None:
    switch_off("probe", toto)
    leaflet.text = "They are marsupials."
    leaflet.save_revision().publish()
    assert titles(learner, "/api/v1/content/search", q="marsupials") == []
    switch_on("probe", toto)

    assert titles(learner, "/api/v1/content/search", q="marsupials") == ["Wombats"]
    assert learner.get(f"{LIST}/{leaflet.uuid}").json()["text"] == "They are marsupials."
    assert list(differences()) == []


def test_two_schools_have_each_its_own_in_one_process(learner: Client, leaflet: Leaflet) -> None:
    campus = a_school("campus", languages=["en"])
    a_page(Leaflet, root_of(campus), "Kiwis")
    stranger = signed_in(a_learner(campus), "campus")

    for _ in range(2):
        assert titles(learner, LIST) == ["Wombats"]
        assert stranger.get(LIST).status_code == 404
        assert stranger.get(f"{LIST}/{leaflet.uuid}").status_code == 404
        assert in_tree(stranger) == []


def test_a_stranger_reads_none_and_a_draft_is_nobodys(
    toto: CurrentSchool, learner: Client, animals: Category, leaflet: Leaflet
) -> None:
    draft = a_page(Leaflet, animals, "Quolls", published=False)
    campus = switch_on("probe", a_school("campus", languages=["en"]))
    stranger = signed_in(a_learner(campus), "campus")
    colleague = signed_in(a_member(toto, "teacher"), "toto")

    assert stranger.get(f"{LIST}/{leaflet.uuid}").status_code == 404
    assert titles(stranger, LIST) == []
    for client in (learner, colleague):
        assert titles(client, LIST) == ["Wombats"]
        assert client.get(f"{LIST}/{draft.uuid}").status_code == 404


def test_one_that_breaks_costs_itself_alone_and_is_noted(
    toto: CurrentSchool, learner: Client, animals: Category, leaflet: Leaflet
) -> None:
    broken = a_page(Leaflet, animals, "Echidnas", text="break")

    for _ in range(3):
        assert titles(learner, LIST) == ["Wombats"]
        assert titles(learner, "/api/v1/content/search", q="Echidnas") == []
        assert learner.get(f"{LIST}/{broken.uuid}").status_code == 404
    assert PluginFailure.objects.filter(slug="probe", school_id=toto.id).count() == 1
    assert list(differences()) == []

    broken.text = "They lay eggs."
    broken.save_revision().publish()
    assert titles(learner, LIST) == ["Wombats", "Echidnas"]
    assert titles(learner, "/api/v1/content/search", q="eggs") == ["Echidnas"]


def test_one_that_breaks_later_is_read_no_more_and_hides_none_behind_it(
    learner: Client, animals: Category, leaflet: Leaflet
) -> None:
    for title in ("Quolls", "Numbats"):
        a_page(Leaflet, animals, title)
    leaflet.text = "break"
    leaflet.save_revision().publish()

    first = learner.get(LIST, {"limit": 1}).json()
    second = learner.get(LIST, {"limit": 1, "cursor": first["next"]}).json()
    third = learner.get(LIST, {"limit": 1, "cursor": second["next"]}).json()

    found = [item["title"] for part in (first, second, third) for item in part["items"]]
    assert (found, third["next"]) == (["Quolls", "Numbats"], None)
    assert learner.get(f"{LIST}/{leaflet.uuid}").status_code == 404
    assert titles(learner, "/api/v1/content/search", q="burrows") == []


def test_what_is_published_first_while_it_is_off_is_told_when_it_is_on(
    toto: CurrentSchool, learner: Client, animals: Category
) -> None:
    draft = a_page(Leaflet, animals, "Quolls", published=False)
    switch_off("probe", toto)
    draft.save_revision().publish()
    switch_on("probe", toto)

    assert titles(learner, LIST) == ["Quolls"]
    assert titles(learner, "/api/v1/content/search", q="quolls") == ["Quolls"]


def test_a_list_costs_as_many_queries_for_many_as_for_one(
    learner: Client, animals: Category, leaflet: Leaflet
) -> None:
    learner.get(LIST)
    with CaptureQueriesContext(
        connection,
    ) as one:
        learner.get(LIST)
    for _ in range(4):
        a_page(Leaflet, animals)
    learner.get(LIST)
    with CaptureQueriesContext(connection) as many:
        assert len(learner.get(LIST).json()["items"]) == 5

    assert len(many) == len(one)


# --- The editor --------------------------------------------------------------------------------


def a_form(**fields: str) -> dict[str, str]:
    return {
        "title_en": "Quokkas",
        "slug": "quokkas",
        "sheets": "2",
        "text": "",
        "tags": "",
        **fields,
    }


def made_at(parent: Any) -> str:
    return reverse("wagtailadmin_pages:add", args=["probe", "leaflet", parent.pk])


def test_where_it_is_on_it_is_made_and_changed_in_the_editor(
    editor: Client, learner: Client, animals: Category
) -> None:
    offered = editor.get(page_address("add_subpage", animals)).content.decode()
    made = editor.post(made_at(animals), a_form(**{"action-publish": "1"}))
    page = Leaflet.objects.get(slug="quokkas")
    changed = editor.post(page_address("edit", page), a_form(sheets="3", **{"action-publish": "1"}))

    assert made_at(animals) in offered
    assert (made.status_code, changed.status_code) == (302, 302)
    assert learner.get(f"{LIST}/{page.uuid}").json()["sheets"] == 3


def test_where_it_is_off_it_is_not_offered_and_not_made_by_hand(
    toto: CurrentSchool, editor: Client, animals: Category
) -> None:
    switch_off("probe", toto)

    offered = editor.get(page_address("add_subpage", animals)).content.decode()
    made = editor.post(made_at(animals), a_form())

    assert "Leaflet" not in offered
    assert "leaflet" not in offered
    assert made.status_code == 404, "as one that nobody has"
    assert not Leaflet.objects.exists()


def test_where_it_is_off_it_is_shown_with_its_title_and_cannot_be_opened_copied_or_moved(
    toto: CurrentSchool, editor: Client, animals: Category, leaflet: Leaflet
) -> None:
    birds = a_category(toto, "Birds")
    switch_off("probe", toto)

    shown = editor.get(reverse("wagtailadmin_explore", args=[animals.pk])).content.decode()
    assert "Wombats" in shown
    assert ITS_PLUGIN_IS_OFF in shown
    for name in ("edit", "copy", "move", "history", "view_draft", "revisions_index"):
        told = editor.get(page_address(name, leaflet))
        assert (told.status_code, "Nothing of the page is lost" in told.content.decode()) == (
            409,
            True,
        ), name
    copied = {"new_title": "Again", "new_slug": "again", "new_parent_page": str(root_of(toto).pk)}
    editor.post(page_address("copy", animals), {**copied, "copy_subpages": "on"})
    published = reverse("wagtail_bulk_action", args=["content", "basepage", "publish"])
    assert editor.get(published, {"id": leaflet.pk}).status_code == 409
    for deed in ("publish", "copy", "move", "create_alias", "revert_to_page_revision"):
        asked = reverse("wagtailadmin_api:pages:action", args=[leaflet.pk, deed])
        assert editor.post(asked, {"destination_page_id": birds.pk}).status_code == 409, deed
    moved = reverse("wagtailadmin_pages:move_confirm", args=[leaflet.pk, birds.pk])
    assert editor.post(moved).status_code == 409
    assert Leaflet.objects.count() == 1
    assert BasePage.objects.get(pk=leaflet.pk).is_descendant_of(animals)


def test_where_it_is_off_who_may_delete_pages_deletes_it(
    toto: CurrentSchool, editor: Client, leaflet: Leaflet
) -> None:
    switch_off("probe", toto)
    stranger = signed_in(a_member(a_school("campus"), "manager"), "campus")
    learner = signed_in(a_learner(toto), "toto")

    assert stranger.post(page_address("delete", leaflet)).status_code == 404
    assert learner.post(page_address("delete", leaflet)).status_code in (302, 403)
    assert BasePage.objects.filter(pk=leaflet.pk).exists()
    assert editor.post(page_address("delete", leaflet)).status_code == 302
    assert not BasePage.objects.filter(pk=leaflet.pk).exists()
    assert not Leaflet.objects.exists()


@pytest.mark.parametrize("is_on", [True, False])
def test_the_authoring_api_knows_no_types_of_plugins(
    toto: CurrentSchool, animals: Category, leaflet: Leaflet, is_on: bool
) -> None:
    if not is_on:
        switch_off("probe", toto)
    token = a_token(a_member(toto, "manager"), toto, "content:read", "content:write")
    program = a_program(token, "toto")
    body = {"title": "Quokkas", "meta": {"type": "probe.Leaflet", "parent_id": animals.pk}}

    made = program.post("/api/cms/pages/", body, content_type="application/json")
    listed = program.get("/api/cms/pages/")
    read = program.get(f"/api/cms/pages/{leaflet.pk}/")
    schema = program.get("/api/cms/schema/probe.Leaflet/")

    assert (made.status_code, read.status_code, read.json()["code"]) == (422, 409, "page_of_plugin")
    assert (listed.status_code, schema.status_code) == (200, 404)
    assert program.delete(f"/api/cms/pages/{leaflet.pk}/").status_code == 204
    assert not Leaflet.objects.exists()


# --- Without its code --------------------------------------------------------------------------


@contextmanager
def without_its_code(toto: CurrentSchool) -> Iterator[None]:
    """As after a deploy in which the plugin's code is gone or broken: Django has no such model."""
    from django.apps import apps

    import lyceum.content.page_types as page_types
    from lyceum.content.types import content_types, owners_of_types
    from lyceum.schools.models import School

    kind = content_types._things.pop("probe_leaflets")
    owner = owners_of_types._things.pop("probe_leaflets")
    model = page_types.plugin_pages._things.pop("probe.leaflet")
    apps.all_models["probe"].pop("leaflet")
    ready, host.is_ready = host.is_ready, lambda slug: slug != "probe"  # type: ignore[method-assign]

    def told_anew() -> None:
        apps.clear_cache()
        DjangoContentType.objects.clear_cache()
        School.objects.get(pk=toto.id).save(update_fields=["name"])

    told_anew()
    try:
        yield
    finally:
        host.is_ready = ready  # type: ignore[method-assign]
        content_types.register("probe_leaflets", kind)
        owners_of_types.register("probe_leaflets", owner)
        page_types.plugin_pages.register("probe.leaflet", model)
        apps.all_models["probe"]["leaflet"] = model
        told_anew()


def test_without_its_code_the_school_is_read_and_edited(
    toto: CurrentSchool, learner: Client, editor: Client, animals: Category, leaflet: Leaflet
) -> None:
    with without_its_code(toto):
        assert in_tree(learner) == ["category"]
        assert titles(learner, "/api/v1/content/search", q="burrows") == []
        shown = editor.get(reverse("wagtailadmin_explore", args=[animals.pk])).content.decode()
        assert "Wombats" in shown
        assert ITS_PLUGIN_IS_OFF in shown
        assert editor.get(page_address("edit", leaflet)).status_code == 409
        menu = reverse("wagtailadmin_api:pages:listing")
        assert "Wombats" in editor.get(menu, {"child_of": animals.pk}).content.decode()
        page = reverse("wagtailadmin_api:pages:detail", args=[leaflet.pk])
        assert editor.get(page).status_code == 200
        [told] = [part for part in parts_of_content(toto.id) if part.name == "pages.json"]
        rows = [row for row in told.rows if row["type"] == "probe.leaflet"]
        assert [row["title"] for row in rows] == ["Wombats"]
        assert list(differences()) == []
    assert titles(learner, LIST) == ["Wombats"], "as before, when the code is back"


@pytest.mark.parametrize("which", ["page", "parent"])
def test_without_its_code_it_is_deleted_whole(
    toto: CurrentSchool, editor: Client, animals: Category, leaflet: Leaflet, which: str
) -> None:
    page = {"page": leaflet, "parent": animals}[which]
    with without_its_code(toto):
        assert editor.post(page_address("delete", page)).status_code == 302
    assert not BasePage.objects.filter(pk=leaflet.pk).exists()
    assert not Leaflet.objects.exists()
    connection.check_constraints()


def test_without_its_code_it_expires_and_does_not_go_live(
    animals: Category, toto: CurrentSchool, leaflet: Leaflet
) -> None:
    draft = a_page(Leaflet, animals, "Quolls", published=False)
    draft.go_live_at = AT + timedelta(hours=1)
    draft.save_revision(approved_go_live_at=draft.go_live_at)
    BasePage.objects.filter(pk=leaflet.pk).update(expire_at=AT + timedelta(hours=1))

    with without_its_code(toto):
        assert publish_what_is_due(at=AT + timedelta(hours=2)) == 1
    assert set(BasePage.objects.filter(pk__in=[leaflet.pk, draft.pk], live=True)) == set()
    assert publish_what_is_due(at=AT + timedelta(hours=2)) == 1, "when the code is back"
    assert BasePage.objects.get(pk=draft.pk).live


def test_without_its_code_it_is_withdrawn_with_its_category(
    toto: CurrentSchool, editor: Client, animals: Category, leaflet: Leaflet
) -> None:
    with without_its_code(toto):
        asked = {"include_descendants": "on"}
        assert editor.post(page_address("unpublish", animals), asked).status_code == 302
    withdrawn = BasePage.objects.get(pk=leaflet.pk)
    assert (withdrawn.live, withdrawn.slug) == (False, leaflet.slug)


# --- Purging and uninstalling -------------------------------------------------------------------


def test_pages_stay_when_the_plugins_data_is_deleted_and_are_told_before(
    toto: CurrentSchool, leaflet: Leaflet, capsys: pytest.CaptureFixture[str]
) -> None:
    leaflet.save_revision().publish()
    switch_off("probe", toto)
    admin = signed_in(a_member(toto, "admin"), "toto")

    shown = admin.get(reverse("lyceum_plugins:data", args=["probe"])).content.decode()
    call_command("plugins", "purge", "probe", "--school", "toto", "--yes")

    assert "1 pages stay" in shown
    assert Leaflet.objects.get(pk=leaflet.pk).revisions.exists()
    assert PageLogEntry.objects.filter(page=leaflet.pk).exists()


def test_it_is_not_uninstalled_while_a_school_has_pages_of_it(
    toto: CurrentSchool, leaflet: Leaflet
) -> None:
    switch_off("probe", toto)

    with pytest.raises(CommandError, match="toto: 1 pages"):
        call_command("plugins", "uninstall", "probe", "--yes")

    assert Leaflet.objects.exists()


# --- What a plugin may declare ------------------------------------------------------------------


def check(**changes: Any) -> None:
    import plugins.probe.pages as pages
    from lyceum.content.types import content_types

    kind = replace(pages.PAGES[0], **changes)
    there = content_types._things.pop("probe_leaflets")
    try:
        parts["page types"].check(
            host.plugins["probe"],
            SimpleNamespace(PAGES=(kind,)),  # type: ignore[arg-type]
        )
    finally:
        content_types._things["probe_leaflets"] = there


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"name": "leaflet"}, "call it probe_ and a name"),
        ({"plural": "lessons"}, "call it probe_ and a name"),
        ({"plural": "probe_" + "s" * 60}, "call it probe_ and a name"),
        ({"model": "probe.note"}, "Leaflet is a page model: declare it"),
        ({"private": True}, "is for everybody"),
        ({"listed": False}, "is listed"),
        ({"within": {"shelf": "shelves"}}, "no type 'shelves'"),
    ],
)
def test_a_type_that_does_not_fit_is_refused_with_its_name(
    changes: dict[str, Any], told: str
) -> None:
    with pytest.raises(BadPart, match=told):
        check(**changes)


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("parent_page_types", ["content_types.Lesson"], "which of the house's pages"),
        ("subpage_types", ["content_types.Lesson"], "nothing lies below it"),
    ],
)
def test_a_model_in_a_place_that_is_not_for_it_is_refused(
    monkeypatch: pytest.MonkeyPatch, name: str, value: list[str], told: str
) -> None:
    monkeypatch.setattr(Leaflet, name, value)
    monkeypatch.setattr(Leaflet, "_clean_parent_page_models", None)

    with pytest.raises(BadPart, match=told):
        check()
