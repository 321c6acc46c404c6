"""A plugin's block in a lesson: offered and told where it is in force, kept as it is elsewhere."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.images.tests.utils import get_test_image_file
from wagtail.test.utils.form_data import nested_form_data, streamfield

from content_types.models import Lesson
from lyceum.content.blocks.kinds import owners_of_blocks, plugin_blocks
from lyceum.content.documents.checks import differences
from lyceum.content.models import BasePage, LibraryImage
from lyceum.kernel.plugins.host import host, parts
from lyceum.kernel.plugins.plugins import BadPart
from lyceum.schools.current import CurrentSchool, school_by_id
from lyceum.schools.models import PluginFailure, School
from lyceum.schools.scope import within
from lyceum.testing.plugins import switch_off, switch_on
from plugins.probe.blocks import Remark
from tests.pages import a_lesson
from tests.people import a_learner, a_member, a_program, a_school, a_token, signed_in

pytestmark = pytest.mark.django_db

AT = "01900000-0000-7000-8000-00000000000a"
REMARK = {"type": "probe_remark", "value": {"said": "Wallaby", "picture": None}, "id": AT}
TEXT = {"type": "text", "value": "<p>A text.</p>", "id": "01900000-0000-7000-8000-00000000000b"}


@pytest.fixture
def toto() -> CurrentSchool:
    return switch_on("probe", a_school("toto", languages=["en"]))


@pytest.fixture
def lesson(toto: CurrentSchool) -> Lesson:
    return a_lesson(toto, "Animals", body_en=json.dumps([REMARK, TEXT]))


@pytest.fixture
def learner(toto: CurrentSchool) -> Client:
    return signed_in(a_learner(toto), "toto")


@contextmanager
def without_its_code(toto: CurrentSchool) -> Iterator[None]:
    """As after a deploy in which the plugin's code is gone or broken."""
    kind, owner = plugin_blocks._things.pop("probe_remark"), owners_of_blocks._things.pop
    owner("probe_remark")
    ready, host.is_ready = host.is_ready, lambda slug: slug != "probe"  # type: ignore[method-assign]
    _told_anew(toto)
    try:
        yield
    finally:
        host.is_ready = ready  # type: ignore[method-assign]
        plugin_blocks.register("probe_remark", kind)
        owners_of_blocks.register("probe_remark", "probe")
        _told_anew(toto)


def _told_anew(school: CurrentSchool) -> None:
    School.objects.get(pk=school.id).save(update_fields=["name"])


def body_of(client: Client, lesson: Lesson) -> Any:
    return client.get(f"/api/v1/content/lessons/{lesson.uuid}").json()["body"]


def found(client: Client, words: str) -> list[str]:
    items = client.get("/api/v1/content/search", {"q": words}).json()["items"]
    return [item["title"] for item in items]


def stored(lesson: Lesson) -> str:
    row = Lesson.objects.filter(pk=lesson.pk)
    return str(row.extra(select={"raw": "body_en"}).values_list("raw", flat=True)[0])


def editor_of(school: CurrentSchool) -> Client:
    return signed_in(a_member(school, "manager"), school.slug)


def a_form(*blocks: tuple[str, Any], **fields: str) -> dict[str, Any]:
    rows = {"prerequisites-TOTAL_FORMS": "0", "prerequisites-INITIAL_FORMS": "0"}
    own = {"title_en": "Animals", "slug": "animals", "duration": "5", "tags": "", "level": ""}
    body = streamfield(list(blocks))
    return {
        **nested_form_data({"objectives_en": streamfield([]), "body_en": body}),
        **own,
        **rows,
        **fields,
    }


def signed_state(school: CurrentSchool, lesson: Lesson) -> Any:
    """Return what a form for the lesson holds of its body, as a browser would send it back."""
    with within(school):
        page = Lesson.objects.get(pk=lesson.pk)
        return page.body_en.stream_block.get_form_state(page.body_en)


def test_where_it_is_on_it_is_told_and_found(learner: Client, lesson: Lesson) -> None:
    told, text = body_of(learner, lesson)

    assert told == {
        "type": "probe_remark",
        "id": AT,
        "said": "Wallaby",
        "picture": None,
        "plugin": "probe",
    }
    assert text["type"] == "text"
    assert found(learner, "wallaby") == ["Animals"]


