"""Archives: a ZIP of readable files, with what is held on a person, of a school or of a plugin."""

from __future__ import annotations

import json
import logging
import shutil
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any
from zipfile import ZipFile

from django.core.serializers.json import DjangoJSONEncoder

from lyceum.kernel.privacy import Part

logger = logging.getLogger(__name__)

# What the rows of tables are told as whose code is broken or gone.
AS_STORED = "as-stored"


class Encoder(DjangoJSONEncoder):
    """JSON of whatever a column holds; what has no form in JSON is told in words."""

    def default(self, value: Any) -> Any:
        try:
            return super().default(value)
        except TypeError:
            return str(value)


@dataclass
class Archive:
    """A ZIP under way: what was written, and what could not be."""

    zip: ZipFile
    written: dict[str, int] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)

    def add(self, folder: str, part: Part) -> None:
        """Write one part, under a name of its own."""
        name = self._name(folder, part.name)
        if part.open is not None:
            self._add_file(name, part)
        else:
            self.written[name] = self._add_rows(name, part.rows)

    def _name(self, folder: str, name: str) -> str:
        path = PurePosixPath(folder, name)
        if ".." in path.parts or not path.is_relative_to(folder):
            raise ValueError(f"{name!r} is no name of a file in the archive.")
        number = 1
        while str(path) in self.written:
            number += 1
            path = PurePosixPath(folder, name)
            path = path.with_name(f"{path.stem}-{number}{path.suffix}")
        return str(path)

    def _add_file(self, name: str, part: Part) -> None:
        assert part.open is not None
        try:
            with part.open() as source, self.zip.open(name, "w", force_zip64=True) as target:
                shutil.copyfileobj(source, target)
        except OSError:
            # Its row is there and its file is not: the rest is handed out all the same.
            logger.exception("A file could not be put into an archive.")
            self.missing.append(name)
            return
        self.written[name] = 1

    def _add_rows(self, name: str, rows: Iterable[Any]) -> int:
        count = 0
        with self.zip.open(name, "w", force_zip64=True) as target:
            target.write(b"[")
            try:
                for row in rows:
                    text = json.dumps(row, cls=Encoder, ensure_ascii=False, indent=1)
                    target.write((",\n" if count else "\n").encode() + text.encode())
                    count += 1
            finally:
                # Where a plugin's code fails half way, what is there can be read all the same.
                target.write(b"\n]\n")
        return count

    def contents(self) -> str:
        """Return what was written, a line for each list, as a README tells it."""
        lists = {name: count for name, count in self.written.items() if name.endswith(".json")}
        lines = [f"{name}: {count}" for name, count in lists.items()]
        return "\n".join([*lines, f"Files beside: {len(self.written) - len(lists)}"]) + "\n"

    def gaps(self) -> str:
        """Return what could not be written, as a README tells it; "" if all was."""
        if not self.missing:
            return ""
        return "Could not be put in:\n" + "\n".join(f"- {name}" for name in self.missing) + "\n\n"
