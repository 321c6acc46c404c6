"""A school in which very many moments were told, made by the database itself."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.utils import timezone

SLUG = "bench"
# Of a hundred moments: for the school, for followers, private.
PUBLIC, FOLLOWERS = 80, 15
CHILDREN = 5  # one person of so many
LIKED, CALLING = 4, 10  # one moment of so many

MOMENTS = """
INSERT INTO moments_moment (
    uuid, school_id, author_id, kind, text, tags, visibility, state, is_featured, subject,
    is_share, likes_count, comments_count, shares_count, created_at
)
SELECT gen_random_uuid(), %(school)s,
    -- By a hash, so that each person tells moments of every kind.
    (%(people)s::bigint[])[
        1 + (hashint8(n) & 2147483647) %% array_length(%(people)s::bigint[], 1)
    ],
    'text', repeat(md5(n::text), 4), '["reading"]',
    CASE WHEN n %% 100 < %(public)s THEN 'public'
         WHEN n %% 100 < %(public)s + %(followers)s THEN 'followers' ELSE 'private' END,
    'shown', n %% 50 = 0, '{}', false, (n %% %(liked)s = 0)::int, 0, 0,
    %(begin)s::timestamptz + n * interval '1 minute'
FROM generate_series(%(first)s::bigint, %(last)s::bigint) AS n
"""
LIKES = """
INSERT INTO moments_like (moment_id, person_id, at)
SELECT id, %(reader)s, created_at FROM moments_moment WHERE likes_count = 1
ON CONFLICT DO NOTHING
"""
MENTIONS = """
INSERT INTO moments_mention (moment_id, person_id)
SELECT id, %(reader)s FROM moments_moment WHERE id %% %(calling)s = 0
ON CONFLICT DO NOTHING
"""


@transaction.atomic
def seed_people(people: int, followed: int) -> Any:
    """Make a school that has moments, with so many people; return one who follows some of them."""
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
    enable_plugin(actor=None, school=school, slug="moments", at=timezone.now())
    users = apps.get_model("accounts", "User")
    made = [
        users.objects.create(email=f"person-{number}@bench.test", first_name=f"Person {number}")
        for number in range(people)
    ]
    apps.get_model("schools", "Membership").objects.bulk_create(
        apps.get_model("schools", "Membership")(
            school_id=school.id,
            user=user,
            roles=frozenset({"student"}),
            is_child=number % CHILDREN == 1,
        )
        for number, user in enumerate(made)
    )
    reader, *others = made
    follow = apps.get_model("moments", "Follow")
    follow.objects.bulk_create(
        follow(school_id=school.id, follower=reader, followed=other, at=timezone.now())
        for other in others[:followed]
    )
    keep_apart(reader, others[followed:])
    return reader


def keep_apart(reader: Any, others: list[Any]) -> None:
    """Have the reader block, be blocked by, and mute some."""
    block, mute = apps.get_model("community", "Block"), apps.get_model("community", "Mute")
    at = timezone.now()
    block.objects.bulk_create(block(blocker=reader, blocked=other, at=at) for other in others[:5])
    block.objects.bulk_create(block(blocker=other, blocked=reader, at=at) for other in others[5:9])
    mute.objects.bulk_create(mute(muter=reader, muted=other, at=at) for other in others[9:20])


def more_moments(reader: Any, first: int, last: int) -> None:
    """Have the school's people tell the moments from the first number to the last."""
    members = apps.get_model("schools", "Membership").objects.order_by("id")
    values = {
        "school": members.values_list("school_id", flat=True)[0],
        "people": list(members.values_list("user_id", flat=True)),
        "reader": reader.pk,
        "first": first,
        "last": last,
        "begin": "2020-01-01T00:00:00Z",
        "public": PUBLIC,
        "followers": FOLLOWERS,
        "liked": LIKED,
        "calling": CALLING,
    }
    with connection.cursor() as cursor:
        for statement in (MOMENTS, LIKES, MENTIONS):
            cursor.execute(statement, values)
        cursor.execute("VACUUM ANALYZE")
