"""Founding a school: its site, its page tree, its collection of files, and its first rules."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from wagtail.models import Collection, Locale, Site

from lyceum.content.models import BasePage, SchoolPage
from lyceum.content.review.workflow import set_up_review
from lyceum.events.services import record_audit
from lyceum.kernel.errors import Conflict
from lyceum.schools.current import CurrentSchool, school_by_slug
from lyceum.schools.models import School
from lyceum.schools.settings import check_settings


class SchoolExists(Conflict):
    """A school of this slug or host is there already. Choose another."""

    code = "school_exists"
    detail = "A school of this slug or host is there already."


@transaction.atomic
def found_school(
    *,
    slug: str,
    name: str,
    host: str,
    languages: Sequence[str],
    port: int = 80,
    **rules: Any,
) -> CurrentSchool:
    """
    Make a school with an empty tree, and return it.

    `rules` are the fields of `School` that set its policies, such as `signup_policy`.

    :raises SchoolExists: if the slug or the host is taken
    :raises Invalid: if a rule has a value that it cannot have
    """
    if (
        School.objects.filter(slug=slug).exists()
        or Site.objects.filter(hostname=host, port=port).exists()
    ):
        raise SchoolExists(f"There is a school {slug!r}, or one on {host}:{port}, already.")
    page = tree_root().add_child(instance=SchoolPage(title=name, slug=slug))
    site = Site.objects.create(hostname=host, port=port, site_name=name, root_page=page)
    collection = Collection.get_first_root_node().add_child(name=name)
    school = School(
        slug=slug, name=name, site=site, collection=collection, languages=list(languages), **rules
    )
    check_settings(school)
    school.save()
    set_up_review(root=page, name=name)
    record_audit(
        action="school.founded", school=school.uuid, target=school.uuid, target_type="school"
    )
    return school_by_slug(slug)


def tree_root() -> BasePage:
    """Return the root above every school's tree; made with the first school."""
    root = BasePage.objects.filter(depth=1).first()
    if root is not None:
        return root
    locale = Locale.objects.first() or Locale.objects.create(language_code="en")
    return BasePage.add_root(instance=BasePage(title="Schools", slug="schools", locale=locale))
