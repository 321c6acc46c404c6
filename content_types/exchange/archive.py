"""A school's published content in its export: the same folder that `import_school` reads."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from content_types.exchange.exporting import export_folder
from lyceum.plugin.privacy import Part, Provider
from lyceum.plugin.schools import school_by_id


def parts_of_folder(school_id: int) -> Iterator[Part]:
    """Yield the files of a school's content folder."""
    with TemporaryDirectory() as made:
        root = Path(made) / "content"
        export_folder(root, school=school_by_id(school_id))
        for path in sorted(root.rglob("*")):
            if path.is_file():
                yield Part(path.relative_to(root).as_posix(), open=partial(path.open, "rb"))


PRIVACY = Provider(
    export_school=parts_of_folder,
    nothing="Pages name people by the columns of the base page alone, which is content's.",
)
