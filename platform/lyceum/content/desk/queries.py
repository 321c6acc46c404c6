"""What lies on the desk of a person who writes: drafts, reviews, and what their pages lack."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Q, QuerySet
from wagtail.models import Task, TaskState, WorkflowState

from lyceum.access.roles import roles_in
from lyceum.accounts.models import User
from lyceum.content.models import BasePage
from lyceum.content.publication.readiness import missing_in
from lyceum.content.rights.pages import page_policy
from lyceum.content.rights.roles import PAGE_RIGHTS, rights_of
from lyceum.schools.current import CurrentSchool

FEW = 5
DRAFT, TRANSLATION, AUDIO = "draft", "translation", "audio"


@dataclass(frozen=True)
class PageRow:
    """A page on somebody's desk. `languages` are the school's in which something is missing."""

    id: int
    title: str
    type: str
    level: str
    is_live: bool
    is_draft: bool
    changed_at: datetime | None
    languages: tuple[str, ...] = ()
    sounds: int = 0


@dataclass(frozen=True)
class ReviewRow:
    """A page that waits for a reviewer. `actions` are what this one may do: name, label, asks."""

    page_id: int
    task_state_id: int
    title: str
    submitted_by: str
    at: datetime
    actions: tuple[tuple[str, str, bool], ...] = ()
    is_sent_back: bool = False


@dataclass(frozen=True)
class Desk:
    """The counts, and the first few of each."""

    sees_all: bool
    drafts: int
    translations: int
    audio: int
    reviews: int
    few_drafts: Sequence[PageRow] = field(default=())
    few_translations: Sequence[PageRow] = field(default=())
    few_audio: Sequence[PageRow] = field(default=())
    few_reviews: Sequence[ReviewRow] = field(default=())
    in_review: Sequence[ReviewRow] = field(default=())


def desk_of(user: User, school: CurrentSchool) -> Desk:
    """
    Return what lies on a person's desk at a school.

    A constant number of queries, however many pages there are.
    """
    pages = pages_of(user, school)
    is_draft, lacks_text, lacks_sound = (
        lacking(what, school) for what in (DRAFT, TRANSLATION, AUDIO)
    )
    counts = pages.order_by().aggregate(
        drafts=Count("pk", filter=is_draft),
        translations=Count("pk", filter=lacks_text),
        audio=Count("pk", filter=lacks_sound),
    )
    waiting = TaskState.objects.reviewable_by(user)
    return Desk(
        sees_all=sees_all(user, school),
        **counts,
        reviews=waiting.count(),
        few_drafts=rows_of(latest_first(pages.filter(is_draft))[:FEW], school),
        few_translations=rows_of(latest_first(pages.filter(lacks_text))[:FEW], school),
        few_audio=rows_of(latest_first(pages.filter(lacks_sound))[:FEW], school),
        few_reviews=_reviews(user, waiting),
        in_review=_in_review(user, school),
    )


def sees_all(user: User, school: CurrentSchool) -> bool:
    """Return whether a person's desk is the whole school's: a manager's, and an operator's."""
    return user.is_superuser or bool(rights_of(roles_in(user, school.id), PAGE_RIGHTS))


def pages_of(user: User, school: CurrentSchool) -> QuerySet[Any]:
    """
    Return the pages that somebody may change: a manager's are the school's, a creator's their own.

    One's own are those that one made, or wrote last, and those of nobody, as an import's are.
    """
    pages: QuerySet[Any] = page_policy.instances_user_has_permission_for(user, "change")
    pages = pages.filter(path__startswith=school.root_path).exclude(pk=school.root_page_id)
    if not sees_all(user, school):
        pages = pages.filter(Q(owner=user) | Q(owner=None) | Q(latest_revision__user=user))
    return pages


def lacking(what: str, school: CurrentSchool, languages: Sequence[str] = ()) -> Q:
    """
    Return the condition on pages that they are a draft, or lack translations or sounds.

    :param languages: of the school, in which translations are asked for; all of them by default
    """
    if what == DRAFT:
        return Q(live=False) | Q(has_unpublished_changes=True)
    if what == AUDIO:
        return Q(readiness__sounds__gt=0)
    return missing_in(languages or school.languages)


def latest_first(pages: QuerySet[Any]) -> QuerySet[Any]:
    return pages.order_by("-latest_revision_created_at", "-pk")


def rows_of(pages: QuerySet[Any], school: CurrentSchool) -> list[PageRow]:
    """Return pages as they lie on a desk. One query."""
    found = pages.select_related("readiness").only(
        *("pk", "title", "draft_title", "level", "live", "has_unpublished_changes"),
        *("latest_revision_created_at", "content_type", "readiness"),
    )
    return [row_of(page, school) for page in found]


def row_of(page: Any, school: CurrentSchool) -> PageRow:
    lacks = getattr(page, "readiness", None)
    missing = lacks.languages.split(",") if lacks else ()
    kind = ContentType.objects.get_for_id(page.content_type_id)
    model = kind.model_class()
    return PageRow(
        id=page.pk,
        title=page.draft_title or page.title,
        type=str(model._meta.verbose_name) if model else kind.model,
        level=page.level,
        is_live=page.live,
        is_draft=not page.live or page.has_unpublished_changes,
        changed_at=page.latest_revision_created_at,
        languages=tuple(code for code in school.languages if code in missing),
        sounds=lacks.sounds if lacks else 0,
    )


def _reviews(user: User, waiting: QuerySet[Any]) -> list[ReviewRow]:
    states = list(waiting.select_related("revision__user").order_by("-started_at")[:FEW])
    tasks = {
        task.pk: task
        for task in Task.objects.filter(pk__in={state.task_id for state in states}).specific()
    }
    pages = BasePage.objects.in_bulk([int(state.revision.object_id) for state in states])
    rows = []
    for state in states:
        page = pages.get(int(state.revision.object_id))
        if page is not None:
            actions = tuple(tasks[state.task_id].get_actions(page, user))
            rows.append(_review(state, state.revision, actions))
    return rows


def _in_review(user: User, school: CurrentSchool) -> list[ReviewRow]:
    """Return what one sent for review, or made, and others look at; what was sent back first."""
    states = WorkflowState.objects.active().filter(
        requested_by=user,
        base_content_type=ContentType.objects.get_for_model(BasePage),
    )
    found = states.select_related("current_task_state__revision__user").order_by(
        "-current_task_state__started_at"
    )[: FEW * 4]
    rows = [
        _review(state.current_task_state, state.current_task_state.revision)
        for state in found
        if state.current_task_state
    ]
    own = set(
        BasePage.objects.filter(
            pk__in=[row.page_id for row in rows], path__startswith=school.root_path
        ).values_list("pk", flat=True)
    )
    kept = [row for row in rows if row.page_id in own]
    return sorted(kept, key=lambda row: not row.is_sent_back)[:FEW]


def _review(
    state: Any, revision: Any, actions: tuple[tuple[str, str, bool], ...] = ()
) -> ReviewRow:
    by = revision.user
    return ReviewRow(
        page_id=int(revision.object_id),
        task_state_id=state.pk,
        title=revision.object_str,
        submitted_by=str(by) if by else "",
        at=state.started_at,
        actions=actions,
        is_sent_back=state.status == TaskState.STATUS_REJECTED,
    )
