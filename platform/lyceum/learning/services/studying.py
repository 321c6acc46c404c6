"""What a client reports of a lesson: time spent, the place in it, and that it is done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from lyceum.events.services import publish
from lyceum.kernel.errors import Conflict
from lyceum.learning import catalogue
from lyceum.learning.catalogue import PageRef
from lyceum.learning.learners import Learner
from lyceum.learning.models import StudySession
from lyceum.learning.prerequisites import check_open
from lyceum.learning.results import lesson_summary
from lyceum.learning.services.once import in_one_transaction
from lyceum.learning.services.workbook import Workbook, open_workbook

# The most that one report adds, in seconds: clients report every half minute or so.
LONGEST_STEP = 90


class CompletedByExercises(Conflict):
    """
    The lesson has exercises that are marked, and is done when enough of them are right.

    Only a lesson without such exercises is done because its learner says so.
    """

    code = "completed_by_exercises"
    detail = "This lesson is completed by its exercises."


@dataclass(frozen=True)
class Report:
    """
    What a client tells of a lesson.

    `seconds` is the total of the sitting `session_id`. `position` is the client's own mark,
    None to leave it. `done` says that the learner is through; False says nothing.
    """

    session_id: UUID | None = None
    seconds: int = 0
    position: str | None = None
    done: bool = False


def report_progress(
    *, learner: Learner, lesson_id: UUID, report: Report, at: datetime, moment: datetime
) -> dict[str, Any]:
    """
    Take a report, and return where the learner stands with the lesson, in JSON types.

    `at` is now, and `moment` is when it was made, offline or on.

    :raises NotFound: if the lesson is not there for this reader
    :raises PrerequisiteMissing: if it is locked
    :raises CompletedByExercises: if it is said to be done, and is not the learner's to say
    """
    lesson = catalogue.find_page(learner, "lesson", lesson_id)
    check_open(learner, lesson)
    return in_one_transaction(lambda: take_report(learner, lesson, report, at=at, moment=moment))


def take_report(
    learner: Learner, lesson: PageRef, report: Report, *, at: datetime, moment: datetime
) -> dict[str, Any]:
    """Take a report of a lesson that is open to the learner, inside a transaction."""
    workbook = open_workbook(learner, lesson)
    progress = workbook.progress
    if report.done and progress.completed_at is None and workbook.score().is_marked:
        raise CompletedByExercises
    if report.session_id is not None:
        progress.seconds += _newly_counted(workbook, report.session_id, report.seconds, moment)
    if report.position is not None:
        progress.position = report.position
    facts = workbook.save_as(done=report.done, at=at, moment=moment)
    if facts:
        publish(*facts)
    return lesson_summary(progress, str(lesson.uuid))


def _newly_counted(workbook: Workbook, session_id: UUID, total: int, moment: datetime) -> int:
    """Return the seconds that a sitting's new total adds, and remember the total."""
    session = (
        StudySession.objects.select_for_update()
        .filter(
            user_id=workbook.learner.user_id, lesson_id=workbook.lesson.id, session_id=session_id
        )
        .first()
    )
    if session is None:
        # The wall time since the first call is none yet; what follows is measured from here.
        StudySession.objects.create(
            user_id=workbook.learner.user_id,
            lesson_id=workbook.lesson.id,
            session_id=session_id,
            started_at=moment,
            last_at=moment,
        )
        return 0
    counted = countable(
        total, counted=session.seconds, wall=(moment - session.started_at).total_seconds()
    )
    added = counted - session.seconds
    session.seconds, session.last_at = counted, max(session.last_at, moment)
    session.save(update_fields=["seconds", "last_at"])
    return added


def countable(total: int, *, counted: int, wall: float) -> int:
    """
    Return how many of a sitting's reported seconds are believed.

    At most the wall time since its first call, at most 90 more than were `counted`, never fewer.
    """
    return max(counted, min(total, int(wall), counted + LONGEST_STEP))
