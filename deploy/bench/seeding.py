"""A school with very many lessons, and who reads them."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, dataclass
from typing import Any
from uuid import uuid4

import django
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from deploy.bench.copying import copy_lesson, insert
from deploy.databases import make_cache_table
from lyceum.kernel.identity import new_uuid

SLUG = "bench"
HOST = "bench.localhost"
PASSWORD = "correct-horse-battery"  # noqa: S105
LEARNERS_LEVEL = "B1"
CATEGORIES = 4
SUBCATEGORIES = 5  # in each category
EXERCISES = 10

PARAGRAPH = (
    "<p>We say <b>good morning</b> until noon, <b>good afternoon</b> until six, and then "
    "<b>good evening</b>. To friends we simply say hello, at whatever time it is; señora López, "
    "who has been here for years, still says “good day” to everybody she meets.</p>"
)


@dataclass(frozen=True)
class Seeded:
    """
    What the benchmark asks for.

    `gated_lesson` requires another, which the learner has done.
    """

    lesson: str
    gated_lesson: str
    lesson_pk: int
    exercise: str
    category: str
    learner: str
    wagtail_token: str


def seed(lessons: int) -> Seeded:
    """Make the database, a school with so many published lessons, and who reads them."""
    from lyceum.content.founding import found_school

    call_command("migrate", verbosity=0, interactive=False)
    make_cache_table()
    with transaction.atomic():
        school = found_school(
            slug=SLUG,
            name="Bench",
            host=HOST,
            languages=("en", "es"),
            catalogue="public",
            signup_policy="open",
        )
        root = apps.get_model("content", "BasePage").objects.get(pk=school.root_page_id)
        categories = [a_page("Category", root, f"Category {one}") for one in range(CATEGORIES)]
        subcategories = [
            a_page("Subcategory", category, f"Section {number}")
            for category in categories
            for number in range(SUBCATEGORIES)
        ]
        template = a_page("Lesson", subcategories[0], "Good morning, {number}", **lesson_fields())
        copies = copy_lesson(template, subcategories, lessons)
        require_some(copies)
        practice = a_page("Lesson", subcategories[-1], "Practice", **lesson_fields())
        exercises = [an_exercise(practice, number) for number in range(EXERCISES)]
        learner = a_member(school.id, "student", level=LEARNERS_LEVEL)
        begin_some(school.id, learner, copies)
        token = a_wagtail_token(a_member(school.id, "manager"))
    connection.cursor().execute("ANALYZE")
    return Seeded(
        lesson=str(copies[12].uuid),
        lesson_pk=copies[12].pk,
        gated_lesson=str(copies[11].uuid),
        exercise=str(exercises[0].uuid),
        category=str(categories[-1].uuid),
        learner=str(learner.email),
        wagtail_token=token,
    )


def a_page(model: str, parent: Any, title: str, **fields: Any) -> Any:
    """Make a page and publish it, as a creator does."""
    page = apps.get_model("content_types", model)(
        title_en=title,
        title_es=f"{title} (es)",
        description_en=f"{title}: what to say, when to say it, and to whom one had better not.",
        slug=f"p-{uuid4().hex[:12]}",
        live=False,
        **fields,
    )
    apps.get_model("content", "BasePage").objects.get(pk=parent.pk).add_child(instance=page)
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def lesson_fields() -> dict[str, Any]:
    """Return the fields of a lesson whose document is of about 4 KB."""
    blocks = [
        {"type": "text", "id": str(new_uuid()), "value": f"<h3>Part {part}</h3>" + 2 * PARAGRAPH}
        for part in range(1, 7)
    ]
    return {
        "body_en": json.dumps(blocks),
        "objectives_en": json.dumps([{"type": "objective", "value": "Greet people politely."}]),
        "level": "A1",
        "tags": ["greetings", "spoken"],
    }


def an_exercise(lesson: Any, number: int) -> Any:
    task = {
        "language": "en",
        "source": {"es": f"El perro grande duerme {number} horas."},
        "accept": [
            f"The (big|large) dog sleeps [for] {number} hours.",
            f"The dog rests {number} h",
        ],
        "forbidden": [],
    }
    return a_page(
        "Exercise",
        lesson,
        f"Say it {number}",
        task=json.dumps([{"type": "translation", "value": task}]),
    )


def require_some(lessons: list[Any]) -> None:
    """Have each tenth lesson require the one before it."""
    model = apps.get_model("content_types", "LessonPrerequisite")
    insert(
        model,
        (
            {"lesson_id": lessons[at].pk, "required_id": lessons[at - 1].pk, "sort_order": 0}
            for at in range(1, len(lessons), 10)
        ),
    )


def begin_some(school_id: int, learner: Any, lessons: list[Any]) -> None:
    """Have a learner done every second lesson, so that those with prerequisites are open."""
    at = timezone.now()
    insert(
        apps.get_model("learning", "LessonProgress"),
        (
            {
                "school_id": school_id,
                "user_id": learner.pk,
                "lesson_id": lesson.pk,
                "score": 0.9,
                "points": 90,
                "attempts": 12,
                "first_attempted_at": at,
                "last_attempted_at": at,
                "completed_at": at,
                "updated_at": at,
            }
            for lesson in lessons[:1000:2]
        ),
    )


def a_member(school_id: int, role: str, **fields: Any) -> Any:
    user = get_user_model().objects.create_user(f"{role}@bench.test", PASSWORD, first_name="Alex")
    apps.get_model("schools", "Membership").objects.create(
        school_id=school_id, user=user, roles=frozenset({role}), **fields
    )
    return user


def a_wagtail_token(user: Any) -> str:
    """Return a token of Wagtail's own."""
    from wagtail.models import APIToken

    _, plain = APIToken.create_token(user=user, name="bench")
    return plain


if __name__ == "__main__":
    django.setup()
    print(json.dumps(asdict(seed(int(sys.argv[1])))))
