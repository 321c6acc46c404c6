"""The blocks that a lesson's body is made of."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.embeds.finders import get_finders
from wagtail.images.blocks import ImageChooserBlock
from wagtailmedia.blocks import AudioChooserBlock, VideoChooserBlock

from lyceum.plugin.blocks import (
    MISSING_BLOCK,
    KeptBlock,
    OfferedBlocks,
    OfferingStreamBlock,
    block_here,
    blocks_here,
)

TEXT_FEATURES = ["h3", "h4", "bold", "italic", "ol", "ul", "hr", "link"]
TEXT_LENGTH = 10_000
LANGUAGE_CODE = RegexValidator(
    r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", "Write a language by its code, as in en or pt-BR."
)

TONES = [
    ("note", "Note"),
    ("tip", "Tip"),
    ("warning", "Warning"),
    ("culture", "Culture"),
]


def objective_blocks() -> list[tuple[str, blocks.Block]]:
    return [("objective", blocks.CharBlock(max_length=300))]


def lesson_blocks() -> list[tuple[str, blocks.Block]]:
    """Return a body's own blocks by name. What a body may hold is a contract of the API."""
    return [
        ("text", text_block(label="Text")),
        ("image", ImageBlock()),
        ("audio", AudioBlock()),
        ("video", VideoBlock()),
        ("pdf", PdfBlock()),
        ("slides", SlidesBlock()),
        ("embed", EmbeddedBlock()),
        ("vocabulary", VocabularyBlock()),
        ("dialogue", DialogueBlock()),
        ("callout", CalloutBlock()),
        (
            "exercise",
            blocks.PageChooserBlock(
                page_type="content_types.Exercise",
                icon="form",
                help_text="One of this lesson's own exercises, shown at this place.",
            ),
        ),
    ]


def text_block(**options: object) -> blocks.RichTextBlock:
    return blocks.RichTextBlock(features=TEXT_FEATURES, max_length=TEXT_LENGTH, **options)


def language_block() -> blocks.CharBlock:
    return blocks.CharBlock(
        max_length=10,
        default="en",
        validators=[LANGUAGE_CODE],
        help_text="The code of the language that is taught, such as en.",
    )


class ImageBlock(blocks.StructBlock):
    file = ImageChooserBlock(label="Image")
    alt = blocks.CharBlock(
        max_length=300, label="Alternative text", help_text="For those who cannot see the image."
    )
    caption = blocks.CharBlock(max_length=300, required=False)

    class Meta:
        icon = "image"


class AudioBlock(blocks.StructBlock):
    file = AudioChooserBlock(label="Audio file")
    caption = blocks.CharBlock(max_length=300, required=False)
    transcript = blocks.TextBlock(max_length=TEXT_LENGTH, required=False)

    class Meta:
        icon = "wagtailmedia-audio"


class VideoBlock(blocks.StructBlock):
    file = VideoChooserBlock(label="Video file")
    caption = blocks.CharBlock(max_length=300, required=False)
    transcript = blocks.TextBlock(max_length=TEXT_LENGTH, required=False)

    class Meta:
        icon = "wagtailmedia-video"


class PdfBlock(blocks.StructBlock):
    file = DocumentChooserBlock(label="PDF file")
    title = blocks.CharBlock(max_length=200)

    class Meta:
        icon = "doc-full"
        label = "PDF"


class SlideBlock(blocks.StructBlock):
    title = blocks.CharBlock(max_length=200)
    text = text_block(required=False)
    image = ImageChooserBlock(required=False)


class SlidesBlock(blocks.StructBlock):
    slides = blocks.ListBlock(SlideBlock(), min_num=1, max_num=100)

    class Meta:
        icon = "list-ul"


class EmbeddedBlock(blocks.StructBlock):
    """Something of another site, by its address alone: nothing is fetched from there."""

    url = blocks.URLBlock(
        max_length=500, label="Address", help_text="Of YouTube, Vimeo, SoundCloud, Spotify, TED."
    )
    caption = blocks.CharBlock(max_length=300, required=False)

    class Meta:
        icon = "media"

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        cleaned = super().clean(value)
        if not is_embeddable(cleaned["url"]):
            error = ValidationError("Give an https:// address of a site that may be embedded.")
            raise blocks.StructBlockValidationError({"url": error})
        return cleaned


class EntryBlock(blocks.StructBlock):
    term = blocks.CharBlock(max_length=200)
    meaning = blocks.CharBlock(max_length=500)
    example = blocks.CharBlock(max_length=500, required=False)
    audio = AudioChooserBlock(required=False)

    class Meta:
        wants = ("audio",)


class VocabularyBlock(blocks.StructBlock):
    language = language_block()
    entries = blocks.ListBlock(EntryBlock(), min_num=1, max_num=200)

    class Meta:
        icon = "openquote"


class LineBlock(blocks.StructBlock):
    speaker = blocks.CharBlock(max_length=100)
    text = blocks.CharBlock(max_length=1000)
    translation = blocks.CharBlock(max_length=1000, required=False)


class DialogueBlock(blocks.StructBlock):
    language = language_block()
    lines = blocks.ListBlock(LineBlock(), min_num=1, max_num=200)
    audio = AudioChooserBlock(required=False)

    class Meta:
        icon = "group"
        wants = ("audio",)


class CalloutBlock(blocks.StructBlock):
    tone = blocks.ChoiceBlock(choices=TONES, default="note")
    text = text_block()

    class Meta:
        icon = "info-circle"
        label = "Call-out"


def is_embeddable(url: str) -> bool:
    """Return whether an address is https and of a provider that the deployment allows."""
    return url.startswith("https://") and any(finder.accept(url) for finder in get_finders())


class LessonBody(OfferingStreamBlock):
    """What a lesson is read as: its own blocks, and those of the school's plugins."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        kept = (MISSING_BLOCK, KeptBlock())
        self.child_blocks = OfferedBlocks(lesson_blocks(), block_here, blocks_here, kept)
