"""The task of an exercise: stored, edited, imported, and extended by plugins."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.forms.models import modelform_factory
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from pydantic import ValidationError as InvalidBody
from wagtail import blocks
from wagtail.admin.forms.pages import WagtailAdminPageForm
from wagtail.admin.templatetags.wagtailadmin_tags import render_with_errors
from wagtail.api.v3 import form_data
from wagtail.api.v3.form_data import flatten_block_value
from wagtail.rich_text import RichText

from content_types.models import Exercise
from lyceum.content.authoring_shapes import refuse_other_shapes
from lyceum.content.blocks.streams import MISSING_KIND as MISSING
from lyceum.content.exercises.kinds import check_finished
from lyceum.content.models.pages import BasePage
from lyceum.plugin.exercises import (
    AnswerModel,
    ExerciseKind,
    Graded,
    InvalidContent,
    Marking,
    UnfinishedTask,
    exercise_kinds,
    find_task,
    plain,
    read_block,
)
from lyceum.schools.current import CurrentSchool
from tests.people import a_school

from .tasks import A_TASK, a_choice, a_listening, an_audio, grade, kind_named, library, read

TaskForm = modelform_factory(Exercise, form=WagtailAdminPageForm, fields=["task"])


class Echo(AnswerModel):
    said: str


class EchoKind(ExerciseKind[Echo]):
    """A kind as a plugin brings it: one class."""

    name = "echo"
    label = "Say it again"
    Answer = Echo

    def block(self) -> blocks.StructBlock:
        return blocks.StructBlock([("word", blocks.CharBlock(max_length=20))])

    def present(self, task: Any, *, seed: str, language: str) -> dict[str, Any]:
        return {"letters": len(task["word"])}

    def grade(self, task: Any, answer: Echo, *, seed: str, marking: Marking) -> Graded:
        right = answer.said == task["word"]
        return Graded(score=float(right), correct=right)

    def solution(self, task: Any, *, seed: str) -> dict[str, Any]:
        return {"said": task["word"]}


@pytest.fixture
def echo(monkeypatch):
    """A plugin's kind, there for the length of a test."""
    kind = EchoKind()
    monkeypatch.setitem(exercise_kinds._things, kind.name, kind)
    return kind


def an_exercise(task: Any, school: CurrentSchool | None = None) -> Exercise:
    page = BasePage.objects.get(pk=(school or a_school()).root_page_id)
    return page.add_child(instance=Exercise(title="Try it", slug="try-it", task=task))


def stored(exercise: Exercise) -> list[dict[str, Any]]:
    """Return the task as the database holds it."""
    row = Exercise.objects.filter(pk=exercise.pk)
    return json.loads(row.extra(select={"raw": "task"}).values_list("raw", flat=True)[0])


def again(exercise: Exercise) -> Exercise:
    return Exercise.objects.get(pk=exercise.pk)


def posted(kind: str, fields: dict[str, str]) -> QueryDict:
    """Make what a browser sends for a task of one kind."""
    data = QueryDict(mutable=True)
    data.update({"task-count": "1", "task-0-deleted": "", "task-0-order": "0"})
    data.update({"task-0-type": kind, "task-0-id": ""})
    data.update({f"task-0-value{name}": value for name, value in fields.items()})
    return data


@pytest.mark.django_db
@pytest.mark.parametrize("kind", A_TASK)
def test_a_task_of_every_kind_is_stored_and_read_again(kind):
    school = a_school()
    an_audio(collection_id=school.collection_id)
    value = read_block(kind_named(kind).form(), A_TASK[kind](), resolve_file=library)
    exercise = again(an_exercise([(kind, value)], school))
    task = find_task(exercise.task)
    assert task.kind is kind_named(kind)
    assert task.value == plain(value)
    assert json.loads(json.dumps(task.value)) == task.value


@pytest.mark.django_db
@pytest.mark.parametrize("kind", A_TASK)
def test_a_plain_task_is_what_a_content_file_may_hold(kind):
    an_audio()
    task = read(kind, A_TASK[kind]())

    def by_uuid(model: Any, name: str) -> Any:
        return model.objects.filter(uuid=name).first()

    form = kind_named(kind).form()
    assert plain(read_block(form, task, resolve_file=by_uuid)) == task


