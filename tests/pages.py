"""Pages for tests: a small tree in a school."""

from __future__ import annotations

from itertools import count
from typing import Any

from content_types.models import Category, Lesson, Subcategory
from lyceum.content.models import BasePage
from lyceum.schools.current import CurrentSchool

_numbers = count(1)


def root_of(school: CurrentSchool) -> BasePage:
    return BasePage.objects.get(pk=school.root_page_id)


def a_category(school: CurrentSchool, **fields: Any) -> Category:
    number = next(_numbers)
    defaults = {"title": f"Category {number}", "slug": f"category-{number}"}
    return root_of(school).add_child(instance=Category(**{**defaults, **fields}))


def a_subcategory(category: Category, **fields: Any) -> Subcategory:
    number = next(_numbers)
    defaults = {"title": f"Subcategory {number}", "slug": f"subcategory-{number}"}
    return category.add_child(instance=Subcategory(**{**defaults, **fields}))


def a_lesson(
    school: CurrentSchool, *, subcategory: Subcategory | None = None, **fields: Any
) -> Lesson:
    """Make a lesson, in a section of its own unless the test names one."""
    parent = subcategory or a_subcategory(a_category(school))
    number = next(_numbers)
    defaults = {"title": f"Lesson {number}", "slug": f"lesson-{number}"}
    return parent.add_child(instance=Lesson(**{**defaults, **fields}))
