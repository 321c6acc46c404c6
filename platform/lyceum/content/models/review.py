"""The review that a page goes through when its writer may not publish it."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Task, TaskState

from lyceum.content.models.pages import BasePage


class SchoolReviewTask(Task):
    """
    A review by whoever may publish the page. There are no groups to keep: the page policy judges.

    One row serves every school.
    """

    class Meta:
        verbose_name = _("school review")

    def user_can_access_editor(self, obj: Any, user: Any) -> bool:
        return _may_publish(user, obj)

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        return not _may_publish(user, obj)

    def user_can_lock(self, obj: Any, user: Any) -> bool:
        return _may_publish(user, obj)

    def user_can_unlock(self, obj: Any, user: Any) -> bool:
        return _may_publish(user, obj)

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, str, bool]]:
        if not _may_publish(user, obj):
            return []
        return [
            ("reject", gettext("Request changes"), True),
            ("approve", gettext("Approve"), False),
            ("approve", gettext("Approve with comment"), True),
        ]

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> QuerySet[TaskState]:
        from lyceum.content.rights.pages import page_policy

        pages = page_policy.instances_user_has_permission_for(user, "publish")
        keys = pages.order_by().annotate(key=Cast("pk", CharField())).values("key")
        states: QuerySet[TaskState] = self.task_states.filter(
            status=TaskState.STATUS_IN_PROGRESS,
            workflow_state__base_content_type=ContentType.objects.get_for_model(BasePage),
            workflow_state__object_id__in=keys,
        )
        return states

    @classmethod
    def get_description(cls) -> str:
        return gettext("Everyone who may publish the page can approve it.")


def _may_publish(user: Any, page: Any) -> bool:
    # The policy reads the tables of this package, so it cannot be imported with them.
    from lyceum.content.rights.pages import may

    return may(user, "publish", page)
