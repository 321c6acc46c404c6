"""Letting in and refusing who waits, one or many at once, from the list of a school's people."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from wagtail.admin.views.bulk_action import BulkAction

from lyceum.access.permissions import can
from lyceum.accounts.models import User
from lyceum.content.admin.people import ASSIGN, CHANGE
from lyceum.http.requests import school_of, user_of
from lyceum.kernel.clock import now
from lyceum.kernel.errors import DomainError
from lyceum.schools.current import CurrentSchool
from lyceum.schools.membership import change_member
from lyceum.schools.models import Membership
from lyceum.schools.queries import members_of
from lyceum.schools.scope import current_school


class _Deciding(BulkAction):
    """Decides on all that were chosen, or on none. Who does not wait any more is left alone."""

    models = [Membership]
    template_name = "content/admin/decide_on_people.html"
    status = ""
    question: Any = ""
    yes: Any = ""
    done: Any = ""  # said of how many

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if current_school() is None:
            raise Http404
        if not can(request.user, CHANGE):
            raise PermissionDenied
        try:
            answer: HttpResponse = super().dispatch(request, *args, **kwargs)
            return answer
        except DomainError as error:
            messages.error(request, error.message)
            return redirect(self.next_url)

    @classmethod
    def get_queryset(cls, model: Any, object_ids: Any) -> Any:
        school = current_school()
        found = members_of(school).filter(pk__in=object_ids) if school else None
        if not found:
            raise Http404
        return found

    def get_all_objects_in_listing_query(self, parent_id: Any) -> Any:
        waiting = members_of(school_of(self.request), status=Membership.Status.PENDING)
        return waiting.values_list("pk", flat=True)

    def check_perm(self, obj: Any) -> bool:
        return bool(obj.status == Membership.Status.PENDING)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "title": self.display_name,
            "question": self.question,
            "yes": self.yes,
        }

    def get_execution_context(self) -> dict[str, Any]:
        return {"actor": user_of(self.request), "school": school_of(self.request)}

    @classmethod
    def execute_action(
        cls, objects: Any, *, actor: User, school: CurrentSchool, **_kwargs: Any
    ) -> tuple[int, int]:
        may_assign_roles = can(actor, ASSIGN, school)
        for member in objects:
            change_member(
                actor=actor,
                school=school,
                membership_id=member.uuid,
                changes={"status": cls.status},
                may_assign_roles=may_assign_roles,
                at=now(),
            )
        return len(objects), 0

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        return str(self.done % {"count": num_parent_objects})


class LettingIn(_Deciding):
    """Makes members of those who wait."""

    display_name = _("Let in")
    action_type = "let_in"
    aria_label = _("Let the selected people in")
    action_priority = 10
    status = Membership.Status.ACTIVE
    question = _("Are they to be members of the school?")
    yes = _("Yes, let in")
    done = ngettext_lazy("%(count)s person was let in.", "%(count)s people were let in.", "count")


class Refusing(_Deciding):
    """Refuses those who wait."""

    display_name = _("Refuse")
    action_type = "refuse"
    aria_label = _("Refuse the selected people")
    action_priority = 20
    status = Membership.Status.INACTIVE
    question = _("Are they to be refused? They cannot ask again, and you can let them in later.")
    yes = _("Yes, refuse")
    done = ngettext_lazy("%(count)s person was refused.", "%(count)s people were refused.", "count")
