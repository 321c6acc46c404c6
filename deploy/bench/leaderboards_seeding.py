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
    apps.get_model("schools", "Membership").objects.create(
        school_id=school.id, user=reader, roles=frozenset({"student"})
    )
    cohort = apps.get_model("schools", "Cohort").objects.create(school_id=school.id, name="Class")
    return reader, cohort.uuid


def more_learners(reader: Any, first: int, last: int) -> None:
    """Have learners from the first number to the last, all with points; a few keep apart."""
    users, memberships = (
        apps.get_model("accounts", "User"),
        apps.get_model("schools", "Membership"),
    )
    cohort = apps.get_model("schools", "Cohort").objects.get()
    own = memberships.objects.get(user=reader)
    values = {"school": cohort.school_id, "weeks": WEEKS, "left": LEFT, "reader": reader.pk}
    with connection.cursor() as cursor:
        numbers = f"generate_series({first}, {last}) AS n"
        told = {
            "uuid": "gen_random_uuid()",
            "email": "'learner-' || n || '@bench.test'",
            "first_name": "'Learner ' || n",
        }
        cursor.execute(copies_of(users, told, numbers), [reader.pk])
        told = {
            "uuid": "gen_random_uuid()",
            "user_id": "users.id",
            "is_child": f"users.id % {CHILDREN} = 1",
        }
        new = f"{users._meta.db_table} AS users"
        latest = " AND NOT EXISTS (SELECT FROM schools_membership WHERE user_id = users.id)"
        cursor.execute(copies_of(memberships, told, new) + latest, [own.pk])
        if first == 1:
            made = list(users.objects.exclude(pk=reader.pk).order_by("pk")[: CLASS + 9])
            members = memberships.objects.filter(user__in=[reader, *made[:CLASS]])
            cohort.members.set(members)
            keep_apart(reader, made[CLASS:])
        for statement in (
            SCORES,
            WEEK_SCORES,
            READERS.format(table="badges_score", points=25_000),
            READERS.format(table="badges_weekscore", points=640),
        ):
            cursor.execute(statement, values)
        cursor.execute("UPDATE badges_score SET is_listed = true WHERE user_id = %s", [reader.pk])
        cursor.execute("VACUUM ANALYZE")


def copies_of(model: Any, told: dict[str, str], beside: str) -> str:
    """Return the statement that copies a row, with other values, once for each row `beside`."""
    columns = [field.column for field in model._meta.local_fields if not field.primary_key]
    table = model._meta.db_table
    values = ", ".join(told.get(column, f"kept.{column}") for column in columns).replace("%", "%%")
    return (
        f"INSERT INTO {table} ({', '.join(columns)}) SELECT {values} "  # noqa: S608
        f"FROM {table} AS kept, {beside} WHERE kept.id = %s"
    )


def keep_apart(reader: Any, others: list[Any]) -> None:
    """Have the reader block some, and be blocked by some."""
    block, at = apps.get_model("community", "Block"), timezone.now()
    block.objects.bulk_create(block(blocker=reader, blocked=other, at=at) for other in others[:5])
    block.objects.bulk_create(block(blocker=other, blocked=reader, at=at) for other in others[5:9])
