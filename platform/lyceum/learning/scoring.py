"""What a lesson's score is: pure arithmetic over what was answered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

# Scores are kept to four places; a pass mark met within less than that is met.
PLACES = 4
TEN_THOUSAND = 10**PLACES


@dataclass(frozen=True)
class Standing:
    """
    One exercise of a lesson, as it counts for one learner.

    `best_score` is the best mark from before the solution was shown, None without any. `waiting`
    tells that an answer waits for review; `available`, that the exercise's kind is there.
    """

    points: int
    best_score: float | None = None
    waiting: bool = False
    available: bool = True

    @property
    def counts(self) -> bool:
        return self.available and not (self.waiting and self.best_score is None)


@dataclass(frozen=True)
class Score:
    """A lesson's score from 0 to 1; `out_of` is the points that count, 0 where nothing does."""

    score: float
    points: int
    out_of: int

    @property
    def is_marked(self) -> bool:
        return self.out_of > 0

    def reaches(self, pass_mark: int) -> bool:
        """Return whether the score is at least a pass mark in per cent."""
        return self.is_marked and round(self.score * TEN_THOUSAND) >= pass_mark * 100


def points_for(score: float, points: int) -> int:
    """Return the points that a score from 0 to 1 earns, halves rounded up."""
    return int(score * points + 0.5)


def lesson_score(standings: Iterable[Standing]) -> Score:
    """Return the points-weighted score over the exercises that count."""
    counted = [standing for standing in standings if standing.counts]
    out_of = sum(standing.points for standing in counted)
    earned = sum((standing.best_score or 0) * standing.points for standing in counted)
    points = sum(points_for(standing.best_score or 0, standing.points) for standing in counted)
    return Score(
        score=round(earned / out_of, PLACES) if out_of else 0.0, points=points, out_of=out_of
    )
