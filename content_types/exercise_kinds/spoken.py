"""What kinds answered by voice share: a recording, which waits for a person to hear it."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import Field

from lyceum.plugin.exercises import AnswerModel, AnswerText, Graded


class Spoken(AnswerModel):
    """The id of an uploaded recording, and what the client's device heard in it, if it tells."""

    recording: Annotated[UUID, Field(description="Of a file sent to /media.")]
    transcript: AnswerText = ""


def for_review() -> Graded:
    """Return the mark of a recording: none yet. A transcript made elsewhere proves nothing."""
    return Graded(status="needs_review")