def test_where_it_is_off_a_placeholder_of_its_name_is_told_and_no_search_finds_it(
    toto: CurrentSchool, learner: Client, lesson: Lesson
) -> None:
    address = f"/api/v1/content/lessons/{lesson.uuid}"
    on = learner.get(address)
    switch_off("probe", toto)

    off = learner.get(address, headers={"If-None-Match": on["ETag"]})

    assert (off.status_code, off["ETag"] != on["ETag"]) == (200, True), "another answer"
    assert off.json()["body"][0] == {"type": "placeholder", "id": AT, "of": "probe_remark"}
    assert off.json()["body"][1] == on.json()["body"][1]
    assert "Wallaby" not in off.content.decode()
    assert found(learner, "wallaby") == []
    assert found(learner, "text") == ["Animals"]
    assert list(differences()) == []


def test_what_is_published_while_it_is_off_is_whole_when_it_is_on_again(
    toto: CurrentSchool, learner: Client, lesson: Lesson
) -> None:
    switch_off("probe", toto)
    Lesson.objects.get(pk=lesson.pk).save_revision().publish()
    assert body_of(learner, lesson)[0]["type"] == "placeholder"
    switch_on("probe", toto)

    assert found(learner, "wallaby") == ["Animals"], "before anybody read it"
    assert body_of(learner, lesson)[0]["said"] == "Wallaby"
    assert list(differences()) == []


def test_two_schools_are_told_each_its_own_in_one_process(
    toto: CurrentSchool, learner: Client, lesson: Lesson
) -> None:
    campus = a_school("campus", languages=["en"])
    other = a_lesson(campus, "Animals", body_en=json.dumps([REMARK]))
    stranger = signed_in(a_learner(campus), "campus")

    for _ in range(2):
        assert body_of(learner, lesson)[0]["said"] == "Wallaby"
        assert body_of(stranger, other)[0]["type"] == "placeholder"
    assert (found(learner, "wallaby"), found(stranger, "wallaby")) == (["Animals"], [])
    assert stranger.get(f"/api/v1/content/lessons/{lesson.uuid}").status_code == 404


def test_reading_costs_no_query_more_where_it_is_off(
    toto: CurrentSchool, learner: Client, lesson: Lesson
) -> None:
    body_of(learner, lesson)
    with CaptureQueriesContext(connection) as on:
        body_of(learner, lesson)
    switch_off("probe", toto)
    body_of(learner, lesson)
    with CaptureQueriesContext(connection) as off:
        body_of(learner, lesson)

    assert len(off) == len(on)


def test_where_its_code_is_gone_it_is_the_same_and_comes_back_by_itself(
    toto: CurrentSchool, learner: Client, lesson: Lesson
) -> None:
    before = stored(lesson)
    assert found(learner, "wallaby") == ["Animals"]
    with without_its_code(toto):
        assert "probe" not in school_by_id(toto.id).plugins
        assert body_of(learner, lesson)[0] == {
            "type": "placeholder",
            "id": AT,
            "of": "probe_remark",
        }
        assert found(learner, "wallaby") == []
        page = Lesson.objects.get(pk=lesson.pk)
        page.title_en = "Beasts"
        page.save_revision().publish()
        assert stored(lesson) == before
        editor = editor_of(toto)
        assert editor.get(f"/admin/pages/{lesson.pk}/edit/").status_code == 200
        assert editor.get(f"/admin/pages/{lesson.pk}/history/").status_code == 200

    assert found(learner, "wallaby") == ["Beasts"]
    assert body_of(learner, lesson)[0]["said"] == "Wallaby"


def test_one_that_breaks_costs_its_own_place_alone(
    toto: CurrentSchool, learner: Client, lesson: Lesson
) -> None:
    page = Lesson.objects.get(pk=lesson.pk)
    page.body_en = json.dumps([{**REMARK, "value": {"said": "break", "picture": None}}, TEXT])
    page.save_revision().publish()

    told = body_of(learner, lesson)

    assert told[0] == {"type": "placeholder", "id": AT, "of": "probe_remark"}
    assert told[1]["type"] == "text"
    assert [each.hook for each in PluginFailure.objects.all()] == ["blocks.probe_remark"]
    assert list(differences()) == []


