"""A plugin's kind of exercise: offered, shown and marked where it is in force, kept elsewhere."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from wagtail.test.utils.form_data import nested_form_data, streamfield

from content_types.models import Exercise, Lesson
from lyceum.content.documents.making import render_pages
from lyceum.content.exercises.kinds import exercise_kinds, owners_of_kinds
from lyceum.kernel.clock import now
from lyceum.kernel.plugins.host import host, parts
from lyceum.kernel.plugins.plugins import BadPart
from lyceum.schools.current import CurrentSchool
from lyceum.schools.models import School
from lyceum.schools.scope import within
from lyceum.testing.plugins import switch_off, switch_on
from plugins.probe.exercises import EchoKind
from tests.exercises import an_exercise, simple_kinds
from tests.people import a_member, signed_in

pytestmark = pytest.mark.django_db


def shown(client: Client, exercise: Exercise) -> Any:
    return client.get(f"/api/v1/content/exercises/{exercise.uuid}").json()


def attempt(client: Client, exercise: Exercise) -> Any:
    path = f"/api/v1/learning/exercises/{exercise.uuid}/attempts"
    return client.post(path, {"answer": {"said": "dog"}}, content_type="application/json")


@contextmanager
def without_its_code(toto: CurrentSchool) -> Iterator[None]:
    """As after a deploy in which the plugin's code is gone or broken."""
    kind = exercise_kinds._things.pop("probe_echo")
    owners_of_kinds._things.pop("probe_echo")
    ready, host.is_ready = host.is_ready, lambda slug: slug != "probe"  # type: ignore[method-assign]
    _told_anew(toto)
    try:
        yield
    finally:
        host.is_ready = ready  # type: ignore[method-assign]
        exercise_kinds.register("probe_echo", kind)
        owners_of_kinds.register("probe_echo", "probe")
        _told_anew(toto)


def _told_anew(school: CurrentSchool) -> None:
    School.objects.get(pk=school.id).save(update_fields=["name"])


def kinds_of(client: Client) -> list[str]:
    told = client.get("/api/v1/content/exercise-kinds").json()["items"]
    return [kind["name"] for kind in told]


def stored(exercise: Exercise) -> Any:
    row = Exercise.objects.filter(pk=exercise.pk)
    return json.loads(row.extra(select={"raw": "task"}).values_list("raw", flat=True)[0])


def test_where_it_is_on_it_is_shown_and_marked(learner: Client, exercise: Exercise) -> None:
    assert shown(learner, exercise)["task"] == {"letters": 3}
    assert attempt(learner, exercise).json()["correct"] is True
    assert "probe_echo" in kinds_of(learner)


def test_where_it_is_off_a_named_placeholder_is_shown_and_no_answer_is_taken(
    toto: CurrentSchool, learner: Client, exercise: Exercise
) -> None:
    before = shown(learner, exercise)
    switch_off("probe", toto)

    off = shown(learner, exercise)
    refused = attempt(learner, exercise)

    assert (off["kind"], off["task"]) == ("probe_echo", {})
    assert {**off, "task": before["task"]} == before
    assert (refused.status_code, refused.json()["code"]) == (409, "kind_unavailable")
    assert "probe_echo" not in kinds_of(learner)


def test_what_is_rendered_while_it_is_off_is_whole_when_it_is_on_again(
    toto: CurrentSchool, learner: Client, exercise: Exercise
) -> None:
    off = switch_off("probe", toto)
    with within(off):
        render_pages([exercise.pk], at=now())
    assert shown(learner, exercise)["task"] == {}
    switch_on("probe", toto)

    assert shown(learner, exercise)["task"] == {"letters": 3}
    assert attempt(learner, exercise).json()["correct"] is True


