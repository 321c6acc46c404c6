"""A person who has left traces wherever there are any, for tests of what becomes of them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.db import connection
from wagtail.admin.models import EditingSession, FormState
from wagtail.images.tests.utils import get_test_image_file
from wagtail.log_actions import log
from wagtail.models import Comment, CommentReply, UploadedFile
from wagtail.users.models import UserProfile

from lyceum.accounts import avatars
from lyceum.accounts.models import User
from lyceum.content.models import BasePage, LibraryImage, PageGrant, Recording
from lyceum.kernel.clock import now
from lyceum.learning.services.attempts import Given, record_attempt
from lyceum.schools.current import CurrentSchool
from lyceum.schools.invitations import invite
from lyceum.schools.models import Cohort, Invitation, Membership
from tests.clients import AppClient
from tests.learners import as_learner
from tests.pages import a_lesson, an_exercise
from tests.people import a_member, a_token

EMAIL = "xaviera.quintillion@traces.example"
FIRST, LAST = "Xaviera", "Quintillion"
SAID = "Xylophones-are-my-secret"  # in every text that is theirs alone
PHONE = "+34600987123"
# By any of these somebody could be found.
TELLING = (EMAIL, FIRST, LAST, SAID, PHONE)
TASK = ("fill_blank", {"language": "en", "text": "I {am}."})


@dataclass
class Life:
    """A person, and what they left that somebody may ask about."""

    user: User
    school: CurrentSchool
    lesson: Any
    exercise: Any
    colleague: User
    app: AppClient


def a_life(school: CurrentSchool, user: User | None = None) -> Life:
    """
    Make a teacher who also learns, who wrote, spoke, paid visits and was written about.

    :param user: who lives it, if they are there already: with `EMAIL`, and a password of the tests
    """
    user = user or a_member(school, "teacher", email=EMAIL, first_name=FIRST, last_name=LAST)
    colleague = a_member(school, "manager", first_name="Colleague")
    lesson = a_lesson(school, "Animals", owner=user)
    exercise = an_exercise(lesson, task=[TASK], owner=user)
    life = Life(user, school, lesson, exercise, colleague, AppClient(school.slug))
    for leave in (_profile, _place, _studies, _edits, _visits, _factors, _others):
        leave(life)
    return life


def _profile(life: Life) -> None:
    profile = life.user.profile
    profile.bio, profile.phone, profile.preferences = SAID, PHONE, {"motto": SAID}
    profile.save()
    avatars.set_avatar(user=life.user, file=get_test_image_file(), at=now())


def _factors(life: Life) -> None:
    Authenticator.objects.create(user=life.user, type="totp", data={"secret": SAID})
    SocialAccount.objects.create(
        user=life.user, provider="google", uid=SAID, extra_data={"email": EMAIL, "name": FIRST}
    )
    a_token(life.user, life.school, "account:read")


def _place(life: Life) -> None:
    place = Membership.objects.get(user=life.user)
    cohort = Cohort.objects.create(school_id=life.school.id, name="Owls")
    cohort.teachers.add(place)
    cohort.members.add(place)
    Invitation.objects.create(
        school_id=life.school.id,
        email=EMAIL,
        roles=frozenset({"student"}),
        code_digest="0" * 64,
        invited_by=life.colleague,
        expires_at=now() + timedelta(days=1),
    )


def _studies(life: Life) -> None:
    record_attempt(
        learner=as_learner(life.user, life.school),
        exercise_id=life.exercise.uuid,
        given=Given(answer={"gaps": [SAID]}, answered_at=now()),
        at=now(),
    )
    recording = Recording(
        school_id=life.school.id, owner=life.user, content_type="audio/webm", size=10
    )
    recording.file.save("x", ContentFile(SAID.encode()), save=True)


def _edits(life: Life) -> None:
    page_type = ContentType.objects.get_for_model(type(life.lesson))
    BasePage.objects.filter(pk=life.lesson.pk).update(locked=True, locked_by=life.user)
    page = type(life.lesson).objects.get(pk=life.lesson.pk)
    comment = Comment(page=page, user=life.user, text=SAID, contentpath="title")
    page.wagtail_admin_comments.add(comment)
    others = Comment(page=page, user=life.colleague, text="A colleague says", contentpath="title")
    page.wagtail_admin_comments.add(others)
    page.save_revision(user=life.user, log_action=True).publish(user=life.colleague)
    saved = Comment.objects.get(text=SAID)
    saved.log_create(user=life.user, page_revision=page.latest_revision)
    CommentReply.objects.create(
        comment=Comment.objects.get(text="A colleague says"), user=life.user, text=SAID
    )
    again = type(life.lesson).objects.get(pk=life.lesson.pk)
    again.save_revision(user=life.colleague)
    where = {"content_type": page_type, "object_id": str(page.pk)}
    FormState.objects.create(user=life.user, data=SAID, last_updated_at=now(), **where)
    EditingSession.objects.create(user=life.user, last_seen_at=now(), **where)
    permission = Permission.objects.get(codename="change_basepage")
    PageGrant.objects.create(user=life.user, permission=permission, content_object_id=page.pk)
    LibraryImage.objects.create(
        title="A cat",
        file=get_test_image_file(),
        collection_id=life.school.collection_id,
        uploaded_by_user=life.user,
    )
    UploadedFile.objects.create(
        file=ContentFile(SAID.encode(), name=f"{LAST}.txt"),
        uploaded_by_user=life.user,
        for_content_type=page_type,
    )
    kept = UserProfile.get_for_user(life.user)
    kept.avatar.save(f"{LAST}.png", get_test_image_file())
    log(life.user, "wagtail.edit", user=life.colleague)
    log(life.lesson, "wagtail.edit", user=life.user)


def _visits(life: Life) -> None:
    life.app.log_in(EMAIL)
    key = {"Idempotency-Key": "a-key-of-a-life", "user-agent": SAID}
    path = f"/api/v1/learning/exercises/{life.exercise.uuid}/attempts"
    answered = life.app.call("POST", path, {"answer": {"gaps": [SAID]}}, **key)
    assert answered.status_code == 201, answered.content
    # Somebody who asks for a code, and never types it: a session that is nobody's yet.
    AppClient(life.school.slug).auth("POST", "auth/password/request", {"email": EMAIL})
    AppClient(life.school.slug).log_in(EMAIL, "not-the-password")


def _others(life: Life) -> None:
    EmailAddress.objects.create(user=a_member(life.school), email=EMAIL, primary=False)
    invite(
        actor=life.colleague,
        school=life.school,
        email=EMAIL,
        roles=frozenset({"student"}),
        at=now(),
        may_assign_roles=True,
    )


# --- Where traces are looked for -----------------------------------------------------------------


def traces(words: tuple[str, ...] = TELLING) -> list[str]:
    """Return where any of the words is found: in tables, sessions, files, and what is shared."""
    return [*_in_tables(words), *_in_sessions(words), *_in_files(words), *_in_cache(words)]


def bytes_left(words: tuple[str, ...] = TELLING) -> list[str]:
    """Return which words the raw files of a SQLite database still hold, free pages and log too."""
    name = Path(connection.settings_dict["NAME"])
    files = [path for path in name.parent.glob(f"{name.name}*") if path.is_file()]
    return [
        f"{path.name}: {word}"
        for path in files
        for word in words
        if word.lower().encode() in path.read_bytes().lower()
    ]


def _in_tables(words: tuple[str, ...]) -> list[str]:
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            columns = [described[0] for described in cursor.description]
            for row in cursor.fetchall():
                for column, value in zip(columns, row, strict=True):
                    found += _places(words, value, f"{table}.{column}")
    return sorted(set(found))


def _places(words: tuple[str, ...], value: Any, place: str) -> list[str]:
    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
    text = text.lower()
    return [f"{place}: {word}" for word in words if word.lower() in text]


def _in_sessions(words: tuple[str, ...]) -> list[str]:
    kept = (json.dumps(session.get_decoded()) for session in Session.objects.all())
    return [place for data in kept for place in _places(words, data, "a session")]


def _in_files(words: tuple[str, ...]) -> list[str]:
    queue = Path(settings.HUEY["filename"])
    paths = [*Path(settings.MEDIA_ROOT).rglob("*"), *queue.parent.glob(f"{queue.name}*")]
    found = [place for path in paths for place in _places(words, path.name, "a file's name")]
    for path in paths:
        if path.is_file():
            found += _places(words, path.read_bytes(), f"the file {path.parent.name}/{path.name}")
    return found


def _in_cache(words: tuple[str, ...]) -> list[str]:
    kept: Any = getattr(cache, "_cache", {})
    if hasattr(kept, "get_client"):
        redis = kept.get_client(None)
        kept = {key: redis.dump(key) for key in redis.scan_iter()}
    return [place for entry in kept.items() for place in _places(words, entry, "the cache")]
