"""What is wrong in a content folder, told by file, line and field, all at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from lyceum.plugin.errors import Invalid

Place = tuple[str | int, ...]


@dataclass(frozen=True, order=True)
class Complaint:
    """One thing to mend; `line` is 0 where the file as a whole is meant."""

    file: str
    line: int
    field: str
    message: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        return ": ".join(part for part in (where, self.field, self.message) if part)


@dataclass
class Complaints:
    """The complaints about one folder, collected while it is read."""

    items: list[Complaint] = field(default_factory=list)

    def add(
        self, file: str, message: str, *, line: int = 0, place: Iterable[str | int] = ()
    ) -> None:
        """Note something to mend; reading goes on, to find the rest."""
        complaint = Complaint(file, line, written(place), message)
        if complaint not in self.items:
            self.items.append(complaint)

    def raise_if_any(self) -> None:
        """
        Stop here if anything is wrong.

        :raises FolderRefused: with every complaint
        """
        if self.items:
            raise FolderRefused(sorted(self.items))


class FolderRefused(Invalid):
    """
    The content folder has faults, and nothing of it was imported.

    Each complaint names file, line and field. Mend them and import again.
    """

    code = "folder_refused"
    detail = "The folder has faults. Nothing was imported."

    def __init__(self, complaints: list[Complaint]) -> None:
        self.complaints = complaints
        fields: dict[str, list[str]] = {}
        for complaint in complaints:
            fields.setdefault(complaint.file, []).append(str(complaint))
        super().__init__(fields=fields)


def written(place: Iterable[str | int]) -> str:
    """Return the path of a field as people write it: `exercises[3].task.text`."""
    path = ""
    for step in place:
        path += f"[{step}]" if isinstance(step, int) else f".{step}" if path else step
    return path