def test_the_editor_offers_it_where_it_is_on_and_not_where_it_is_off(
    toto: CurrentSchool, lesson: Lesson
) -> None:
    address = f"/admin/pages/add/content_types/lesson/{lesson.get_parent().pk}/"
    editor, offered = editor_of(toto), []
    # Forms live as long as the process: what was offered before must not be offered again.
    for switch in (switch_off, switch_on, switch_off):
        switch("probe", toto)
        offered.append(Remark.label in editor.get(address).content.decode())

    assert offered == [False, True, False]


def test_a_form_made_by_hand_writes_none_where_it_is_off(
    toto: CurrentSchool, lesson: Lesson
) -> None:
    address = f"/admin/pages/add/content_types/lesson/{lesson.get_parent().pk}/"
    editor, made = editor_of(toto), Lesson.objects.count()
    remark = ("probe_remark", {"said": "Wallaby", "picture": ""})
    switch_off("probe", toto)

    for draft in ({}, {"action-publish": "1"}):
        refused = editor.post(address, a_form(remark, **draft))
        assert "body_en" in refused.context["form"].errors
    forged = ("missing_block", json.dumps({"type": "probe_remark", "value": {"said": "x"}}))
    assert "body_en" in editor.post(address, a_form(forged)).context["form"].errors
    assert Lesson.objects.count() == made
    switch_on("probe", toto)
    assert editor.post(address, a_form(remark)).status_code == 302
    assert json.loads(stored(Lesson.objects.latest("pk")))[0]["type"] == "probe_remark"


def test_who_edits_and_publishes_while_it_is_off_loses_nothing(
    toto: CurrentSchool, learner: Client, lesson: Lesson
) -> None:
    off, editor, before = switch_off("probe", toto), editor_of(toto), json.loads(stored(lesson))
    address = f"/admin/pages/{lesson.pk}/edit/"
    page = editor.get(address).content.decode()
    kept, _ = signed_state(off, lesson)
    data = a_form((kept["type"], kept["value"]), ("text", ""), **{"action-publish": "1"})
    data |= {"title_en": "Beasts", "body_en-0-id": AT, "body_en-1-deleted": "1"}

    answer = editor.post(address, data)

    assert "Wallaby" not in page
    assert answer.status_code == 302, answer.context["form"].errors
    assert json.loads(stored(lesson)) == before[:1] == [REMARK], "the very block"
    switch_on("probe", toto)
    assert body_of(learner, lesson)[0]["said"] == "Wallaby"


def test_what_is_kept_is_not_carried_to_another_school(toto: CurrentSchool, lesson: Lesson) -> None:
    off = switch_off("probe", toto)
    kept = signed_state(off, lesson)[0]
    campus = a_school("campus", languages=["en"])
    parent = a_lesson(campus).get_parent()

    refused = editor_of(campus).post(
        f"/admin/pages/add/content_types/lesson/{parent.pk}/",
        a_form((kept["type"], kept["value"])),
    )

    assert "body_en" in refused.context["form"].errors


def test_the_authoring_api_refuses_it_where_it_is_off_and_gives_back_what_it_gave(
    toto: CurrentSchool, lesson: Lesson
) -> None:
    token = a_token(a_member(toto, "manager"), toto, "content:read", "content:write")
    program, before = a_program(token, "toto"), stored(lesson)
    address = f"/api/cms/pages/{lesson.pk}/"

    def send(body: Any) -> Any:
        return program.patch(address, {"body_en": body}, content_type="application/json")

    assert send([{**REMARK, "value": {"said": "Emu", "picture": None}}]).status_code == 200
    switch_off("probe", toto)
    refused = [send([{"type": name, "value": {}}]) for name in ("probe_remark", "qqqqq_remark")]
    forged = send([{"type": "missing_block", "value": "x"}])
    given = program.get(address).json()["body_en"]
    again = send(given)

    for answer in (*refused, forged):
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["type"] == "block_unavailable"
    assert refused[0].content == refused[1].content.replace(b"qqqqq", b"probe")
    assert "Wallaby" not in json.dumps(given)
    assert again.status_code == 200, again.content
    assert stored(lesson) == before, "what is live has not changed"