@pytest.mark.django_db
def test_a_file_that_was_deleted_leaves_a_task_that_can_be_read():
    school = a_school()
    audio = an_audio(collection_id=school.collection_id)
    form = kind_named("listening").form()
    value = read_block(form, a_listening(), resolve_file=library)
    exercise = an_exercise([("listening", value)], school)
    audio.delete()
    assert find_task(again(exercise).task).value["audio"] == ""


@pytest.mark.django_db
def test_an_exercise_without_a_task_has_none_to_find():
    assert find_task(again(an_exercise([])).task) is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("marking", "told"),
    [
        ({"typos": "strict"}, "There is no rule 'typos'."),
        ({"typo": "hard"}, "'hard' is no severity for the rule 'typo'"),
        ({"typo": ["strict"]}, "['strict'] is no severity"),
        (["typo"], "Write rules by name"),
    ],
)
def test_rules_of_marking_that_are_not_there_are_refused(marking, told):
    exercise = an_exercise([])
    exercise.marking = marking
    with pytest.raises(ValidationError) as refusal:
        exercise.full_clean()
    assert refusal.value.message_dict["marking"][0].startswith(told)


@pytest.mark.django_db
def test_an_exercise_without_rules_of_its_own_has_none():
    exercise = an_exercise([])
    exercise.marking = None
    exercise.save()
    assert again(exercise).marking == {}


@pytest.mark.django_db
def test_a_form_shows_what_is_wrong_beside_the_field():
    form = TaskForm(
        data=posted(
            "drag_drop",
            {
                "-language": "en",
                "-items-count": "2",
                "-items-0-deleted": "",
                "-items-0-order": "0",
                "-items-0-value": "so",
                "-items-1-deleted": "",
                "-items-1-order": "1",
                "-items-1-value": "so",
                "-also-count": "0",
            },
        ),
        instance=Exercise(),
        parent_page=BasePage.objects.get(pk=a_school().root_page_id),
    )
    assert not form.is_valid()
    assert "These are all the same: there is nothing to order." in render_with_errors(form["task"])


@pytest.mark.django_db
def test_a_draft_may_be_half_done():
    form = TaskForm(
        data=posted("drag_drop", {"-language": "en", "-items-count": "0", "-also-count": "0"}),
        instance=Exercise(),
        parent_page=BasePage.objects.get(pk=a_school().root_page_id),
    )
    form.defer_required_fields()
    assert form.is_valid(), form.errors


def test_a_draft_that_is_half_done_says_what_to_mend_before_it_is_tried():
    block = Exercise._meta.get_field("task").stream_block
    form = kind_named("drag_drop").form()
    half = block.normalize(
        [("drag_drop", form.normalize({"language": "en", "items": ["so", "so"], "also": []}))]
    )
    with pytest.raises(UnfinishedTask) as refusal:
        check_finished(half)
    assert list(refusal.value.fields) == ["0.items"]
    with pytest.raises(UnfinishedTask) as refusal:
        check_finished(block.normalize([]))
    assert refusal.value.fields == {"": ["The minimum number of items is 1"]}


@pytest.mark.parametrize("accept", [[], ["(the"], [""]])
def test_a_draft_without_a_readable_answer_is_not_marked(accept):
    kind, task = kind_named("translation"), {"language": "en", "accept": accept, "forbidden": []}
    with pytest.raises(UnfinishedTask):
        grade("translation", task, {"text": "a"})
    with pytest.raises(UnfinishedTask):
        kind.solution(task, seed="s")


