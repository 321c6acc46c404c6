"""Giving many pages a level or tags at once: each a version of its own, all of them or none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from lyceum.accounts.models import User
from lyceum.content.documents.freshness import changing_many
from lyceum.content.models import BasePage
from lyceum.content.page_rules import check_level, normal_tags
from lyceum.content.publication.gate import NotReady
from lyceum.content.rights.pages import may
from lyceum.schools.current import CurrentSchool

LEVEL, TAGS = "level", "tags"


@dataclass(frozen=True)
class Wish:
    """What is to become of pages. A `level` of None stays as it is, "" is none."""

    level: str | None = None
    add: Sequence[str] = ()
    remove: Sequence[str] = ()


@dataclass(frozen=True)
class Outcome:
    """How many pages were published anew, wait as drafts, and were so already or have no level."""

    published: int = 0
    drafts: int = 0
    unchanged: int = 0


class NotForThisPage(ValidationError):
    """A wish that one of the pages cannot be given; none was changed."""

    def __init__(self, page: Any, fault: ValidationError) -> None:
        super().__init__(f"“{page.get_admin_display_title()}”: {' '.join(fault.messages)}")


@transaction.atomic
def give_level_and_tags(
    *, actor: User, school: CurrentSchool, pages: Iterable[BasePage], wish: Wish
) -> Outcome:
    """
    Give pages a level, give them tags, and take some away.

    What is published as it was written last is published anew, where the actor may; any other
    page gets a draft. Who may change a page is asked at the door.

    :raises NotForThisPage: naming the first page that cannot be so
    :raises NotReady: if one of the published pages has something to mend first
    """
    counts = dict.fromkeys(("published", "drafts", "unchanged"), 0)
    with changing_many(school.root_path):
        for page in pages:
            try:
                counts[_give(actor, school, page, wish)] += 1
            except NotReady:
                raise
            except ValidationError as fault:
                raise NotForThisPage(page, fault) from None
    return Outcome(**counts)


def takes(page: Any) -> frozenset[str]:
    """Return which of level and tags are in the form of a page's type."""
    model = page.specific_class
    if model is None:
        return frozenset()
    fields = model.get_edit_handler().get_form_class()._meta.fields or ()
    return frozenset({LEVEL, TAGS} & set(fields))


def _give(actor: User, school: CurrentSchool, page: BasePage, wish: Wish) -> str:
    version = page.get_latest_revision_as_object()
    taken = takes(page)
    before = (version.level, version.tags)
    if wish.level is not None and LEVEL in taken:
        check_level(wish.level, school)
        version.level = wish.level
    if TAGS in taken:
        kept = [tag for tag in version.tags if tag not in wish.remove]
        version.tags = normal_tags([*kept, *wish.add])
    if (version.level, version.tags) == before:
        return "unchanged"
    is_current = page.live and not page.has_unpublished_changes
    publishes = is_current and may(actor, "publish", page)
    # A draft may be half done, and stays so.
    revision = version.save_revision(user=actor, log_action=True, clean=publishes)
    if publishes:
        revision.publish(user=actor)
        return "published"
    if not page.live:
        # As the editor does it: what is not published holds what was written last.
        BasePage.objects.filter(pk=page.pk).update(level=version.level, tags=version.tags)
    return "drafts"
