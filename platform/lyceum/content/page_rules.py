"""What holds for every page, however it is written: its tags, its level, what it may show."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext
from wagtail.models import Collection, ReferenceIndex
from wagtail.models.pages import AbstractPage

from lyceum.schools.current import CurrentSchool, school_by_id
from lyceum.schools.levels import levels_of
from lyceum.schools.models import Membership, School
from lyceum.schools.models.scoped import SchoolScopedModel
from lyceum.schools.scope import current_school

LONGEST_TITLE = 200
MOST_TAGS = 20
LONGEST_TAG = 50
MOST_DIGITS = 18


def check_page(page: Any) -> None:
    """
    Bring a page's tags into their normal form, and check all that this module is about.

    The faults name no fields: a form shows some of a page's fields only, and knows its own.

    :raises ValidationError: if something does not hold
    """
    school = school_of_page(page)
    page.tags = normal_tags(page.tags)
    check_level(page.level, school)
    for language in settings.MODELTRANSLATION_LANGUAGES:
        if len(getattr(page, f"title_{language}") or "") > LONGEST_TITLE:
            raise ValidationError(
                gettext("A title has %(longest_title)s characters at most.")
                % {"longest_title": LONGEST_TITLE}
            )
    check_belongings(page, school)


def normal_tags(tags: Any) -> list[str]:
    """
    Return tags in lower case, with hyphens for spaces, each once, in their order.

    :raises ValidationError: if they are too many, too long, or hold more than letters and digits
    """
    if not isinstance(tags, list) or not all(isinstance(tag, str) for tag in tags):
        raise ValidationError(gettext("Tags are a list of words."))
    normal = list(dict.fromkeys(filter(None, map(normal_tag, tags))))
    faults = [fault for tag in normal if (fault := _fault_of_tag(tag))]
    if len(normal) > MOST_TAGS:
        faults.append(gettext("Give %(most_tags)s tags at most.") % {"most_tags": MOST_TAGS})
    if faults:
        raise ValidationError(faults)
    return normal


def normal_tag(tag: str) -> str:
    """Return a tag as it is kept: in lower case, with hyphens for spaces."""
    return "-".join(unicodedata.normalize("NFC", tag).lower().split())


def _fault_of_tag(tag: str) -> str:
    if len(tag) > LONGEST_TAG:
        return gettext("“%(longest_tag)s…” is longer than %(longest_tag_2)s characters.") % {
            "longest_tag": tag[:LONGEST_TAG],
            "longest_tag_2": LONGEST_TAG,
        }
    # Letters, their marks and digits of any script.
    if not all(sign == "-" or unicodedata.category(sign)[0] in "LMN" for sign in tag):
        return gettext("“%(tag)s” holds something else than letters, digits and hyphens.") % {
            "tag": tag
        }
    return ""


def school_of_page(page: Any) -> CurrentSchool | None:
    """Return a page's school; of a page that is nowhere yet, the one of the request."""
    from lyceum.content.trees import school_id_of_page

    if not page.path:
        return current_school()
    school_id = school_id_of_page(page)
    return school_by_id(school_id) if school_id is not None else None


def check_level(level: str, school: CurrentSchool | None) -> None:
    """
    Check that a level is one of the school's scale.

    :raises ValidationError: if it is not
    """
    if level and school and level not in levels_of(school.level_scale):
        known = ", ".join(levels_of(school.level_scale))
        raise ValidationError(
            gettext("%(level)s is no level of the school. Its levels are: %(known)s.")
            % {"level": repr(level), "known": known}
        )


def check_belongings(page: Any, school: CurrentSchool | None) -> None:
    """
    Check that all that a page shows or names is its own school's.

    :raises ValidationError: if a file or a page is of another school, or is not there
    """
    if school is None:
        return
    shown: dict[type[Model], set[str]] = defaultdict(set)
    for content_type_id, key, *_ in ReferenceIndex._extract_references_from_object(page):
        model = ContentType.objects.get_for_id(content_type_id).model_class()
        if model is not None and _is_of_a_school(model):
            shown[model].add(key)
    for model, keys in shown.items():
        if owned(model, keys, school) != len(keys):
            raise ValidationError(_foreign(model))


def check_things(things: Iterable[Any], school: CurrentSchool | None) -> None:
    """
    Check that some files and pages are a school's own.

    :raises ValidationError: if one is not
    """
    for thing in things:
        model = type(thing)
        if school and _is_of_a_school(model) and not owned(model, {str(thing.pk)}, school):
            raise ValidationError(_foreign(model))


def owned(model: type[Model], keys: Iterable[str], school: CurrentSchool) -> int:
    """Return how many of the rows with these keys, as texts, are the school's."""
    # No database has keys of more digits, and SQLite breaks where it is asked for one.
    possible = [key for key in keys if key.isdecimal() and len(key) <= MOST_DIGITS]
    rows = model._default_manager.filter(pk__in=possible)
    if issubclass(model, AbstractPage):
        return rows.filter(path__startswith=school.root_path).count()
    if issubclass(model, SchoolScopedModel | Membership):
        return rows.filter(school_id=school.id).count()
    collection = Collection.objects.filter(school=school.id).values_list("path", flat=True).get()
    return rows.filter(collection__path__startswith=collection).count()


def _is_of_a_school(model: type[Model]) -> bool:
    has_collection = any(field.name == "collection" for field in model._meta.get_fields())
    return issubclass(model, AbstractPage) or (has_collection and not issubclass(model, School))


def _foreign(model: type[Model]) -> str:
    return gettext("There is no such %(verbose_name)s in this school.") % {
        "verbose_name": model._meta.verbose_name
    }
