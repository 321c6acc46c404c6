"""The shape of what learners see of each kind, for the API's document."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from content_types.rendering.schemas import Image
from lyceum.plugin.http import Answer


class Sound(Answer):
    """A sound without what it says."""

    id: UUID
    src: str
    seconds: float = Field(description="0 where it is unknown.")


class Choice(Answer):
    """Something to choose, to pair or to order: answers name its `id`."""

    id: str
    text: str


class Shown(Answer):
    language: str = Field(description="The language taught, by its code.")


class ShownChoices(Shown):
    """A multiple choice. `image` is left out where there is none."""

    question: str
    multiple: bool = Field(description="Whether several may be chosen.")
    options: list[Choice]
    image: Image = Field(default=None)


class TextSegment(Answer):
    text: str


class GapSegment(Answer):
    gap: int = Field(description="Its place among the gaps, from 0.")


class ShownGaps(Shown):
    """A text with gaps. `bank` is [] where the words are to be found by oneself."""

    segments: list[TextSegment | GapSegment]
    bank: list[str]


class ShownPairs(Shown):
    """Two sides to pair; the right one may hold more than belongs to the left."""

    left: list[Choice]
    right: list[Choice]


class ShownItems(Shown):
    """Things to put in order."""

    items: list[Choice]


class ShownSource(Shown):
    """A sentence to translate from `source_language` into `language`."""

    source: str
    source_language: str


class ShownSentence(Shown):
    """A sentence to say. `audio`, how it should sound, is left out where there is none."""

    sentence: str
    audio: Sound = Field(default=None)


class ShownPrompt(Shown):
    prompt: str
    seconds: int = Field(description="The longest recording.")


class ChoicesHeard(ShownChoices):
    kind: Literal["multiple_choice"]


class GapsHeard(ShownGaps):
    kind: Literal["fill_blank"]


class PairsHeard(ShownPairs):
    kind: Literal["matching"]


class ItemsHeard(ShownItems):
    kind: Literal["drag_drop"]


class DictationHeard(Shown):
    kind: Literal["dictation"]


class ShownSound(Shown):
    """A sound to understand, with the form that it is answered by."""

    audio: Sound
    form: Annotated[
        ChoicesHeard | GapsHeard | PairsHeard | ItemsHeard | DictationHeard,
        Field(discriminator="kind"),
    ]
