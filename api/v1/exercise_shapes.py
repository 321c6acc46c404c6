"""The shapes of tasks, answers and solutions, of every kind of exercise that is installed."""

# Annotations are values here: which kinds there are is known once all plugins are ready.
from typing import Annotated, Any, Union

from pydantic import ConfigDict

from lyceum.content.exercises.kinds import exercise_kinds, owners_of_kinds
from lyceum.http.schemas import Answer, ToldAs


class OtherTask(Answer):
    """The task of a plugin's kind (`GET /content/exercise-kinds`); {} while it is not in force."""

    model_config = ConfigDict(extra="allow")


class OtherAnswer(Answer):
    """An answer to an exercise of a plugin's kind (`GET /content/exercise-kinds`)."""

    model_config = ConfigDict(extra="allow")


class Afterwards(Answer):
    """What may be known once it was answered: what was heard, or how one might have spoken."""

    model_config = ConfigDict(extra="allow")

    transcript: str = ""
    model_answer: str = ""


def _union(types: list[Any]) -> Any:
    # Of as many as there are: no `|` says that.
    return Union[tuple(dict.fromkeys(types))]  # noqa: UP007


# The document is the same in all schools: what a plugin brings is told where it is in force.
_kinds = [kind for kind in exercise_kinds if kind.name not in owners_of_kinds]
_tasks = _union([*(kind.Shown for kind in _kinds if kind.Shown), OtherTask])
_answers = _union([*(kind.Answer for kind in _kinds), OtherAnswer])

ShownTask = Annotated[dict[str, Any], ToldAs(_tasks)]
GivenAnswer = Annotated[Any, ToldAs(_answers)]
Solution = Annotated[dict[str, Any], ToldAs(_answers)]
AfterAnswer = Annotated[dict[str, Any], ToldAs(Afterwards)]
