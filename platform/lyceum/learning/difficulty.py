"""Which exercises many get wrong, by the figures that are kept of them; and what is answered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import ExpressionWrapper, F, FloatField, QuerySet
from django.db.models.functions import Cast

from lyceum.content.exercises.kinds import UnfinishedTask, find_task
from lyceum.content.models import BasePage
from lyceum.learning.models import Attempt, ExerciseTally
from lyceum.learning.scoring import TEN_THOUSAND
from lyceum.schools.current import CurrentSchool

# Below this, a share says little; nor shall it tell of a single learner.
FEWEST_ANSWERS = 5
# An answer is told when so many people gave it: what one alone wrote may tell who it was.
FEWEST_PEOPLE = 3
LATEST = 500
MOST_TOLD = 10
LONGEST_TOLD = 200


@dataclass(frozen=True)
class Difficulty:
    """How an exercise fares: shares and scores from 0 to 1, of the answers that were marked."""

    page_id: int
    title: str
    lesson: str
    level: str
    answers: int
    wrong: int
    share_wrong: float
    mean_score: float


@dataclass(frozen=True)
class WrongAnswer:
    """A wrong answer that several people gave, in words."""

    text: str
    times: int
    people: int


def difficult(
    school: CurrentSchool, *, pages: QuerySet[Any], at_least: int = FEWEST_ANSWERS
) -> QuerySet[Any]:
    """
    Return the figures of exercises that somebody got wrong, the largest share first.

    :param pages: the exercises that are asked about
    :param at_least: how many answers must have been marked
    """
    # Whole numbers would be divided as whole numbers.
    wrong = Cast(F("marked") - F("correct"), FloatField())
    return (
        ExerciseTally.objects.filter(
            school=school.uuid,
            marked__gte=max(at_least, 1),
            marked__gt=F("correct"),
            exercise__in=pages.order_by().values("uuid"),
        )
        .annotate(share=ExpressionWrapper(wrong / F("marked"), output_field=FloatField()))
        .order_by("-share", "-marked", "pk")
    )


def told(tallies: Iterable[Any]) -> list[Difficulty]:
    """Return figures with the titles of their exercises and lessons. Two queries."""
    tallies = list(tallies)
    found = BasePage.objects.filter(uuid__in=[tally.exercise for tally in tallies])
    pages: dict[UUID, Any] = {
        row[0]: row[1:] for row in found.values_list("uuid", "pk", "path", "draft_title", "level")
    }
    above = {path[: -BasePage.steplen] for _pk, path, *_rest in pages.values()}
    titles = dict(BasePage.objects.filter(path__in=above).values_list("path", "draft_title"))
    rows = []
    for tally in tallies:
        if tally.exercise not in pages:
            continue
        pk, path, title, level = pages[tally.exercise]
        wrong = tally.marked - tally.correct
        rows.append(
            Difficulty(
                page_id=pk,
                title=title,
                lesson=titles.get(path[: -BasePage.steplen], ""),
                level=level,
                answers=tally.marked,
                wrong=wrong,
                share_wrong=wrong / tally.marked,
                mean_score=tally.score_total / tally.marked / TEN_THOUSAND,
            )
        )
    return rows


def wrong_answers(exercise: Any) -> list[WrongAnswer]:
    """
    Return the wrong answers that several people gave to an exercise, the most frequent first.

    Of the latest few hundred wrong ones, by one query of as many rows at most. Nobody is named.

    :param exercise: the page, of its own class
    """
    rows = Attempt.objects.filter(exercise_id=exercise.pk, correct=False).order_by("-pk")
    names = names_in(exercise)
    times: dict[str, int] = defaultdict(int)
    people: dict[str, set[int]] = defaultdict(set)
    for answer, person in rows.values_list("answer", "user_id")[:LATEST]:
        text = in_words(answer, names)[:LONGEST_TOLD]
        times[text] += 1
        people[text].add(person)
    found = [
        WrongAnswer(text, count, len(people[text]))
        for text, count in times.items()
        if text and len(people[text]) >= FEWEST_PEOPLE
    ]
    return sorted(found, key=lambda each: (-each.times, each.text))[:MOST_TOLD]


def names_in(exercise: Any) -> dict[str, str]:
    """Return what the ids mean that learners answer with: options, items, pairs."""
    task = find_task(exercise.task)
    if task is None:
        return {}
    try:
        shown = task.kind.present(task.value, seed=exercise.seed, language="en")
    except UnfinishedTask:
        return {}
    return dict(_named(shown))


def _named(shown: Any) -> Iterable[tuple[str, str]]:
    if isinstance(shown, Mapping):
        if isinstance(shown.get("id"), str) and isinstance(shown.get("text"), str):
            yield shown["id"], shown["text"]
        for part in shown.values():
            yield from _named(part)
    elif isinstance(shown, list | tuple):
        for part in shown:
            yield from _named(part)


def in_words(answer: Any, names: Mapping[str, str]) -> str:
    """Return an answer as a person reads it, its ids told by what they mean."""
    if isinstance(answer, Mapping):
        if len(answer) == 1:
            return in_words(next(iter(answer.values())), names)
        parts = ((names.get(key, ""), in_words(part, names)) for key, part in answer.items())
        return "; ".join(f"{name} – {part}" if name else part for name, part in parts)
    if isinstance(answer, list):
        return ", ".join(in_words(part, names) for part in answer)
    return names.get(answer, answer) if isinstance(answer, str) else str(answer)