def test_where_its_code_is_gone_it_is_the_same_and_comes_back_by_itself(
    toto: CurrentSchool, learner: Client, exercise: Exercise
) -> None:
    assert shown(learner, exercise)["task"] == {"letters": 3}
    with without_its_code(toto):
        gone = shown(learner, exercise)
        refused = attempt(learner, exercise)

    assert (gone["kind"], gone["task"]) == ("probe_echo", {})
    assert (refused.status_code, refused.json()["code"]) == (409, "kind_unavailable")
    assert shown(learner, exercise)["task"] == {"letters": 3}


def test_it_leaves_what_a_lesson_is_scored_by(
    toto: CurrentSchool, learner: Client, lesson: Lesson, exercise: Exercise
) -> None:
    with simple_kinds():
        other = an_exercise(lesson, "dog")
        address = f"/api/v1/learning/exercises/{other.uuid}/attempts"
        switch_off("probe", toto)
        learner.post(address, {"answer": {"text": "dog"}}, content_type="application/json")
        listed = learner.get(f"/api/v1/content/lessons/{lesson.uuid}/exercises").json()["items"]
        progress = learner.get(f"/api/v1/learning/lessons/{lesson.uuid}/progress").json()

    assert {each["id"] for each in listed} == {str(exercise.uuid), str(other.uuid)}
    assert progress["score"] == 1, "of what can be answered"


def editor_of(school: CurrentSchool) -> Client:
    return signed_in(a_member(school, "manager"), school.slug)


def a_form(kind: str, value: Any) -> dict[str, Any]:
    fields = {"title_en": "Say", "slug": "say", "points": "10", "marking": "{}"}
    return nested_form_data(
        {"hints_en": streamfield([]), **fields, "task": streamfield([(kind, value)])}
    )


def test_the_editor_makes_it_where_it_is_on_and_not_where_it_is_off(
    toto: CurrentSchool, lesson: Lesson
) -> None:
    address = f"/admin/pages/add/content_types/exercise/{lesson.pk}/"
    editor = editor_of(toto)
    offered = []
    # Forms live as long as the process: what was offered before must not be offered again.
    for switch in (switch_off, switch_on, switch_off):
        switch("probe", toto)
        offered.append(EchoKind.label in editor.get(address).content.decode())
    refused = editor.post(address, a_form("probe_echo", {"word": "dog"}))
    switch_on("probe", toto)
    editor.post(address, a_form("probe_echo", {"word": "dog"}))

    assert offered == [False, True, False]
    assert "task" in refused.context["form"].errors
    assert stored(Exercise.objects.get())[0]["type"] == "probe_echo"


def test_an_editor_who_saves_it_where_it_is_off_loses_nothing(
    toto: CurrentSchool, exercise: Exercise
) -> None:
    switch_off("probe", toto)
    editor, before = editor_of(toto), stored(exercise)
    address = f"/admin/pages/{exercise.pk}/edit/"
    page = editor.get(address)
    task = page.context["form"]["task"].value()
    with within(toto):
        kept = task.stream_block.child_blocks["missing_kind"].value_for_form(task[0].value)

    answer = editor.post(address, {**a_form("missing_kind", kept), "action-publish": "1"})

    assert answer.status_code == 302, answer.context["form"].errors
    assert Exercise.objects.get().title_en == "Say"
    assert [(each["type"], each["value"]) for each in stored(exercise)] == [
        (each["type"], each["value"]) for each in before
    ]


@pytest.mark.parametrize(
    ("kinds", "told"),
    [
        ([EchoKind()], "needs `KINDS`"),
        (("echo",), "needs `KINDS`"),
        ((EchoKind(), EchoKind()), "a name of its own"),
        ((type("Stranger", (EchoKind,), {"name": "echo"})(),), "a name of its own"),
    ],
)
def test_kinds_that_cannot_be_taken_are_refused_when_the_plugin_loads(
    kinds: Any, told: str
) -> None:
    part = next(each for name, each in parts.items() if name == "exercise kinds")
    with pytest.raises(BadPart, match=told):
        part.check(host.plugins["probe"], SimpleNamespace(KINDS=kinds))  # type: ignore[arg-type]
