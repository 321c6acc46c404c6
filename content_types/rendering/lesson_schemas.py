"""The shape of a lesson in full, with each block of its body, for the API's document."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import ConfigDict, Field

from content_types.rendering.schemas import ExerciseCard, Image, LessonCard, LessonLink, Recording
from lyceum.plugin.http import Answer

Html = Annotated[str, Field(description="Safe HTML: headings, lists, emphasis and links.")]
Language = Annotated[str, Field(description="The language taught, by its code.")]


class Block(Answer):
    id: str = Field(description="Stays the same while the block is edited and moved.")


class File(Answer):
    id: UUID
    title: str
    src: str
    size: int = Field(description="In bytes.")


class TextBlock(Block):
    type: Literal["text"]
    html: Html


class ImageBlock(Block):
    type: Literal["image"]
    image: Image | None
    caption: str


class AudioBlock(Block):
    type: Literal["audio"]
    audio: Recording | None
    caption: str


class VideoBlock(Block):
    type: Literal["video"]
    video: Recording | None
    caption: str


class PdfBlock(Block):
    type: Literal["pdf"]
    file: File | None
    title: str


class Slide(Answer):
    title: str
    html: Html
    image: Image | None


class SlidesBlock(Block):
    type: Literal["slides"]
    slides: list[Slide]


class EmbedPlayer(Answer):
    """What plays a thing of another site in a frame; shown when the reader asks for it."""

    src: str
    kind: Literal["video", "sound"]


class EmbedBlock(Block):
    """Something of another site, by its address alone; without a player, it is a link."""

    type: Literal["embed"]
    url: str
    caption: str
    player: EmbedPlayer | None


class Entry(Answer):
    term: str
    meaning: str
    example: str
    audio: Recording | None


class VocabularyBlock(Block):
    type: Literal["vocabulary"]
    language: Language
    entries: list[Entry]


class Utterance(Answer):
    speaker: str
    text: str
    translation: str


class DialogueBlock(Block):
    type: Literal["dialogue"]
    language: Language
    lines: list[Utterance]
    audio: Recording | None


class CalloutBlock(Block):
    type: Literal["callout"]
    tone: Literal["note", "tip", "warning", "culture"]
    html: Html


class ExerciseBlock(Block):
    """An exercise of the lesson at its place; null once it is no longer published."""

    type: Literal["exercise"]
    exercise: ExerciseCard | None


class PlaceholderBlock(Block):
    """A block whose plugin is not in force. Show it as nothing, or as missing."""

    type: Literal["placeholder"]
    of: str


class OtherBlock(Block):
    """A plugin's block, with what the plugin tells. Show it as nothing unless you know its type."""

    model_config = ConfigDict(extra="allow")

    type: str = Field(description="The plugin's slug, an underscore, and the block's own name.")
    plugin: str


KnownBlock = Annotated[
    TextBlock
    | ImageBlock
    | AudioBlock
    | VideoBlock
    | PdfBlock
    | SlidesBlock
    | EmbedBlock
    | VocabularyBlock
    | DialogueBlock
    | CalloutBlock
    | ExerciseBlock
    | PlaceholderBlock,
    Field(discriminator="type"),
]


class LessonBody(LessonCard):
    objectives: list[str]
    prerequisites: list[LessonLink]
    body: list[KnownBlock | OtherBlock]
