"""The kinds of exercise that come with Lyceum: one file, one kind."""

from __future__ import annotations

from typing import Any

from lyceum.plugin.exercises import ExerciseKind

from .drag_drop import DragDrop
from .fill_blank import FillBlank
from .listening import Listening
from .matching import Matching
from .multiple_choice import MultipleChoice
from .speaking import Speaking
from .translation import Translation
from .voice_response import VoiceResponse

KINDS: tuple[ExerciseKind[Any], ...] = (
    MultipleChoice(),
    FillBlank(),
    Matching(),
    DragDrop(),
    Translation(),
    Listening(),
    Speaking(),
    VoiceResponse(),
)
