"""Pages for tests: published ones unless the test says otherwise."""

from __future__ import annotations

from itertools import count
from typing import Any

from wagtail.log_actions import log
from wagtail.signals import page_published

from content_types.models import Bank, Category, Course, Exercise, Lesson, Subcategory
from lyceum.content.models import BasePage
from lyceum.kernel.clock import now
from lyceum.schools.current import CurrentSchool

_numbers = count(1)


def a_page(model: type[Any], parent: Any, title: str = "", **fields: Any) -> Any:
    """
    Make a page below another. `title` is in English; `title_es` and so on are fields.

    A published one is saved as such at once, with its revision, its document and its entry in the
    history: half the work of a draft that is published after, and the same in the database.
    """
    number = next(_numbers)
    fields.setdefault("slug", f"{model.__name__.lower()}-{number}")
    published = fields.pop("published", True)
    page = model(title_en=title or f"{model.__name__} {number}", live=published, **fields)
    if published:
        page.first_published_at = page.last_published_at = now()
    BasePage.objects.get(pk=parent.pk).add_child(instance=page)
    revision = page.save_revision(clean=not published, changed=not published)
    if published:
        BasePage.objects.filter(pk=page.pk).update(live_revision=revision)
        page_published.send(sender=model, instance=page, revision=revision)
        log(instance=page, action="wagtail.publish", revision=revision, content_changed=True)
        page.refresh_from_db()
    return page


def root_of(school: CurrentSchool) -> BasePage:
    page: BasePage = BasePage.objects.get(pk=school.root_page_id)
    return page


def a_category(school: CurrentSchool, title: str = "", **fields: Any) -> Category:
    page: Category = a_page(Category, root_of(school), title, **fields)
    return page


def a_subcategory(parent: Any, title: str = "", **fields: Any) -> Subcategory:
    """Make a subcategory in a category; of a school, in a category made for it."""
    if isinstance(parent, CurrentSchool):
        parent = a_category(parent)
    page: Subcategory = a_page(Subcategory, parent, title, **fields)
    return page


def a_lesson(
    parent: Any, title: str = "", *, subcategory: Subcategory | None = None, **fields: Any
) -> Lesson:
    """Make a lesson in a subcategory; of a school, in sections made for it."""
    if isinstance(parent, CurrentSchool):
        parent = subcategory or a_subcategory(parent)
    page: Lesson = a_page(Lesson, parent, title, **fields)
    return page


def an_exercise(parent: Any, title: str = "", **fields: Any) -> Exercise:
    """Make an exercise in a lesson or a bank."""
    page: Exercise = a_page(Exercise, parent, title, **fields)
    return page


def a_bank(school: CurrentSchool, title: str = "", **fields: Any) -> Bank:
    page: Bank = a_page(Bank, root_of(school), title, **fields)
    return page


def a_course(school: CurrentSchool, title: str = "", lessons: Any = (), **fields: Any) -> Course:
    """Make a course of lessons, in their order."""
    course: Course = a_page(Course, root_of(school), title, published=False, **fields)
    course.course_lessons = [
        Course.course_lessons.rel.related_model(lesson=lesson) for lesson in lessons
    ]
    course.save_revision().publish()
    course.refresh_from_db()
    return course