@pytest.mark.django_db
def test_a_new_kind_is_one_class_and_no_migration(echo):
    parent = BasePage.objects.get(pk=a_school().root_page_id)
    form = TaskForm(instance=Exercise(), parent_page=parent)
    assert "Say it again" in render_with_errors(form["task"])

    form = TaskForm(
        data=posted("echo", {"-word": "hello"}), instance=Exercise(), parent_page=parent
    )
    assert form.is_valid(), form.errors
    exercise = again(an_exercise(form.cleaned_data["task"]))
    task = find_task(exercise.task)
    assert task.kind is echo
    assert task.value == {"word": "hello"}
    assert echo.grade(task.value, Echo(said="hello"), seed="s", marking=Marking()).correct
    call_command("makemigrations", "content_types", check=True, dry_run=True, verbosity=0)


@pytest.mark.django_db
def test_a_task_whose_kind_is_gone_is_kept_through_saving_and_revisions(echo, monkeypatch):
    exercise = an_exercise([("echo", {"word": "hello"})])
    before = stored(exercise)
    monkeypatch.delitem(exercise_kinds._things, "echo")

    exercise = again(exercise)
    assert [child.block_type for child in exercise.task] == [MISSING]
    assert find_task(exercise.task) is None
    exercise.title = "Another title"
    exercise.save()
    revision = exercise.save_revision()
    revision.publish()
    assert stored(exercise) == before
    assert again(exercise).title == "Another title"

    monkeypatch.setitem(exercise_kinds._things, "echo", echo)
    assert find_task(again(exercise).task).value == {"word": "hello"}
    assert find_task(revision.as_object().task).value == {"word": "hello"}


@pytest.mark.django_db
def test_a_task_whose_kind_is_gone_survives_the_editor(echo, monkeypatch):
    exercise = an_exercise([("echo", {"word": "hello"})])
    before = stored(exercise)
    monkeypatch.delitem(exercise_kinds._things, "echo")
    exercise = again(exercise)

    form = TaskForm(instance=exercise, parent_page=exercise.get_parent())
    page = form["task"].as_widget()
    assert "A kind of exercise that is not installed" in page
    assert "Multiple choice" in page
    block = Exercise._meta.get_field("task").stream_block
    state = block.get_form_state(exercise.task)

    data = posted(MISSING, {"": state[0]["value"]})
    data["task-0-id"] = state[0]["id"]
    form = TaskForm(data=data, instance=exercise, parent_page=exercise.get_parent())
    assert form.is_valid(), form.errors
    form.save()
    assert stored(exercise) == before

    read_over_the_api = block.get_api_representation(again(exercise).task)
    data = MultiValueDict()
    flatten_block_value(block, read_over_the_api, "task", data)
    form = TaskForm(data=data, instance=exercise, parent_page=exercise.get_parent())
    assert form.is_valid(), form.errors
    form.save()
    assert stored(exercise) == before


@pytest.mark.django_db
def test_nobody_writes_a_task_past_the_form_of_its_kind():
    forged = json.dumps({"type": "echo", "value": {"word": "hello"}})
    parent = BasePage.objects.get(pk=a_school().root_page_id)
    form = TaskForm(data=posted(MISSING, {"": forged}), instance=Exercise(), parent_page=parent)
    assert not form.is_valid()
    assert "This task cannot be read" in render_with_errors(form["task"])

    refuse_other_shapes()
    block = Exercise._meta.get_field("task").stream_block
    task = {"type": MISSING, "value": json.loads(forged)}
    with pytest.raises(InvalidBody, match="block_unavailable"):
        form_data.flatten_block_value(block, [task], "task", MultiValueDict())


@pytest.mark.django_db
def test_the_editor_offers_a_missing_kind_to_nobody():
    page = TaskForm(
        instance=Exercise(), parent_page=BasePage.objects.get(pk=a_school().root_page_id)
    )["task"].as_widget()
    assert "A kind of exercise that is not installed" not in page
    for kind in exercise_kinds:
        assert kind.label in page


def test_no_search_finds_a_task_by_its_solution():
    value = read_block(kind_named("drag_drop").form(), A_TASK["drag_drop"](), resolve_file=library)
    field = Exercise._meta.get_field("task")
    task = field.stream_block.normalize([("drag_drop", value)])
    assert field.get_searchable_content(task) == []


