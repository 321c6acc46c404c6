"""The tables of content, gathered for Django."""

from lyceum.content.models.documents import Document, DocumentReference, PageTag
from lyceum.content.models.grants import PageGrant
from lyceum.content.models.library import (
    ImageRendition,
    LibraryDocument,
    LibraryImage,
    LibraryMedia,
    Recording,
)
from lyceum.content.models.pages import BasePage, SchoolPage
from lyceum.content.models.readiness import Readiness
from lyceum.content.models.review import SchoolReviewTask

__all__ = [
    "BasePage",
    "Document",
    "DocumentReference",
    "ImageRendition",
    "LibraryDocument",
    "LibraryImage",
    "LibraryMedia",
    "PageGrant",
    "PageTag",
    "Readiness",
    "Recording",
    "SchoolPage",
    "SchoolReviewTask",
]
