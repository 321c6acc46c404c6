"""What content and its editor hold on a person, and what of a school's content goes with it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from wagtail.models import (
    COMMENTS_RELATION_NAME,
    Comment,
    CommentReply,
    ModelLogEntry,
    PageLogEntry,
    ReferenceIndex,
    Revision,
)
from wagtail_headless_preview.models import PagePreview

from lyceum.accounts.models import User
from lyceum.content.models import BasePage
from lyceum.content.school_content import delete_content, parts_of_content
from lyceum.kernel.privacy import DELETE, UNLINK, Holding, Person, Provider, SchoolHolding

SCHOOLS_WORK = "What somebody made for a school is the school's, and stays without their name."
PAGE = ("uuid", "title", "created_at", "first_published_at")
FILE = ("title", "created_at")
LOGGED = ("action", "label", "timestamp")


def editing() -> Provider:
    """Return what is held of pages, files, recordings, and of work in the editor."""
    return Provider(
        holdings=(*_own(), *_made(), *_logged()),
        of_schools=(SchoolHolding("content.Recording", files=("file",)),),
        erase=_erase,
        export_school=parts_of_content,
        delete_school=delete_content,
    )


def _own() -> Iterator[Holding]:
    """Yield what is a person's, and goes with them."""
    yield Holding("content.Recording", "owner", DELETE, files=("file",), part="recordings")
    yield Holding("content.PageGrant", "user", DELETE, part="pages-given-to-you")
    yield Holding("wagtailusers.UserProfile", "user", DELETE, files=("avatar",), part="editor")
    yield Holding("wagtailadmin.EditingSession", "user", DELETE, part="editing")
    yield Holding("wagtailadmin.FormState", "user", DELETE, part="unsaved-forms")
    yield Holding("wagtailcore.APIToken", "user", DELETE, untold=("key_hash",))
    yield Holding("wagtailcore.UploadedFile", "uploaded_by_user", DELETE, files=("file",))
    yield Holding("wagtailcore.PageSubscription", "user", DELETE, part="pages-followed")
    yield Holding("wagtailcore.CommentReply", "user", DELETE, told=("text", "created_at"))
    yield Holding(
        "wagtailcore.Comment", "user", DELETE, told=("page", "text", "created_at", "updated_at")
    )


def _made() -> Iterator[Holding]:
    """Yield what a person made for a school: it stays, and is nobody's."""
    yield Holding(
        "content.BasePage", "owner", UNLINK, reason=SCHOOLS_WORK, told=PAGE, part="pages-made"
    )
    yield Holding(
        "content.BasePage",
        "locked_by",
        UNLINK,
        told=PAGE,
        blank={"locked": False, "locked_at": None},
        part="pages-locked",
    )
    for model in ("LibraryImage", "LibraryDocument", "LibraryMedia"):
        yield Holding(
            f"content.{model}", "uploaded_by_user", UNLINK, reason=SCHOOLS_WORK, told=FILE
        )
    # Wagtail's own, in whose place the three above are used; their tables are there all the same.
    for label in ("wagtailimages.Image", "wagtaildocs.Document", "wagtailmedia.Media"):
        yield Holding(
            label, "uploaded_by_user", UNLINK, told=FILE, part=label.replace(".", "-").lower()
        )


def _logged() -> Iterator[Holding]:
    """Yield what the editor noted of a person's work."""
    yield Holding(
        "wagtailcore.Revision", "user", UNLINK, told=("object_str", "created_at"), part="revisions"
    )
    # Its label may be the name of another person.
    yield Holding("wagtailcore.ModelLogEntry", "user", UNLINK, told=("action", "timestamp"))
    yield Holding("wagtailcore.PageLogEntry", "user", UNLINK, told=LOGGED)
    yield Holding(
        "wagtailcore.WorkflowState", "requested_by", UNLINK, told=("created_at", "status")
    )
    yield Holding(
        "wagtailcore.TaskState",
        "finished_by",
        UNLINK,
        told=("status", "finished_at", "comment"),
        blank={"comment": ""},
        part="reviews",
    )
    yield Holding(
        "wagtailcore.Comment",
        "resolved_by",
        UNLINK,
        told=("page", "resolved_at"),
        part="comments-resolved",
    )


def _erase(person: Person, at: datetime) -> None:
    _forget_comments_in_revisions(person)
    for entry in PageLogEntry.objects.filter(user_id=person.id).iterator(500):
        if "comment" in entry.data:
            data = {name: value for name, value in entry.data.items() if name != "comment"}
            PageLogEntry.objects.filter(pk=entry.pk).update(data=data)
    person_type = ContentType.objects.get_for_model(User)
    about = ModelLogEntry.objects.filter(content_type=person_type, object_id=str(person.id))
    about.delete()
    for word in person.addresses:
        ModelLogEntry.objects.filter(label__icontains=word).update(label="")
    ReferenceIndex.objects.filter(to_content_type=person_type, to_object_id=str(person.id)).delete()
    # They hold a page with all its comments, for an hour, and are made again with a click.
    PagePreview.objects.all().delete()


def _forget_comments_in_revisions(person: Person) -> None:
    """Take a person's comments out of the revisions that keep copies of them."""
    pages = {
        *Comment.objects.filter(user_id=person.id).values_list("page_id", flat=True),
        *CommentReply.objects.filter(user_id=person.id).values_list("comment__page_id", flat=True),
        # Of comments that were deleted in the page, and live on in its older revisions.
        *PageLogEntry.objects.filter(
            user_id=person.id, action__startswith="wagtail.comments"
        ).values_list("page_id", flat=True),
    }
    kept = Revision.objects.filter(
        base_content_type=ContentType.objects.get_for_model(BasePage),
        object_id__in=[str(page) for page in pages],
    )
    for revision in kept.iterator(100):
        comments = revision.content.get(COMMENTS_RELATION_NAME)
        if comments:
            content = {
                **revision.content,
                COMMENTS_RELATION_NAME: _without(comments, person),
            }
            Revision.objects.filter(pk=revision.pk).update(content=content)


def _without(comments: list[dict[str, Any]], person: Person) -> list[dict[str, Any]]:
    return [
        {
            **comment,
            "replies": [r for r in comment.get("replies", []) if r.get("user") != person.id],
        }
        for comment in comments
        if comment.get("user") != person.id
    ]
