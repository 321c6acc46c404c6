"""What a content type builds on to be read: its registry, and the rendering of its pages."""

from lyceum.content.documents.checks import count_checks
from lyceum.content.documents.freshness import changing_many, counts_changed, tree_changed
from lyceum.content.documents.rendering import Rendering, block_renderers, render_blocks
from lyceum.content.embedded import player_of
from lyceum.content.exercises.presenting import presented_task
from lyceum.content.files.addresses import (
    file_document,
    image_document,
    media_document,
    presented_files,
)
from lyceum.content.publication.outright import publish_outright
from lyceum.content.queries import (
    ExerciseSource,
    ExerciseToAnswer,
    LessonExercise,
    categories_of,
    category_of,
    exercise_sources,
    linked_page,
)
from lyceum.content.readers import reader_of
from lyceum.content.types import ContentType, content_types
from lyceum.content.visibility import Reader, from_path

__all__ = [
    "ContentType",
    "ExerciseSource",
    "ExerciseToAnswer",
    "LessonExercise",
    "Reader",
    "Rendering",
    "block_renderers",
    "categories_of",
    "category_of",
    "changing_many",
    "content_types",
    "count_checks",
    "counts_changed",
    "exercise_sources",
    "file_document",
    "from_path",
    "image_document",
    "linked_page",
    "media_document",
    "player_of",
    "presented_files",
    "presented_task",
    "publish_outright",
    "reader_of",
    "render_blocks",
    "tree_changed",
]
