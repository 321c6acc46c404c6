"""What an exercise kind is: the contract that the eight kinds and every plugin's kind keep.

A kind is one object. It tells the creator's form (`block`), what a learner sees (`present`), the
shape of an answer (`Answer`), the mark (`grade`) and the solution. It holds no state and touches
no database: all it needs is in the task.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Generic, Literal, TypeVar

from pydantic import BaseModel
from wagtail import blocks

from lyceum.kernel.registries import Registry

AnswerT = TypeVar("AnswerT", bound=BaseModel)


@dataclass(frozen=True)
class Reason:
    """
    Why an answer, or a part of it, is not quite what was expected.

    `start` and `end` are places (code points) in the learner's own text of `part`; `part` names
    the gap, pair or item it is about, and is "" where the answer has one part only.
    """

    code: str
    message: str
    start: int = 0
    end: int = 0
    part: str = ""


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

    @abstractmethod
    def block(self) -> blocks.StructBlock:
        """Return the creator's form, with validation that says what to mend."""

    @abstractmethod
    def present(self, task: Mapping[str, Any], *, seed: str, language: str) -> dict[str, Any]:
        """Return what a learner sees before answering. It holds no solution, in any shape."""

    @abstractmethod
    def grade(
        self, task: Mapping[str, Any], answer: AnswerT, *, seed: str, marking: Marking
    ) -> Graded:
        """
        Return the mark of an answer.

        :raises InvalidAnswer: if it names things that the exercise does not have
        """

    @abstractmethod
    def solution(self, task: Mapping[str, Any], *, seed: str) -> dict[str, Any]:
        """Return a right answer, in the shape of an answer; {} where there is none to show."""

    def after_marking(self, task: Mapping[str, Any], *, language: str) -> dict[str, Any]:
        """Return what may be shown once an answer was given, as a listening task's transcript."""
        return {}


exercise_kinds: Registry[ExerciseKind[Any]] = Registry("exercise kinds")
