"""A school filled to the brim, each thing in it marked with a telling word, for walks."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.db.models import Model
from PIL import Image
from taggit.models import Tag
from wagtail.admin.models import EditingSession
from wagtail.log_actions import log
from wagtail.models import (
    APIToken,
    Collection,
    CollectionViewRestriction,
    Comment,
    GroupApprovalTask,
    GroupPagePermission,
    PageSubscription,
    Site,
    Task,
    UploadedFile,
    Workflow,
    WorkflowTask,
)

from content_types.models import Lesson
from lyceum.accounts.managed.making import NewAccount, make_accounts
from lyceum.accounts.models import User
from lyceum.community.models import BinnedThing, Case, CaseEntry, Policy, Report
from lyceum.content.models import BasePage, LibraryDocument, LibraryImage, LibraryMedia
from lyceum.kernel.clock import now
from lyceum.kernel.identity import new_uuid
from lyceum.schools.current import CurrentSchool
from lyceum.schools.models import Cohort, Invitation, Membership, School
from lyceum.testing.plugins import switch_on
from plugins.badges.models import Rule
from plugins.keeper.models import Folder
from plugins.probe.models import Note
from tests.pages import a_bank, a_category, a_course, a_lesson, a_subcategory, an_exercise
from tests.people import a_learner, a_member, a_school

SESSIONS = frozenset({"sessions.Session", "usersessions.UserSession"})


@dataclass(frozen=True)
class Named:
    """What addresses do not name by its key."""

    pk: UUID


@dataclass(frozen=True)
class Telltale:
    """A school with one of everything; `word` is in every text, `search` finds each of them."""

    word: str
    search: str
    school: CurrentSchool
    manager: User
    things: dict[str, Any] = field(default_factory=dict)
    rows: dict[type[Model], list[Any]] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Any:
        return self.things[name].pk

    def dump(self) -> str:
        """Return every row that came with the school, as it stands now."""
        return json.dumps(
            {
                model._meta.label: list(
                    model._base_manager.filter(pk__in=keys).order_by("pk").values()
                )
                for model, keys in self.rows.items()
            },
            default=_plain,
        )


def _plain(value: Any) -> Any:
    return sorted(value) if isinstance(value, frozenset) else str(value)


def a_telltale_school(slug: str, *, word: str, search: str, host: str = "") -> Telltale:
    """Fill a school. Every text in it holds both words, so that a search need not say the word."""
    before = {model: set(model._base_manager.values_list("pk", flat=True)) for model in _models()}
    text = f"{word} {search}"
    school = a_school(slug, name=text, host=host or f"{slug}.test", catalogue="members")
    for plugin in ("badges", "keeper", "probe"):
        school = switch_on(plugin, school)
    manager = a_member(
        school, "manager", first_name=word, last_name=search, email=f"manager@{slug}.test"
    )
    things = {"manager": manager, **_people(school, word, search)}
    things |= _library(school, text, manager)
    things |= _pages(school, text, manager, things)
    things |= _review(things, text, manager)
    things |= _remains(school, text, manager, things)
    things |= _moderated(school, text, things)
    things |= _of_plugins(school, text, things["manager"])
    rows = {
        model: sorted(set(model._base_manager.values_list("pk", flat=True)) - before[model])
        for model in _models()
    }
    return Telltale(
        word=word,
        search=search,
        school=school,
        manager=manager,
        things=things,
        rows={model: keys for model, keys in rows.items() if keys},
    )


def _models() -> Iterator[type[Model]]:
    return (
        model
        for model in apps.get_models()
        if model._meta.label not in SESSIONS and model._meta.managed
    )


def _people(school: CurrentSchool, word: str, search: str) -> dict[str, Any]:
    names = {"first_name": word, "last_name": search}
    applicant = a_member(school, **names)
    waiting = Membership.objects.get(user=applicant)
    waiting.status = Membership.Status.PENDING
    waiting.save(update_fields=["status"])
    return {
        "membership": waiting,
        "place": Named(waiting.uuid),
        "user": a_member(school, "admin", email=f"admin@{school.slug}.test", **names),
        "creator": a_member(school, "content_creator", **names),
        "teacher": a_member(school, "teacher", **names),
        "student": a_learner(school, **names),
        "child": Named(_child(school, word, search)),
    }


def _child(school: CurrentSchool, word: str, search: str) -> UUID:
    [made] = make_accounts(
        actor=a_member(school, "manager", first_name=word, last_name=search),
        school=school,
        wanted=[NewAccount(word, search)],
        at=now(),
    )
    return made.account.id


def _moderated(school: CurrentSchool, text: str, things: dict[str, Any]) -> dict[str, Any]:
    """Have a student reported, one of their things deleted, and filters set."""
    about = {"school_id": school.id, "thing": new_uuid(), "author": things["student"]}
    case = Case.objects.create(type="probe.letter", excerpt=text, origin="report", **about)
    Report.objects.create(case=case, reporter=things["teacher"], kind="other", text=text)
    CaseEntry.objects.create(case=case, by=things["user"], action="note", note=text)
    binned = BinnedThing.objects.create(
        type="probe.letter", excerpt=text, kept_until=now() + timedelta(days=30), **about
    )
    Policy.objects.create(school_id=school.id, words=[text[:100]])
    return {"case": Named(case.uuid), "binned": Named(binned.uuid)}


def _of_plugins(school: CurrentSchool, text: str, owner: User) -> dict[str, Any]:
    """Have the school give a badge of its own, and keep a note and a folder."""
    rule = {"measure": "points", "threshold": 7, "created_at": now()}
    badge = Rule.objects.create(school_id=school.id, name={"en": text}, **rule)
    folder = Folder.objects.create(school_id=school.id, name=text[:50])
    note = Note.objects.create(school_id=school.id, author=owner, text=text, written_at=now())
    return {"badge": Named(badge.uuid), "folder": folder, "note": note}


def a_picture(name: str) -> ImageFile:
    stream = io.BytesIO()
    Image.new("RGB", (40, 40), "red").save(stream, "PNG")
    return ImageFile(io.BytesIO(stream.getvalue()), name=name)


def _library(school: CurrentSchool, text: str, owner: User) -> dict[str, Any]:
    own = {"collection_id": school.collection_id, "uploaded_by_user": owner}
    image = LibraryImage.objects.create(
        title=f"{text} image", description=text, file=a_picture("a.png"), **own
    )
    return {
        "image": image,
        "rendition": image.get_rendition("max-20x20"),
        "document": LibraryDocument.objects.create(
            title=f"{text} document", file=ContentFile(b"%PDF-1.4", name="a.pdf"), **own
        ),
        "media": LibraryMedia.objects.create(
            title=f"{text} media",
            transcript=text,
            file=ContentFile(b"ID3", name="a.mp3"),
            type="audio",
            duration=1,
            **own,
        ),
        "upload": UploadedFile.objects.create(
            for_content_type=ContentType.objects.get_for_model(LibraryImage),
            file=a_picture("b.png"),
            uploaded_by_user=owner,
        ),
    }


def _pages(school: CurrentSchool, text: str, owner: User, things: dict[str, Any]) -> dict[str, Any]:
    own = {"owner": owner, "description_en": text}
    category = a_category(school, f"{text} category", slug=f"{school.slug}-category", **own)
    subcategory = a_subcategory(category, f"{text} subcategory", **own)
    lesson = a_lesson(
        subcategory,
        f"{text} lesson",
        slug=f"{school.slug}-lesson",
        body_en=[("image", {"file": things["image"], "alt": text, "caption": text})],
        **own,
    )
    draft = a_lesson(subcategory, f"{text} draft", published=False, **own)
    exercise = an_exercise(lesson, f"{text} exercise", **own)
    bank = a_bank(school, f"{text} bank", **own)
    course = a_course(school, f"{text} course", lessons=[lesson], **own)
    lesson.locked, lesson.locked_by, lesson.locked_at = True, owner, now()
    lesson.save(update_fields=["locked", "locked_by", "locked_at"])
    comment = Comment.objects.create(
        page=BasePage.objects.get(pk=draft.pk),
        user=owner,
        text=f"{text} comment",
        contentpath="title_en",
    )
    return {
        "root": BasePage.objects.get(pk=school.root_page_id),
        "category": category,
        "subcategory": subcategory,
        "lesson": lesson,
        "draft": draft,
        "exercise": exercise,
        "bank": bank,
        "course": course,
        "comment": comment,
        "subscription": PageSubscription.objects.create(
            page=BasePage.objects.get(pk=draft.pk), user=owner, comment_notifications=True
        ),
    }


def _review(things: dict[str, Any], text: str, person: User) -> dict[str, Any]:
    """Send the draft for review, and set a workflow with a task of its own upon the category."""
    draft = Lesson.objects.get(pk=things["draft"].pk)
    revision = draft.save_revision(user=person, log_action=True)
    review = draft.get_workflow()
    state = review.start(draft, person)
    group = Group.objects.create(name=f"{text} group")
    task = GroupApprovalTask.objects.create(name=f"{text} task")
    task.groups.add(group)
    workflow = Workflow.objects.create(name=f"{text} workflow")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    log(draft, "wagtail.edit", user=person, title=f"{text} history", data={"comment": text})
    return {
        "revision": revision,
        "workflow_state": state,
        "task_state": state.current_task_state,
        "task": Task.objects.get(pk=task.pk),
        "workflow": workflow,
        "group": group,
    }


def _remains(
    school: CurrentSchool, text: str, manager: User, things: dict[str, Any]
) -> dict[str, Any]:
    own = Collection.objects.get(pk=school.collection_id)
    inner = own.add_child(instance=Collection(name=f"{text} collection"))
    GroupPagePermission.objects.create(
        group=things["group"],
        page=things["root"],
        permission=Permission.objects.get(codename="change_basepage"),
    )
    session = EditingSession.objects.create(
        user=manager,
        content_type=ContentType.objects.get_for_model(BasePage),
        object_id=str(things["draft"].pk),
        last_seen_at=now(),
    )
    return {
        "school": School.objects.get(pk=school.id),
        "collection": inner,
        "restriction": CollectionViewRestriction.objects.create(
            collection=inner, restriction_type="groups"
        ),
        "session": session,
        "cohort": Cohort.objects.create(school_id=school.id, name=f"{text} class"),
        "invitation": Named(
            Invitation.objects.create(
                school_id=school.id,
                email=f"guest@{school.slug}.test",
                roles=frozenset({"teacher"}),
                code_digest=school.slug,
                expires_at=now(),
            ).uuid
        ),
        "token": APIToken.create_token(user=manager, name=f"{text} token")[0],
        "tag": Tag.objects.create(name=f"{text} tag"),
        "site": Site.objects.get(school=school.id),
    }
