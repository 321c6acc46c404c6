"""Review before publication: every school has it from its first day."""

from __future__ import annotations

from wagtail.models import Workflow, WorkflowPage, WorkflowTask

from lyceum.content.models import BasePage, SchoolReviewTask


def set_up_review(*, root: BasePage, name: str) -> Workflow:
    """Give a school's tree a workflow of one step: whoever may publish a page approves it."""
    task, _ = SchoolReviewTask.objects.get_or_create(name="Review")
    workflow = Workflow.objects.create(name=f"Review at {name}")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(workflow=workflow, page=root)
    return workflow
