"""The shapes of tasks, answers and solutions, of every kind of exercise that is installed."""

# Annotations are values here: which kinds there are is known once all plugins are ready.
from typing import Annotated, Any, Union

from pydantic import ConfigDict

from lyceum.content.exercises.kinds import exercise_kinds
from lyceum.http.schemas import Answer, ToldAs


class OtherTask(Answer):
    """The task of a plugin's kind (`GET /content/exercise-kinds`); {} while it is not installed."""

    model_config = ConfigDict(extra="allow")


class Afterwards(Answer):
    """What may be known once it was answered: what was heard, or how one might have spoken."""

    model_config = ConfigDict(extra="allow")

    transcript: str = ""
    model_answer: str = ""


def _union(types: list[Any]) -> Any:
    # Of as many as there are: no `|` says that.
    return Union[tuple(dict.fromkeys(types))]  # noqa: UP007


_tasks = _union([*(kind.Shown for kind in exercise_kinds if kind.Shown), OtherTask])
_answers = _union([kind.Answer for kind in exercise_kinds])

ShownTask = Annotated[dict[str, Any], ToldAs(_tasks)]
GivenAnswer = Annotated[Any, ToldAs(_answers)]
Solution = Annotated[dict[str, Any], ToldAs(_answers)]
AfterAnswer = Annotated[dict[str, Any], ToldAs(Afterwards)]
