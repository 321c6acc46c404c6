"""An exercise while it is written: as learners would see it, and all that would be right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from pydantic import Field
from wagtail import blocks
from wagtail.blocks.base import get_error_json_data

from content_types.admin.drafts import (
    Draft,
    NoSuchExercise,
    page_to_write,
    read_draft,
    rules_for,
)
from content_types.models import Exercise
from lyceum.plugin.content import Rendering, presented_files
from lyceum.plugin.editing import task_as_shown
from lyceum.plugin.errors import DomainError
from lyceum.plugin.exercises import (
    Accepted,
    ExerciseKind,
    Marking,
    UnfinishedTask,
    ask_kind,
    kind_here,
    plain,
)
from lyceum.plugin.http import problem_of
from lyceum.plugin.marking import Policy
from lyceum.plugin.pages import school_of_page

MOST_FORMS = 30
MOST_PROBLEMS = 30
# A new exercise has no secret yet; what is shown of it is shuffled by this one.
NEW = "new"


class TaskDraft(Draft):
    """A task as its unsaved form holds it; the form's own fields begin with `prefix`."""

    prefix: Annotated[str, Field(max_length=100, pattern=r"^[A-Za-z0-9_-]+$")]
    language: Annotated[str, Field(max_length=20)] = ""
    # Whether what is only missing is to be told beside its field too.
    complete: bool = False


@dataclass(frozen=True)
class Fault:
    """Something to mend: `path` leads to it in the form, `place` says in words where it is."""

    path: tuple[str | int, ...]
    place: str
    message: str
    is_missing: bool


@dataclass(frozen=True)
class Seen:
    """What a form shows: nothing is seen while it cannot be read, and `reason` says why."""

    html: str = ""
    accepted: tuple[Accepted, ...] = ()
    after: tuple[tuple[str, str], ...] = ()
    refused: bool = False
    reason: str = ""


@never_cache
@require_POST
def see_task(request: HttpRequest) -> HttpResponse:
    """Answer how a task would be seen and what would be right, to who may write it."""
    try:
        asked = {
            name: request.POST[name] for name in TaskDraft.model_fields if request.POST.get(name)
        }
        draft = read_draft(TaskDraft, asked)
        page = page_to_write(request.user, draft)
        kind = kind_here(draft.kind)
        if kind is None:
            raise NoSuchExercise
        form = kind.form()
        form.set_name(draft.kind)
        written = form.value_from_datadict(request.POST, request.FILES, draft.prefix)
        cleaned, error = read_form(form, written)
        seen = Seen() if cleaned is None else look(draft, page, kind, plain(cleaned))
        return JsonResponse(answer_of(draft, form, written, seen, error))
    except DomainError as error_of_draft:
        return problem_of(error_of_draft)


def read_form(form: Any, written: Any) -> tuple[Any, ValidationError | None]:
    """Return a form's value, None where it cannot be read at all, and what is to be mended."""
    try:
        return form.clean(written), None
    except ValidationError as error:
        found = error
    try:
        return form.clean_deferred(written), found
    except ValidationError:
        return None, found


def look(draft: TaskDraft, page: Any, kind: ExerciseKind[Any], task: dict[str, Any]) -> Seen:
    """Return a task as learners would see it, with all that is right."""
    school = school_of_page(page)
    languages = school.languages if school else (draft.language,)
    language = draft.language if draft.language in languages else languages[0]
    seed = Exercise.objects.get(pk=page.pk).seed if draft.page else NEW
    policy = rules_for(draft, page)

    def ask() -> tuple[Any, tuple[Accepted, ...], dict[str, Any], bool]:
        return (
            kind.present(task, seed=seed, language=language),
            tuple(kind.accepted(task, seed=seed, language=language)),
            kind.after_marking(task, language=language),
            is_refused(kind, task, seed=seed, policy=policy),
        )

    try:
        shown, accepted, after, refused = ask_kind(kind, "preview", ask, school=school)
    except UnfinishedTask as error:
        return Seen(reason=error.message)
    told = presented_files(shown, Rendering(language, tuple(languages)))
    return Seen(
        html=task_as_shown(kind.name, told, language=language),
        accepted=tuple(part for part in accepted if any(text.strip() for text in part.texts)),
        after=tuple((name, str(text)) for name, text in after.items() if text),
        refused=refused,
    )


def is_refused(
    kind: ExerciseKind[Any], task: Mapping[str, Any], *, seed: str, policy: Policy
) -> bool:
    """Return whether the very solution of a task would be marked wrong by the rules in force."""
    solution = kind.solution(task, seed=seed)
    if not solution:
        return False
    answer = kind.read_answer(solution, task=task)
    return (
        kind.grade(task, answer, seed=seed, marking=Marking(policy=policy.as_dict())).correct
        is False
    )


def answer_of(
    draft: TaskDraft, form: Any, written: Any, seen: Seen, error: ValidationError | None
) -> dict[str, Any]:
    """Return what the panel shows, and what stands beside the fields."""
    faults = list(faults_in(form, written, error)) if error else []
    shown = {
        "kind": draft.kind,
        "seen": seen,
        "accepted": [
            {
                "part": part.part,
                "texts": part.texts[:MOST_FORMS],
                "more": max(0, len(part.texts) - MOST_FORMS),
            }
            for part in seen.accepted
        ],
        "faults": faults[:MOST_PROBLEMS],
        "more": max(0, len(faults) - MOST_PROBLEMS),
    }
    beside = error if draft.complete else written_wrong(error)
    return {
        "html": render_to_string("content_types/admin/task_seen.html", shown),
        "errors": get_error_json_data(beside) if beside else None,
    }


def is_missing(error: ValidationError) -> bool:
    return getattr(error, "code", "") == "required"


def written_wrong(error: ValidationError | None) -> ValidationError | None:
    """Return an error without what is only not written yet; None if nothing is left of it."""
    if error is None or not hasattr(error, "block_errors"):
        return None if error is None or is_missing(error) else error
    left: dict[Any, ValidationError] = {}
    for step, inner in error.block_errors.items():
        if (kept := written_wrong(inner)) is not None:
            left[step] = kept
    about_all = [each for each in error.non_block_errors.as_data() if not is_missing(each)]
    if not left and not about_all:
        return None
    return type(error)(block_errors=left, non_block_errors=about_all)


def faults_in(
    block: Any,
    value: Any,
    error: ValidationError,
    path: tuple[str | int, ...] = (),
    place: str = "",
) -> Iterator[Fault]:
    """Yield all that is to be mended in a form, in the order of its fields."""
    if not hasattr(error, "block_errors"):
        for message in error.messages:
            yield Fault(path, place, message, is_missing(error))
        return
    for each in error.non_block_errors.as_data():
        for message in each.messages:
            yield Fault(path, place, message, is_missing(each))
    for step, inner in error.block_errors.items():
        below, held, name = child_of(block, value, step)
        deeper = " › ".join(filter(None, (place, name)))
        yield from faults_in(below, held, inner, (*path, step), deeper)


def child_of(block: Any, value: Any, step: str | int) -> tuple[Any, Any, str]:
    """Return the block at a step into a form, what it holds, and what its place is called."""
    if isinstance(block, blocks.StreamBlock):
        child = value[int(step)]
        return child.block, child.value, str(child.block.label)
    if isinstance(block, blocks.ListBlock):
        return block.child_block, value[int(step)], str(int(step) + 1)
    child = block.child_blocks[step]
    return child, value[step], str(child.label)
