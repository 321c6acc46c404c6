"""What an exercise kind is: the contract that the eight kinds and every plugin's kind keep.

A kind is one object. It tells the creator's form (`block`), what a learner sees (`present`), the
shape of an answer (`Answer`), the mark (`grade`) and the solution. It holds no state and touches
no database: all it needs is in the task.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Annotated, Any, ClassVar, Generic, Literal, TypeVar, cast

from django.core.exceptions import ValidationError as FormError
from django.utils.translation import gettext_lazy
from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError
from wagtail import blocks

from lyceum.content.exercises.plain_blocks import field_errors, plain
from lyceum.content.exercises.solutions import Accepted, in_words
from lyceum.kernel.errors import Invalid
from lyceum.kernel.registries import Registry
from lyceum.schools.current import CurrentSchool
from lyceum.schools.scope import current_school

AnswerT = TypeVar("AnswerT", bound=BaseModel)

LONGEST_TEXT = 2000
LONGEST_LIST = 50

# PostgreSQL keeps no NUL in JSON; it is refused here rather than there.
AnswerText = Annotated[str, StringConstraints(max_length=LONGEST_TEXT, pattern=r"^[^\x00]*$")]
ItemId = Annotated[str, StringConstraints(max_length=64, pattern=r"^[^\x00]*$")]


class InvalidAnswer(Invalid):
    """
    The answer does not have the shape that this exercise asks for, or names things it lacks.

    Read the exercise again: ids change when its creator changes it. `errors` says where. The
    shape of an answer to each kind is listed at `/content/exercise-kinds`.
    """

    code = "invalid_answer"
    detail = "This is no answer to this exercise."


class UnfinishedTask(Invalid):
    """
    The exercise is a draft that cannot be shown or marked yet.

    Its form says what to mend when it is published.
    """

    code = "unfinished_task"
    detail = "This exercise is not finished: its form says what to mend."


class AnswerModel(BaseModel):
    """The base of all answers: what is not asked for is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


@dataclass(frozen=True)
class Reason:
    """
    Why an answer, or a part of it, is not quite what was expected.

    `start` and `end` are places (code points) in the learner's own text of `part`; `part` names
    the gap, pair or item it is about, and is "" where the answer has one part only. A `slip` leaves
    an answer right, a `mistake` makes it wrong, or a part of it.
    """

    code: str
    message: str
    start: int = 0
    end: int = 0
    part: str = ""
    severity: Literal["slip", "mistake"] = "mistake"


@dataclass(frozen=True)
class Graded:
    """
    The mark of one answer.

    While `status` is `needs_review`, `score` and `correct` are None. `feedback` is what the
    creator wrote for what was chosen, in the reader's language.
    """

    status: Literal["marked", "needs_review"] = "marked"
    score: float | None = None
    correct: bool | None = None
    reasons: tuple[Reason, ...] = ()
    feedback: tuple[str, ...] = ()


@dataclass(frozen=True)
class Marking:
    """What `grade` may look at beside task and answer: the rules in force, and who reads."""

    policy: Mapping[str, str] = field(default_factory=dict)
    reader_language: str = "en"