def test_data_of_the_wrong_sort_are_told_by_their_path():
    block = blocks.StructBlock(
        [
            ("text", blocks.CharBlock()),
            ("number", blocks.IntegerBlock(required=False)),
            ("flag", blocks.BooleanBlock(required=False)),
            ("rows", blocks.ListBlock(blocks.StructBlock([("a", blocks.CharBlock())]))),
            ("stream", blocks.StreamBlock([("b", blocks.CharBlock())], required=False)),
        ]
    )
    data = {
        "text": False,
        "number": "3",
        "flag": "yes",
        "rows": [{"a": 1}, "x", {"b": "x"}],
        "stream": [{"type": "c"}, {"type": "b", "value": 4}, "x"],
        "more": 1,
    }
    with pytest.raises(InvalidContent) as refusal:
        read_block(block, data, resolve_file=library)
    assert refusal.value.fields == {
        "more": ["There is no such field here. The fields are: text, number, flag, rows, stream."],
        "text": ["Write this as text; put it in quotes."],
        "number": ["Write a whole number."],
        "flag": ["Write true or false."],
        "rows.0.a": ["Write this as text; put it in quotes."],
        "rows.1": ["Write this as fields with values."],
        "rows.2.b": ["There is no such field here. The fields are: a."],
        "stream.0": ["Name one of these types: b."],
        "stream.1.value": ["Write this as text; put it in quotes."],
        "stream.2": ["Name one of these types: b."],
    }
    for wrong in (None, [], "x"):
        with pytest.raises(InvalidContent) as refusal:
            read_block(block, wrong, resolve_file=library)
        assert list(refusal.value.fields) == [""]
    with pytest.raises(InvalidContent) as refusal:
        read_block(block, {"text": "", "rows": "x"}, resolve_file=library)
    assert list(refusal.value.fields) == ["rows"]


def test_plain_data_are_json_only():
    block = blocks.StructBlock(
        [
            ("rich", blocks.RichTextBlock()),
            ("day", blocks.DateBlock()),
            ("price", blocks.DecimalBlock()),
            ("stream", blocks.StreamBlock([("b", blocks.CharBlock())])),
        ]
    )
    value = read_block(
        block,
        {
            "rich": "<p>a</p>",
            "day": "2026-11-21",
            "price": 1.5,
            "stream": [{"type": "b", "value": "x"}],
        },
        resolve_file=library,
    )
    assert isinstance(value["rich"], RichText)
    assert plain(value) == {
        "rich": "<p>a</p>",
        "day": "2026-11-21",
        "price": 1.5,
        "stream": [{"type": "b", "value": "x"}],
    }


@pytest.mark.parametrize("kind", A_TASK)
def test_every_kind_lists_the_shape_of_its_answers(kind):
    schema = kind_named(kind).Answer.model_json_schema()
    assert json.dumps(schema)
    for shape in schema.get("$defs", {"": schema}).values():
        assert shape["additionalProperties"] is False


def test_a_choice_reads_without_a_field_that_only_the_form_has():
    assert read("multiple_choice", a_choice())["multiple"] is False


def test_the_guides_own_kind_works(monkeypatch):
    monkeypatch.setattr(exercise_kinds, "_things", dict(exercise_kinds._things))
    guide = Path(__file__).parents[3] / "platform" / "docs" / "exercise-kinds.md"
    code = re.search(r"```python\n(.*?)```", guide.read_text(), re.DOTALL).group(1)
    guides: dict = {"__name__": "guide"}
    exec(compile(code, "guide", "exec", dont_inherit=True), guides)
    for kind in guides["KINDS"]:
        exercise_kinds.register(kind.name, kind)

    task = read("words_spelling", {"word": "tea"})
    assert kind_named("words_spelling").present(task, seed="s", language="en") == {
        "letters": ["a", "e", "t"]
    }
    assert grade("words_spelling", task, {"letters": "tea"}).correct
    with pytest.raises(InvalidContent) as refusal:
        read("words_spelling", {"word": "two words"})
    assert refusal.value.fields == {"word": ["One word, please."]}
