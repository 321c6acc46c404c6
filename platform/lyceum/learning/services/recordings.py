"""Recordings that an answer by voice names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from lyceum.content.models import Recording
from lyceum.kernel.errors import Invalid
from lyceum.learning.learners import Learner
from lyceum.learning.models import Attempt


class UnknownRecording(Invalid):
    """
    The answer names a recording that is not there, or not the learner's own in this school.

    Upload it first with `POST /api/v1/media`, and send the id that it answers.
    """

    code = "unknown_recording"
    detail = "There is no such recording of yours."


def check_recording(learner: Learner, answer: Mapping[str, Any]) -> None:
    """
    Let an answer by voice pass that names the learner's own recording.

    :raises UnknownRecording: if it does not
    """
    named = answer.get("recording", "")
    own = Recording.objects.filter(owner_id=learner.user_id, school_id=learner.school.id)
    if not own.filter(uuid=named).exists():
        raise UnknownRecording(fields={"recording": ["There is no such recording of yours."]})


def is_in_an_answer(owner_id: int, recording: UUID) -> bool:
    """Return whether a recording is part of an answer that its owner handed in."""
    return Attempt.objects.filter(user_id=owner_id, answer__recording=str(recording)).exists()
