"""Files of a plugin's own: where they lie, and how they are taken in and sent."""

from lyceum.http.ranges import send_file
from lyceum.http.uploads import file_of
from lyceum.schools.dropping import drop_files
from lyceum.schools.plugins.files import Shelf

__all__ = ["Shelf", "drop_files", "file_of", "send_file"]