def test_a_picture_that_it_alone_shows_is_read_where_it_is_on(
    toto: CurrentSchool, lesson: Lesson, learner: Client
) -> None:
    alone, beside = (
        LibraryImage.objects.create(
            title="Emu", file=get_test_image_file(), collection_id=toto.collection_id
        )
        for _ in range(2)
    )
    page = Lesson.objects.get(pk=lesson.pk)
    shown = [{**REMARK, "value": {"said": "Emu", "picture": each.pk}} for each in (alone, beside)]
    page.body_en = json.dumps(
        [*shown, {"type": "image", "value": {"file": beside.pk, "alt": "An emu"}}]
    )
    page.save_revision().publish()

    def answers() -> list[int]:
        files = (f"/api/v1/media/{each.uuid}/file" for each in (alone, beside))
        return [learner.get(file).status_code for file in files]

    assert answers() == [200, 200]
    off = switch_off("probe", toto)
    assert answers() == [404, 200]
    switch_on("probe", off)
    assert answers() == [200, 200]
    with without_its_code(toto):
        assert answers() == [404, 200]


def test_a_picture_it_shows_is_in_use_while_it_is_off(toto: CurrentSchool, lesson: Lesson) -> None:
    here = LibraryImage.objects.create(
        title="Emu", file=get_test_image_file(), collection_id=toto.collection_id
    )
    page = Lesson.objects.get(pk=lesson.pk)
    page.body_en = json.dumps([{**REMARK, "value": {"said": "Emu", "picture": here.pk}}])
    page.save_revision().publish()
    off = switch_off("probe", toto)

    with within(off):
        Lesson.objects.get(pk=lesson.pk).save_revision().publish()

    assert here.get_usage().count() == 1


def test_a_preview_tells_what_readers_would_be_told(toto: CurrentSchool, lesson: Lesson) -> None:
    off = switch_off("probe", toto)
    kept = signed_state(off, lesson)[0]
    editor = editor_of(toto)
    address = f"/admin/pages/{lesson.pk}/edit/preview/"
    editor.post(address, a_form((kept["type"], kept["value"])))

    shown = editor.get(address, {"mode": ""}, follow=True).content.decode()

    assert "probe_remark" in shown
    assert "Wallaby" not in shown


def test_a_folder_brings_it_where_it_is_on_and_is_refused_where_it_is_off(
    toto: CurrentSchool, lesson: Lesson, tmp_path: Any, capsys: Any
) -> None:
    campus = a_school("campus", languages=["en"])
    BasePage.objects.all().update(description_en="Told", level="A1")
    folder = tmp_path / "content"
    call_command("export_school", folder, school="toto")
    with without_its_code(toto):
        call_command("export_school", tmp_path / "without", school="toto")
    kept = {path.name: path.read_text() for path in (tmp_path / "without").rglob("*.yaml")}

    with pytest.raises(CommandError):
        call_command("import_school", folder, school="campus")
    assert "There is no block “probe_remark” here" in capsys.readouterr().err
    assert not Lesson.objects.filter(path__startswith=campus.root_path).exists()
    switch_on("probe", campus)
    call_command("import_school", folder, school="campus")

    again = Lesson.objects.get(path__startswith=campus.root_path)
    assert json.loads(stored(again))[0]["value"]["said"] == "Wallaby"
    assert any("probe_remark" in text and "Wallaby" in text for text in kept.values())


@pytest.mark.parametrize(
    ("kinds", "told"),
    [
        ([Remark()], "needs `BLOCKS`"),
        (("remark",), "needs `BLOCKS`"),
        ((Remark(), Remark()), "a name of its own"),
        *(
            ((type("Named", (Remark,), {"name": name})(),), "a name of its own")
            for name in ("remark", "text", "placeholder", "moments_remark", "probe_", "probe_a b")
        ),
        ((type("Long", (Remark,), {"name": f"probe_{'a' * 64}"})(),), "longer than 64"),
        (
            (type("Formless", (Remark,), {"block": lambda self: None})(),),
            "returns a block of",
        ),
    ],
)
def test_blocks_that_cannot_be_taken_are_refused_when_the_plugin_loads(
    kinds: Any, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(plugin_blocks._things, "probe_remark")
    part = next(each for name, each in parts.items() if name == "blocks")
    with pytest.raises(BadPart, match=told):
        part.check(host.plugins["probe"], SimpleNamespace(BLOCKS=kinds))  # type: ignore[arg-type]


def test_a_name_that_the_platform_keeps_is_no_plugins() -> None:
    part = next(each for name, each in parts.items() if name == "blocks")
    kind = type("Missing", (Remark,), {"name": "missing_block"})()
    with pytest.raises(BadPart, match="There is a block 'missing_block' already"):
        part.check(SimpleNamespace(slug="missing"), SimpleNamespace(BLOCKS=(kind,)))  # type: ignore[arg-type]
