"""Making documents: a page rendered in each of its school's languages, and kept as text."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from lyceum.content import search
from lyceum.content.blocks.kinds import owners_of_blocks
from lyceum.content.documents.rendering import (
    AWAITED,
    PLUGIN,
    Reference,
    Rendered,
    Rendering,
    rendered,
)
from lyceum.content.exercises.kinds import every_kind, owners_of_kinds
from lyceum.content.models import BasePage, Document, DocumentReference, PageTag
from lyceum.content.sorting import shelf_of, sort_key
from lyceum.content.types import ContentType, is_there, owners_of_types, type_of, types_with
from lyceum.content.visibility import SCHOOL_DEPTH, STEP, ancestor_paths, following
from lyceum.kernel.plugins.hooks import SchoolOfHooks, hooks
from lyceum.kernel.plugins.host import host
from lyceum.schools.models import School

BATCH = 500

# A page's card, its body, and the words that a search looks through.
Told = tuple[dict[str, Any], dict[str, Any], str]


@dataclass(frozen=True)
class Rendition:
    """
    All that is kept of one published page: documents by language, what they show, its tags.

    Of one that a plugin could not tell the documents are empty, and copies hold its title.
    """

    documents: dict[str, Rendered]
    references: frozenset[Reference]
    tags: frozenset[str]
    copies: dict[str, search.Copy]
    is_told: bool = True


@dataclass(frozen=True)
class Place:
    """A school as far as its documents depend on it; `plugins` are those in force."""

    id: int
    languages: tuple[str, ...]
    plugins: frozenset[str]


def places_by_root() -> dict[str, Place]:
    """Return each school's place by the path of its root. One query."""
    rows = School.objects.values_list("site__root_page__path", "id", "languages", "plugins")
    return {
        path: Place(id, tuple(languages), host.in_force(plugins))
        for path, id, languages, plugins in rows
    }


def render(
    page: Any,
    kind: ContentType,
    languages: tuple[str, ...],
    school: SchoolOfHooks,
    *,
    above: Mapping[str, Any] | None = None,
) -> Rendition:
    """
    Return a page of its specific class in each language, and write nothing.

    What its plugin could not tell in one of them is told in none. `above` are the pages above it
    by their paths, of their specific classes, where they are known already; others may be among
    them.
    """
    documents, copies = {}, {}
    references: set[Reference] = set()
    failed: set[str] = set()
    paths = ancestor_paths(page.path)
    above = pages_at(paths) if above is None else above
    ancestors = tuple(above[path] for path in sorted(paths) if path in above)
    found: dict[Hashable, Any] = {}
    for language in languages:
        rendering = Rendering(language, languages, ancestors, school, failed, found=found)
        told = _told(page, kind, rendering, school)
        if told is None:
            return _untold(page, languages)
        card, body, words = told
        documents[language] = rendered(card, body)
        copies[language] = search.Copy(
            title=rendering.text(page, "title"),
            description=rendering.text(page, "description"),
            body=words,
            tags=" ".join(page.tags),
        )
        references |= rendering.references
    return Rendition(documents, frozenset(references), frozenset(page.tags), copies)


def pages_at(paths: Iterable[str]) -> dict[str, Any]:
    """Return the pages at some paths, by path, of their specific classes."""
    return {page.path: page for page in BasePage.objects.filter(path__in=paths).specific()}


def _untold(page: Any, languages: Iterable[str]) -> Rendition:
    # It is kept as rendered: were it stale, each reader would have the plugin fail once more.
    title = search.Copy(title=page.title, description="", body="", tags="")
    return Rendition(
        documents=dict.fromkeys(languages, Rendered(card="", body="", digest="")),
        references=frozenset(),
        tags=frozenset(),
        copies=dict.fromkeys(languages, title),
        is_told=False,
    )


def _told(page: Any, kind: ContentType, rendering: Rendering, school: SchoolOfHooks) -> Told | None:
    owner = owners_of_types.get(kind.plural)
    if owner is None:
        return _tell(page, kind, rendering)
    given = {"page": page, "kind": kind, "rendering": rendering}
    told: Told | None = hooks.guarded(
        owner, f"pages.{kind.name}", _tell_safely, given, school=school
    )
    return told


def _tell_safely(page: Any, kind: ContentType, rendering: Rendering) -> Told:
    # What breaks within must not take the transaction of a publication with it.
    with transaction.atomic():
        card, body, words = _tell(page, kind, rendering)
    # Whatever it tells, a page is told as itself.
    card |= {"id": str(page.uuid), "type": kind.name}
    rendered(card, body)
    return card, body, str(words)


def _tell(page: Any, kind: ContentType, rendering: Rendering) -> Told:
    return kind.card(page, rendering), kind.body(page, rendering), kind.words(page, rendering)


