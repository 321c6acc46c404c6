"""What may be put into a school's libraries of files."""

from lyceum.content.files.uploads import (
    AUDIO,
    DOCUMENT,
    IMAGE,
    VIDEO,
    Sort,
    check_pixels,
    check_upload,
    ending_of,
)

__all__ = [
    "AUDIO",
    "DOCUMENT",
    "IMAGE",
    "VIDEO",
    "Sort",
    "check_pixels",
    "check_upload",
    "ending_of",
]