class ExerciseKind(ABC, Generic[AnswerT]):
    """
    One way of asking and marking.

    `task` is always the plain value of the kind's block: what `plain()` makes of it, with
    JSON types only, files as the UUID (text) of the library's item.
    `seed` is the exercise's secret; ids and orders shown to learners derive from it, never from
    the order of the task.
    """

    name: ClassVar[str]
    label: ClassVar[str]
    icon: ClassVar[str] = "form"
    answered_by_voice: ClassVar[bool] = False
    Answer: ClassVar[type[BaseModel]]
    # The shape of what `present` shows, with its files told in full: for the API's document.
    Shown: ClassVar[type[BaseModel] | None] = None

    @abstractmethod
    def block(self) -> blocks.StructBlock:
        """Return the creator's form, with validation that says what to mend."""

    def form(self) -> blocks.StructBlock:
        """Return the creator's form under the kind's icon, and its label in their language."""
        block = self.block()
        block.meta.label = block.label = gettext_lazy(self.label)
        block.meta.icon = self.icon
        return block

    @abstractmethod
    def present(self, task: Mapping[str, Any], *, seed: str, language: str) -> dict[str, Any]:
        """
        Return what a learner sees before answering. It holds no solution, in any shape.

        :raises UnfinishedTask: if the task is a draft that cannot be read
        """

    @abstractmethod
    def grade(
        self, task: Mapping[str, Any], answer: AnswerT, *, seed: str, marking: Marking
    ) -> Graded:
        """
        Return the mark of an answer.

        :raises InvalidAnswer: if it names things that the exercise does not have
        :raises UnfinishedTask: if the task is a draft that cannot be read
        """

    @abstractmethod
    def solution(self, task: Mapping[str, Any], *, seed: str) -> dict[str, Any]:
        """Return a right answer, in the shape of an answer; {} where there is none to show."""

    def accepted(self, task: Mapping[str, Any], *, seed: str, language: str) -> list[Accepted]:
        """
        Return all that is right, in words: for who writes the exercise. [] where a person judges.

        It is what `solution` tells; a kind that takes more than its solution says so here.

        :raises UnfinishedTask: if the task is a draft that cannot be read
        """
        shown = self.present(task, seed=seed, language=language)
        return in_words(self.solution(task, seed=seed), shown)

    def after_marking(self, task: Mapping[str, Any], *, language: str) -> dict[str, Any]:
        """Return what may be shown once an answer was given, as a listening task's transcript."""
        return {}

    def answer_model(self, task: Mapping[str, Any]) -> type[BaseModel]:
        """Return the shape of an answer to this task; it is `Answer` unless the task decides."""
        return self.Answer

    def read_answer(self, data: Any, *, task: Mapping[str, Any]) -> AnswerT:
        """
        Return what a client sent, as an answer that `grade` takes.

        :raises InvalidAnswer: with the fields that are wrong
        """
        try:
            return cast(AnswerT, self.answer_model(task).model_validate(data))
        except ValidationError as error:
            fields: dict[str, list[str]] = {}
            for problem in error.errors(include_url=False, include_context=False):
                path = ".".join(str(step) for step in problem["loc"])
                fields.setdefault(path, []).append(problem["msg"])
            raise InvalidAnswer(fields=fields) from None


exercise_kinds: Registry[ExerciseKind[Any]] = Registry("exercise kinds")
# Of those that plugins brought: the plugin's slug, by the kind's name.
owners_of_kinds: Registry[str] = Registry("owners of exercise kinds")

# While documents are made: what they say of tasks serves the school whatever is on or off later.
_every_kind: ContextVar[bool] = ContextVar("lyceum_every_kind", default=False)


def kind_at(school: CurrentSchool | None, name: str) -> ExerciseKind[Any] | None:
    """Return a kind as a school has it: None if its plugin is not in force; all, of no school."""
    owner = owners_of_kinds.get(name)
    is_off = owner is not None and school is not None and owner not in school.plugins
    return None if is_off else exercise_kinds.get(name)


def kinds_at(school: CurrentSchool | None) -> list[ExerciseKind[Any]]:
    """Return the kinds that a school has; all that there are, of no school."""
    return [kind for kind in exercise_kinds if kind_at(school, kind.name) is not None]


def school_in_question() -> CurrentSchool | None:
    """Return the school whose plugins are to be seen; None where all that there are shall be."""
    return None if _every_kind.get() else current_school()


def kind_here(name: str) -> ExerciseKind[Any] | None:
    """Return a kind as the request's school has it."""
    return kind_at(school_in_question(), name)


def kinds_here() -> list[ExerciseKind[Any]]:
    """Return the kinds that the request's school has."""
    return kinds_at(school_in_question())


@contextmanager
def every_kind() -> Iterator[None]:
    """Have every kind there for the length of a block, whatever is in force."""
    token = _every_kind.set(True)
    try:
        yield
    finally:
        _every_kind.reset(token)


@dataclass(frozen=True)
class Task:
    """A task that was read from an exercise: its kind, and its plain value."""

    kind: ExerciseKind[Any]
    value: dict[str, Any]


def check_finished(stream: blocks.StreamValue) -> None:
    """
    Make sure that what may be a draft can be shown and marked; for what is published it holds.

    :raises UnfinishedTask: with every place to mend
    """
    try:
        stream.stream_block.clean(stream)
    except FormError as error:
        raise UnfinishedTask(fields=field_errors(error)) from None


def find_task(stream: blocks.StreamValue) -> Task | None:
    """
    Return what `Exercise.task` holds.

    None while it holds nothing, and while the plugin that brought its kind is not in force.
    """
    for child in stream:
        kind = exercise_kinds.get(child.block_type)
        return Task(kind, plain(child.value)) if kind else None
    return None
