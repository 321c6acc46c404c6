"""What may be put into a school's libraries of files."""

from lyceum.content.uploads import AUDIO, DOCUMENT, MEGABYTE, VIDEO, Sort, check_upload, ending_of

__all__ = ["AUDIO", "DOCUMENT", "MEGABYTE", "VIDEO", "Sort", "check_upload", "ending_of"]
