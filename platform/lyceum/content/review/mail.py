"""Mails about reviews: to those who may publish a page that waits, and to its writer after."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Q
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected

from lyceum.accounts.mail import post
from lyceum.accounts.models import User
from lyceum.content.documents.rendering import Rendering
from lyceum.content.models import BasePage, SchoolReviewTask
from lyceum.content.page_rules import school_of_page
from lyceum.content.rights.pages import page_policy
from lyceum.http.outages import outage_of

SUBMITTED, APPROVED, REJECTED = "submitted", "approved", "rejected"


def connect() -> None:
    """
    Listen to Wagtail's workflow. Called once, when the room is ready.

    Under the names of Wagtail's own mails, which are then not connected: those know neither the
    school's address nor its name, and tell operators of every school's pages.
    """
    task_submitted.connect(_submitted, dispatch_uid="content.review_submitted")
    for signal, receiver, name in (
        (workflow_approved, _approved, APPROVED),
        (workflow_rejected, _rejected, REJECTED),
    ):
        uid = f"workflow_state_{name}_email_notification"
        signal.connect(receiver, sender=WorkflowState, dispatch_uid=uid)


def send_review_mails(*, name: str, state_id: int, actor_id: int | None) -> int:
    """Send the mails about a review that is asked for, approved or rejected; return how many."""
    state = WorkflowState.objects.get(pk=state_id)
    page = BasePage.objects.filter(pk=state.object_id).first()
    school = page and school_of_page(page)
    if page is None or school is None:
        return 0
    task_state = state.current_task_state
    about = {
        "actor": str(User.objects.filter(pk=actor_id).first() or "") if actor_id else "",
        "comment": _lines(task_state.get_comment() if task_state else ""),
        "address": f"{school.origin}/admin/pages/{page.pk}/edit/",
    }
    newest = page.get_latest_revision_as_object()
    people = _readers(name, page, state).exclude(pk=actor_id).select_related("profile")
    for person in people:
        language = person.profile.language or school.language
        title = Rendering(language, school.languages).text(newest, "title")
        said = {**about, "title": title}
        to = str(person.email)
        post(room="content", name=name, to=to, school=school, language=language, values=said)
    return len(people)


def _readers(name: str, page: BasePage, state: WorkflowState) -> Any:
    """Return whom to write to: people with an address who have not switched such mails off."""
    if name == SUBMITTED:
        people = page_policy.users_with_any_permission_for_instance(
            {"publish"}, page, include_superusers=False
        )
    else:
        people = User.objects.filter(pk=state.requested_by_id, is_active=True)
    switched_off = Q(**{f"wagtail_userprofile__{name}_notifications": False})
    return people.exclude(email=None).exclude(email="").exclude(switched_off)


def _lines(comment: str) -> list[str]:
    """Return the lines of what a reviewer wrote, without those that are empty."""
    return [line for line in comment.splitlines() if line.strip()]


def _submitted(*, instance: TaskState, user: Any, **_: Any) -> None:
    if isinstance(instance.task.specific, SchoolReviewTask):
        _later(SUBMITTED, instance.workflow_state, user)


def _approved(*, instance: WorkflowState, user: Any, **_: Any) -> None:
    _later(APPROVED, instance, user)


def _rejected(*, instance: WorkflowState, user: Any, **_: Any) -> None:
    _later(REJECTED, instance, user)


def _later(name: str, state: WorkflowState, actor: Any) -> None:
    """Have the mails sent once the change is kept."""
    about = {"name": name, "state_id": state.pk, "actor_id": actor.pk if actor else None}
    # A function with a name, as Django wants of one whose failure it is to log.
    transaction.on_commit(lambda: _hand_over(about), robust=True)


def _hand_over(about: dict[str, Any]) -> None:
    """Have the worker send the mails: nobody waits for a mail server. Without its queue, do it."""
    from lyceum.content.tasks import mail_about_review

    try:
        mail_about_review(**about)
    except Exception as error:
        if outage_of(error) is None:
            raise
        send_review_mails(**about)
