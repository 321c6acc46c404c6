"""What a reader may read: one rule, asked by lists, details, search and all that comes after."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from django.contrib.contenttypes.models import ContentType as DjangoContentType
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Substr

from lyceum.content.sorting import SchoolPart
from lyceum.content.types import types_of_the_house
from lyceum.kernel.prepared import Put
from lyceum.kernel.registries import Registry
from lyceum.schools.current import CurrentSchool
from lyceum.schools.standing import STRANGER, Standing

Pages = TypeVar("Pages", bound=QuerySet[Any])

STEP = 4
SCHOOL_DEPTH = 2
# No page type lies deeper: school, category, subcategory, lesson, exercise.
DEEPEST = 8


@dataclass(frozen=True)
class Reader:
    """
    Who reads, where, and in which of the school's languages.

    `seen_by` is who looks with these eyes, if it is another: nobody sees more than as themselves.
    """

    school: CurrentSchool
    language: str
    user_id: int | None = None
    user_uuid: UUID | None = None
    standing: Standing = STRANGER
    is_operator: bool = False
    seen_by: Reader | None = None

    @property
    def is_staff(self) -> bool:
        return self.standing.is_staff or self.is_operator

    @property
    def may_read(self) -> bool:
        return self.school.is_public or self.standing.is_member or self.is_operator


# What higher rooms say that a reader may not read, though the tree would let them: each gets
# the pages and the reader, and returns fewer pages.
entitlements: Registry[Callable[[QuerySet[Any], Reader], QuerySet[Any]]] = Registry("entitlements")


def narrow(
    pages: Pages, reader: Reader, put: Put | None = None, *, by_school: bool = False
) -> Pages:
    """
    Return those of the pages that a reader may read.

    They are published, as is all above them; in the reader's school, whose catalogue is open to
    the reader; of banks, only for the school's staff; and no entitlement says no.

    :param put: for a query that is prepared: puts in the values of `bounds_of`
    :param by_school: for a query that reads the pages in another order than the tree's: names the
        school as the indexes of those orders do, and leaves all other bounds to the caller
    """
    if not reader.may_read:
        return pages.none()
    bounds = bounds_of(reader)
    low, high = (put(name, CharField()) if put else value for name, value in bounds.items())
    if by_school:
        root = put("root", CharField()) if put else reader.school.root_path
        pages = pages.alias(school_part=SchoolPart("path")).filter(school_part=root)
    hidden = Q(live=False)
    if not reader.is_staff and (private := private_type_ids()):
        hidden |= Q(content_type_id__in=private)
    seen = pages.filter(~Exists(_above(OuterRef("path")).filter(hidden)), live=True)
    if not by_school:
        seen = seen.filter(path__gt=low, path__lt=high)
    for entitlement in entitlements:
        seen = entitlement(seen, reader)  # type: ignore[assignment]
    return narrow(seen, reader.seen_by) if reader.seen_by else seen


def bounds_of(reader: Reader) -> dict[str, str]:
    """Return between which paths all pages lie that a reader may read."""
    low = reader.school.root_path
    return {"low": low, "high": following(low)}


def within(bounds: Mapping[str, str], paths: Iterable[str]) -> dict[str, str]:
    """Return bounds drawn closer: between which all pages lie that are below each of the paths."""
    low, high = bounds["low"], bounds["high"]
    for path in paths:
        low, high = max(low, path), min(high, following(path))
    return {"low": low, "high": high}


def shape_of(reader: Reader) -> Hashable | None:
    """Return on what of a reader the text of a narrowed query depends; None if nobody can tell."""
    # What an entitlement makes of a reader is its own affair.
    if any(True for _ in entitlements):
        return None
    return (reader.may_read, reader.is_staff, tuple(private_type_ids()))


def published(pages: Pages) -> Pages:
    """Return those of the pages that are published, as is all above them."""
    return pages.filter(~Exists(_above(OuterRef("path")).filter(live=False)), live=True)


def below(pages: Pages, path: str) -> Pages:
    """Return those of the pages that lie below a path. An index range, whatever the database."""
    return pages.filter(path__gt=path, path__lt=following(path))


def from_path(pages: Pages, path: str) -> Pages:
    """Return the page at a path, where it is among them, and those of them that lie below it."""
    return pages.filter(path__gte=path, path__lt=following(path))


def following(path: str) -> str:
    """Return the path that comes right after a path and all that lies below it."""
    digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    head, last = path.rstrip("Z"), ""
    if head:
        last = digits[digits.index(head[-1]) + 1]
    return head[:-1] + last


def ancestor_paths(path: str) -> list[str]:
    """Return the paths of a page's ancestors below its school, nearest last."""
    return [path[:end] for end in range((SCHOOL_DEPTH + 1) * STEP, len(path), STEP)]


def _above(path: OuterRef) -> QuerySet[Any]:
    from lyceum.content.models import BasePage

    depths = range(SCHOOL_DEPTH + 1, DEEPEST)
    return BasePage.objects.order_by().filter(
        path__in=[Substr(path, 1, depth * STEP) for depth in depths]
    )


def private_type_ids() -> list[int]:
    """Return the database's ids of the page types that only staff may read."""
    return [type_id(kind.model) for kind in types_of_the_house() if kind.private]


def type_id(label: str) -> int:
    """Return the database's id of a page class. Django keeps it in the process."""
    app, model = label.split(".")
    found: int = DjangoContentType.objects.get_by_natural_key(app, model).pk
    return found