@transaction.atomic
def render_pages(page_ids: Iterable[int], *, at: datetime) -> int:
    """
    Render pages and keep what comes of it; return how many there were.

    Of pages that are not published nothing is kept. What is kept of those whose plugin is not in
    force stays as it is until it is.
    """
    wanted = list(dict.fromkeys(page_ids))
    # What is off today is on tomorrow: readers are kept from it when they read.
    with every_kind():
        places = places_by_root()
        batches = range(0, len(wanted), BATCH)
        return sum(_render_batch(wanted[at_ : at_ + BATCH], places, at=at) for at_ in batches)


def _render_batch(page_ids: Sequence[int], places: Mapping[str, Place], *, at: datetime) -> int:
    made = 0
    pages = list(BasePage.objects.filter(pk__in=page_ids).specific())
    above = pages_at({path for page in pages for path in ancestor_paths(page.path)})
    for page in pages:
        kind = type_of(page)
        place = places.get(page.path[: SCHOOL_DEPTH * STEP])
        if not page.live or place is None or not place.languages:
            forget_page(page.pk)
        elif kind is not None and is_there(kind, place):
            _keep(page, kind, render(page, kind, place.languages, place, above=above), at=at)
            made += 1
    return made


def forget_page(page_id: int) -> None:
    """Drop all that was made of a page that is no longer published."""
    Document.objects.filter(page_id=page_id).delete()
    DocumentReference.objects.filter(page_id=page_id).delete()
    PageTag.objects.filter(page_id=page_id).delete()
    search.forget(page_id)


def _keep(page: Any, kind: ContentType, made: Rendition, *, at: datetime) -> None:
    Document.objects.filter(page_id=page.pk).exclude(language__in=made.documents).delete()
    Document.objects.bulk_create(
        [
            Document(
                page_id=page.pk,
                language=language,
                card=one.card,
                body=one.body,
                digest=one.digest,
                stale=False,
                rendered_at=at,
                shelf=shelf_of(page.path, kind.name),
                sort_key=sort_key(made.copies[language].title, page.pk),
            )
            for language, one in made.documents.items()
        ],
        update_conflicts=True,
        unique_fields=["page", "language"],
        update_fields=[
            *("card", "body", "digest", "stale", "rendered_at", "shelf", "sort_key"),
        ],
    )
    _keep_references(page.pk, made.references)
    _keep_tags(page.pk, made.tags)
    is_found = kind.listed and made.is_told
    search.keep(page.pk, made.copies if is_found else {})


def _keep_references(page_id: int, wanted: frozenset[Reference]) -> None:
    rows = DocumentReference.objects.filter(page_id=page_id)
    kept = {(kind, target): pk for pk, kind, target in rows.values_list("pk", "kind", "target")}
    if gone := [pk for reference, pk in kept.items() if reference not in wanted]:
        rows.filter(pk__in=gone).delete()
    DocumentReference.objects.bulk_create(
        [
            DocumentReference(page_id=page_id, kind=kind, target=target)
            for kind, target in sorted(wanted - kept.keys())
        ],
        ignore_conflicts=True,
    )


def _keep_tags(page_id: int, wanted: frozenset[str]) -> None:
    rows = PageTag.objects.filter(page_id=page_id)
    kept = set(rows.values_list("tag", flat=True))
    if gone := kept - wanted:
        rows.filter(tag__in=gone).delete()
    PageTag.objects.bulk_create(
        [PageTag(page_id=page_id, tag=tag) for tag in sorted(wanted - kept)], ignore_conflicts=True
    )


def refresh(root_path: str, *, plugins: frozenset[str], at: datetime) -> int:
    """
    Render what is stale below a school's root; return how many pages. One query when none is.

    What was told of a plugin that is in force no more is stale as well, and so is what had to
    leave out one that is there now: search looks through what is rendered.

    :param plugins: those that are in force in the school
    """
    low, high = root_path, following(root_path)
    owners = [*owners_of_blocks.items(), *owners_of_kinds.items()]
    here = [name for name, owner in owners if owner in plugins]
    # Those of plugins that are off stay stale until they are on.
    apps = {kind.model.partition(".")[0] for kind in types_with(plugins)}
    stale = Document.objects.filter(
        stale=True,
        page__path__gt=low,
        page__path__lt=high,
        page__content_type__app_label__in=apps,
    )
    changed = DocumentReference.objects.filter(
        Q(kind=PLUGIN) & ~Q(target__in=plugins) | Q(kind=AWAITED, target__in=here),
        page__path__gt=low,
        page__path__lt=high,
    )
    rows = stale.order_by().values_list("page_id").union(changed.order_by().values_list("page_id"))
    ids = [page_id for (page_id,) in rows]
    return render_pages(ids, at=at) if ids else 0
