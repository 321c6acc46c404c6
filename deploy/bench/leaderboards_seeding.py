"""A school in which very many learners have points, made by the database itself."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.utils import timezone

SLUG = "bench"
WEEKS = 10
LAST_WEEK = "2026-W10"
CHILDREN, LEFT = 5, 20  # one learner of so many is a child; has left the leaderboards
AT_ONCE = 5000
CLASS = 30

SCORES = """
INSERT INTO badges_score (uuid, school_id, user_id, points, streak, longest_streak, is_listed)
SELECT gen_random_uuid(), school_id, user_id, (hashint8(user_id) & 1023) * 50, 0, 0,
    user_id %% %(left)s <> 0
FROM schools_membership WHERE school_id = %(school)s ON CONFLICT DO NOTHING
"""
# Many share their points, as where every exercise has as many.
WEEK_SCORES = """
INSERT INTO badges_weekscore (uuid, school_id, user_id, monday, points)
SELECT gen_random_uuid(), school_id, user_id, date '2026-03-02' - 7 * week,
    (hashint8(user_id + week * 1000003) & 127) * 10
FROM schools_membership, generate_series(0, %(weeks)s - 1) AS week
WHERE school_id = %(school)s ON CONFLICT DO NOTHING
"""
# The reader is in the middle of the others.
READERS = "UPDATE {table} SET points = {points} WHERE user_id = %(reader)s"


@transaction.atomic
def seed_school() -> tuple[Any, Any]:
    """Make a school that has badges, with one who reads in a class; return both."""
    from lyceum.content.founding import found_school
    from lyceum.schools.plugins.switching import enable_plugin

    school = found_school(
        slug=SLUG,
        name="Bench",
        host=f"{SLUG}.localhost",
        languages=("en",),
        catalogue="public",
        signup_policy="open",
    )
    enable_plugin(actor=None, school=school, slug="badges", at=timezone.now())
    reader = apps.get_model("accounts", "User").objects.create(email="reader@bench.test")
    join(school.id, [reader], first=0)
    cohort = apps.get_model("schools", "Cohort").objects.create(school_id=school.id, name="Class")
    return reader, cohort.uuid


def more_learners(reader: Any, first: int, last: int) -> None:
    """Have learners from the first number to the last, all with points; a few keep apart."""
    users = apps.get_model("accounts", "User").objects
    members = apps.get_model("schools", "Membership").objects
    cohort = apps.get_model("schools", "Cohort").objects.get()
    for begin in range(first, last + 1, AT_ONCE):
        numbers = range(begin, min(begin + AT_ONCE, last + 1))
        made = users.bulk_create(
            users.model(email=f"learner-{number}@bench.test", first_name=f"Learner {number}")
            for number in numbers
        )
        join(cohort.school_id, made, first=begin)
        if begin == 1:
            cohort.members.set(members.filter(user__in=[reader, *made[:CLASS]]))
            keep_apart(reader, made[CLASS:])
    values = {"school": cohort.school_id, "weeks": WEEKS, "left": LEFT, "reader": reader.pk}
    with connection.cursor() as cursor:
        for statement in (
            SCORES,
            WEEK_SCORES,
            READERS.format(table="badges_score", points=25_000),
            READERS.format(table="badges_weekscore", points=640),
        ):
            cursor.execute(statement, values)
        cursor.execute("UPDATE badges_score SET is_listed = true WHERE user_id = %s", [reader.pk])
        cursor.execute("VACUUM ANALYZE")


def join(school_id: int, people: list[Any], *, first: int) -> None:
    """Make people members of the school, some of them children."""
    members = apps.get_model("schools", "Membership")
    members.objects.bulk_create(
        members(
            school_id=school_id,
            user=user,
            roles=frozenset({"student"}),
            is_child=number % CHILDREN == 1,
        )
        for number, user in enumerate(people, start=first)
    )


def keep_apart(reader: Any, others: list[Any]) -> None:
    """Have the reader block some, and be blocked by some."""
    block, at = apps.get_model("community", "Block"), timezone.now()
    block.objects.bulk_create(block(blocker=reader, blocked=other, at=at) for other in others[:5])
    block.objects.bulk_create(block(blocker=other, blocked=reader, at=at) for other in others[5:9])
