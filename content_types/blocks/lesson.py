"""The blocks that a lesson's body is made of."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
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
    r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", _("Write a language by its code, as in en or pt-BR.")
)

TONES = [
    ("note", _("Note")),
    ("tip", _("Tip")),
    ("warning", _("Warning")),
    ("culture", _("Culture")),
]


def objective_blocks() -> list[tuple[str, blocks.Block]]:
    return [("objective", blocks.CharBlock(max_length=300))]


def lesson_blocks() -> list[tuple[str, blocks.Block]]:
    """Return a body's own blocks by name. What a body may hold is a contract of the API."""
    return [
        ("text", text_block(label=_("Text"))),
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
                help_text=_("One of this lesson's own exercises, shown at this place."),
            ),
        ),
    ]


def text_block(**options: object) -> blocks.RichTextBlock:
    return blocks.RichTextBlock(features=TEXT_FEATURES, max_length=TEXT_LENGTH, **options)


def language_block() -> blocks.CharBlock:
    return blocks.CharBlock(
        label=_("Language"),
        max_length=10,
        default="en",
        validators=[LANGUAGE_CODE],
        help_text=_("The code of the language that is taught, such as en."),
    )


class ImageBlock(blocks.StructBlock):
    file = ImageChooserBlock(label=_("Image"))
    alt = blocks.CharBlock(
        max_length=300,
        label=_("Alternative text"),
        help_text=_("For those who cannot see the image."),
    )
    caption = blocks.CharBlock(max_length=300, required=False, label=_("Caption"))

    class Meta:
        label = _("Image")
        icon = "image"


class AudioBlock(blocks.StructBlock):
    file = AudioChooserBlock(label=_("Audio file"))
    caption = blocks.CharBlock(max_length=300, required=False, label=_("Caption"))
    transcript = blocks.TextBlock(max_length=TEXT_LENGTH, required=False, label=_("Transcript"))

    class Meta:
        label = _("Audio")
        icon = "wagtailmedia-audio"


class VideoBlock(blocks.StructBlock):
    file = VideoChooserBlock(label=_("Video file"))
    caption = blocks.CharBlock(max_length=300, required=False, label=_("Caption"))
    transcript = blocks.TextBlock(max_length=TEXT_LENGTH, required=False, label=_("Transcript"))

    class Meta:
        label = _("Video")
        icon = "wagtailmedia-video"


class PdfBlock(blocks.StructBlock):
    file = DocumentChooserBlock(label=_("PDF file"))
    title = blocks.CharBlock(max_length=200, label=_("Title"))

    class Meta:
        icon = "doc-full"
        label = _("PDF")


class SlideBlock(blocks.StructBlock):
    title = blocks.CharBlock(max_length=200, label=_("Title"))
    text = text_block(required=False, label=_("Text"))
    image = ImageChooserBlock(required=False, label=_("Image"))
    alt = blocks.CharBlock(
        required=False,
        max_length=300,
        label=_("Alternative text"),
        help_text=_("For those who cannot see the image."),
    )

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        cleaned = super().clean(value)
        # A draft may lack it, as that of any image.
        if cleaned["image"] and not cleaned["alt"] and not self.is_deferred_validation:
            field = self.child_blocks["alt"].field
            error = ValidationError(field.error_messages["required"], code="required")
            raise blocks.StructBlockValidationError({"alt": error})
        return cleaned


class SlidesBlock(blocks.StructBlock):
    slides = blocks.ListBlock(SlideBlock(), min_num=1, max_num=100, label=_("Slides"))

    class Meta:
        label = _("Slides")
        icon = "list-ul"


class EmbeddedBlock(blocks.StructBlock):
    """Something of another site, by its address alone: nothing is fetched from there."""

    url = blocks.URLBlock(
        max_length=500,
        label=_("Address"),
        help_text=_("Of YouTube, Vimeo, SoundCloud, Spotify, TED."),
    )
    caption = blocks.CharBlock(max_length=300, required=False, label=_("Caption"))

    class Meta:
        label = _("Embedded")
        icon = "media"

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        cleaned = super().clean(value)
        if not is_embeddable(cleaned["url"]):
            error = ValidationError(
                gettext("Give an https:// address of a site that may be embedded.")
            )
            raise blocks.StructBlockValidationError({"url": error})
        return cleaned


class EntryBlock(blocks.StructBlock):
    term = blocks.CharBlock(max_length=200, label=_("Term"))
    meaning = blocks.CharBlock(max_length=500, label=_("Meaning"))
    example = blocks.CharBlock(max_length=500, required=False, label=_("Example"))
    audio = AudioChooserBlock(required=False, label=_("Audio"))

    class Meta:
        wants = ("audio",)


class VocabularyBlock(blocks.StructBlock):
    language = language_block()
    entries = blocks.ListBlock(EntryBlock(), min_num=1, max_num=200, label=_("Entries"))

    class Meta:
        label = _("Vocabulary")
        icon = "openquote"


class LineBlock(blocks.StructBlock):
    speaker = blocks.CharBlock(max_length=100, label=_("Speaker"))
    text = blocks.CharBlock(max_length=1000, label=_("Text"))
    translation = blocks.CharBlock(max_length=1000, required=False, label=_("Translation"))


class DialogueBlock(blocks.StructBlock):
    language = language_block()
    lines = blocks.ListBlock(LineBlock(), min_num=1, max_num=200, label=_("Lines"))
    audio = AudioChooserBlock(required=False, label=_("Audio"))

    class Meta:
        label = _("Dialogue")
        icon = "group"
        wants = ("audio",)


class CalloutBlock(blocks.StructBlock):
    tone = blocks.ChoiceBlock(choices=TONES, default="note", label=_("Tone"))
    text = text_block(label=_("Text"))

    class Meta:
        icon = "info-circle"
        label = _("Call-out")


def is_embeddable(url: str) -> bool:
    """Return whether an address is https and of a provider that the deployment allows."""
    return url.startswith("https://") and any(finder.accept(url) for finder in get_finders())


class LessonBody(OfferingStreamBlock):
    """What a lesson is read as: its own blocks, and those of the school's plugins."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        kept = (MISSING_BLOCK, KeptBlock())
        self.child_blocks = OfferedBlocks(lesson_blocks(), block_here, blocks_here, kept)
