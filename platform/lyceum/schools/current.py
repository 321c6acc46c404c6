"""Which school a request is for: from its host, or on a neutral host from `X-School`."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any
from uuid import UUID

from django.db.models import CharField, F, Q, QuerySet

from lyceum.kernel.errors import Invalid, NotFound, Unavailable
from lyceum.kernel.plugins.host import host as plugin_host
from lyceum.kernel.prepared import Slot, fetch
from lyceum.schools.models import School


class SchoolRequired(Invalid):
    """
    The request does not say which school it is for.

    Call the school's own host, or send its slug in the `X-School` header.
    """

    code = "school_required"
    detail = "Say which school this is for: by the host, or by the header X-School."


class SchoolMismatch(Invalid):
    """
    The host is one school's and the `X-School` header names another.

    Leave the header out on a school's own host.
    """

    code = "school_mismatch"
    detail = "The host and the header X-School name two different schools."


class SchoolNotFound(NotFound):
    """There is no school of that slug. `GET /api/v1/schools` shows those that are listed."""

    code = "school_not_found"
    detail = "There is no such school."


class SchoolSuspended(Unavailable):
    """The school is suspended for the time being. Its people can ask the operator why."""

    code = "school_suspended"
    detail = "This school is suspended."


@dataclass(frozen=True)
class CurrentSchool:
    """What a request needs to know of its school. Kept in the process until its epoch changes."""

    id: int
    uuid: UUID
    slug: str
    name: str
    status: str
    listed: bool
    signup_policy: str
    catalogue: str
    level_scale: str
    languages: tuple[str, ...]
    pass_mark: int
    allowed_origins: tuple[str, ...]
    solution_at_once: bool
    enforce_time: bool
    marking: dict[str, str]
    marking_by_kind: dict[str, dict[str, str]]
    theme: str
    colours: dict[str, str]
    logo: str  # its file's name, "" without one
    epoch: int
    plugins: frozenset[str]  # in force: the only answer to whether a plugin is there
    host: str
    port: int
    root_page_id: int
    root_path: str
    collection_id: int

    @property
    def language(self) -> str:
        return self.languages[0] if self.languages else "en"

    @property
    def origin(self) -> str:
        """Where the school's pages begin, as `Site.root_url` of Wagtail says it."""
        if self.port == 443:
            return f"https://{self.host}"
        return f"http://{self.host}" + (f":{self.port}" if self.port != 80 else "")

    @property
    def is_public(self) -> bool:
        return self.catalogue == School.Catalogue.PUBLIC


_OWN = {field.name for field in fields(CurrentSchool)} - {
    "host",
    "port",
    "root_page_id",
    "root_path",
}
_kept: dict[UUID, CurrentSchool] = {}


def find_school(*, host: str, port: int, slug: str) -> CurrentSchool | None:
    """
    Return the school of a host, or on a host that is no school's the one named by `slug`.

    One query. Returns None where neither names a school: a neutral host without a slug.

    :raises SchoolMismatch: if the host is one school's and the slug another's
    :raises SchoolNotFound: if the slug is nobody's
    """
    rows = fetch(("find_school", bool(slug)), lambda: _named(bool(slug)), host=host, slug=slug)
    by_host, by_slug = _split(rows, host=host, port=port, slug=slug)
    if by_host is not None:
        if slug and by_slug != by_host:
            raise SchoolMismatch
        return _load(*by_host)
    if not slug:
        return None
    if by_slug is None:
        raise SchoolNotFound
    return _load(*by_slug)


def _named(by_slug: bool) -> QuerySet[School, Any]:
    wanted = Q(site__hostname=Slot("host", CharField()))
    if by_slug:
        wanted |= Q(slug=Slot("slug", CharField()))
    rows = School.objects.filter(wanted)
    return rows.values_list("uuid", "epoch", "slug", "site__hostname", "site__port")


def school_by_slug(slug: str) -> CurrentSchool:
    """
    Return a school by its slug, for commands and tasks.

    :raises SchoolNotFound: if there is none
    """
    row = School.objects.filter(slug=slug).values_list("uuid", "epoch").first()
    if row is None:
        raise SchoolNotFound(f"There is no school {slug!r}.")
    return _load(*row)


def school_by_id(school_id: int) -> CurrentSchool:
    """Return a school by its primary key, which a row of another table named."""
    return _load(*School.objects.values_list("uuid", "epoch").get(id=school_id))


def school_by_uuid(uuid: UUID) -> CurrentSchool | None:
    """Return a school that an event names; None if it is there no more."""
    epoch = School.objects.filter(uuid=uuid).values_list("epoch", flat=True).first()
    return _load(uuid, epoch) if epoch is not None else None


def _split(
    rows: Any, *, host: str, port: int, slug: str
) -> tuple[tuple[UUID, int] | None, tuple[UUID, int] | None]:
    """Part the rows found into the host's school and the slug's, as (id, epoch)."""
    by_host: dict[int, tuple[UUID, int]] = {}
    by_slug = None
    for uuid, epoch, row_slug, hostname, row_port in rows:
        if hostname == host:
            by_host[row_port] = (uuid, epoch)
        if row_slug == slug:
            by_slug = (uuid, epoch)
    # As Wagtail does: the very port first, else the host alone.
    found = by_host.get(port) or (next(iter(by_host.values())) if len(by_host) == 1 else None)
    return found, by_slug


def _load(uuid: UUID, epoch: int) -> CurrentSchool:
    kept = _kept.get(uuid)
    if kept is not None and kept.epoch == epoch:
        return kept
    row = (
        School.objects.filter(uuid=uuid)
        .annotate(
            host=F("site__hostname"),
            port=F("site__port"),
            root_page_id=F("site__root_page_id"),
            root_path=F("site__root_page__path"),
        )
        .values(*_OWN, "host", "port", "root_page_id", "root_path")
        .get()
    )
    row["languages"] = tuple(row["languages"])
    row["allowed_origins"] = tuple(row["allowed_origins"])
    row["plugins"] = plugin_host.in_force(row["plugins"])
    school = _kept[uuid] = CurrentSchool(**row)
    return school
