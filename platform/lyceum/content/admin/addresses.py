"""
The addresses of the Wagtail admin that a school's staff may use, and what their ids are of.

Whatever is not named here is the operator's alone: what shows more than one school (reports, users,
groups, sites, collections, workflows, tags), and what a later version of Wagtail may bring.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, QuerySet
from django.urls import ResolverMatch
from wagtail.models import Revision, TaskState, WorkflowState

from lyceum.access.permissions import can
from lyceum.accounts.models import User
from lyceum.content.models import BasePage, LibraryDocument, LibraryImage, LibraryMedia
from lyceum.kernel.registries import Registry
from lyceum.schools.models import Membership, School

_OPEN = {
    "": """
        wagtailadmin_home wagtailadmin_explore_root wagtailadmin_explore
        wagtailadmin_explore_results wagtail_bulk_action
        wagtailadmin_choose_page wagtailadmin_choose_page_child
        wagtailadmin_choose_page_search wagtailadmin_choose_page_chosen_multiple
        wagtailadmin_choose_page_external_link wagtailadmin_choose_page_email_link
        wagtailadmin_choose_page_phone_link wagtailadmin_choose_page_anchor_link
        wagtailadmin_account wagtailadmin_login wagtailadmin_logout wagtailadmin_dismissibles
        wagtailadmin_block_preview wagtailadmin_sprite wagtailadmin_javascript_catalog
        wagtailadmin_password_reset wagtailadmin_password_reset_done
        wagtailadmin_password_reset_confirm wagtailadmin_password_reset_complete
    """,
    "wagtailadmin_api:pages": "listing detail find action",
    "wagtailadmin_pages": """
        add preview_on_add type_use type_use_results choose_parent usage edit preview_on_edit
        view_draft add_subpage delete unpublish convert_alias search search_results move
        move_confirm set_page_position copy workflow_action collect_workflow_action_data
        confirm_workflow_cancellation workflow_preview lock unlock revisions_index revisions_view
        revisions_revert revisions_unschedule revisions_compare workflow_history
        workflow_history_detail history history_results
    """,
    "wagtailadmin_editing_sessions": "ping release",
    "wagtailimages": """
        index index_results edit delete preview add image_usage add_multiple edit_multiple
        create_multiple_from_uploaded_image delete_multiple delete_upload_multiple
    """,
    "wagtailimages_chooser": "choose choose_results chosen chosen_multiple create select_format",
    "wagtaildocs": """
        index index_results add edit delete add_multiple edit_multiple
        create_multiple_from_uploaded_document delete_multiple delete_upload_multiple document_usage
    """,
    "wagtaildocs_chooser": "choose choose_results chosen chosen_multiple create",
    "wagtailmedia": """
        index add edit delete chooser chooser_typed media_chosen chooser_upload media_usage
    """,
    "wagtailembeds": "chooser chooser_upload",
    "schools": "index index_results edit history history_results",
    "lyceum_files": "rendition document media",
    "lyceum_children": "index add make cards change privacy export archive erase",
    "lyceum_people": "index index_results change invitations invite withdraw code",
    "lyceum_privacy": "index export archive delete",
    "lyceum_confirming": "again",
    "lyceum_plugins": "index switch settings data archive",
    "lyceum_audit": "index index_results",
    "lyceum_desk": "index index_results",
}
OPEN = frozenset(
    f"{namespace}:{name}".lstrip(":")
    for namespace, names in _OPEN.items()
    for name in names.split()
)

# Addresses that rooms and plugins add: the view's name, to what its arguments are ids of.
staff_addresses: Registry[Mapping[str, type[Model]]] = Registry("staff addresses")

# Those that are there for nobody without a right: the view's name, to the permission's code.
rights_of_addresses: Registry[str] = Registry("rights of staff addresses")

# What an argument is an id of, in whichever place it comes: path, query or form.
THINGS: dict[str, type[Model]] = {
    **dict.fromkeys(
        (
            *("page_id", "parent_page_id", "page_to_move_id", "destination_id", "parent_id"),
            *("parent_page", "new_parent_page", "childOf"),
        ),
        BasePage,
    ),
    "image_id": LibraryImage,
    "document_id": LibraryDocument,
    "doc_id": LibraryDocument,
    "media_id": LibraryMedia,
}
# Where it is called `pk` or `id`, the view says of what.
THINGS_OF_VIEWS: dict[str, type[Model]] = {
    "wagtailimages_chooser:": LibraryImage,
    "wagtaildocs_chooser:": LibraryDocument,
    "wagtailadmin_api:pages:": BasePage,
    "wagtailadmin_pages:revisions_compare": BasePage,
    "wagtailadmin_choose_page_chosen_multiple": BasePage,
    "schools:": School,
    "lyceum_files:document": LibraryDocument,
    "lyceum_files:media": LibraryMedia,
}
BULK: dict[tuple[str, str], type[Model]] = {
    (model._meta.app_label, str(model._meta.model_name)): model
    for model in (BasePage, LibraryImage, LibraryDocument, LibraryMedia, Membership)
}
# Arguments that name nothing of a school, or what the view itself looks for among one's own.
NAMELESS = frozenset(
    {
        *("content_type_app_name", "content_type_model_name", "app_label", "model_name", "action"),
        *("action_name", "media_type", "filter_spec", "uidb64", "token"),
        *("uploaded_file_id", "session_id", "object_id", "account", "plugin"),
        *("member", "invitation"),
    }
)
OF_ITS_PAGE = frozenset(
    {
        *("revision_id", "revision_id_a", "revision_id_b"),
        *("task_state_id", "workflow_state_id", "task_id"),
    }
)


def is_open(name: str) -> bool:
    """Return whether the staff of a school may use the view of this name."""
    return name in OPEN or name in staff_addresses


def is_there_for(user: User | AnonymousUser, name: str) -> bool:
    """Return whether one has the right that a view asks for; who is not signed in may do so."""
    right = rights_of_addresses.get(name)
    return right is None or not user.is_authenticated or can(user, right)


def thing_of(match: ResolverMatch, argument: str) -> type[Model] | None:
    """Return the model that an argument in an address is an id of; None if of nothing we hold."""
    added = staff_addresses.get(match.view_name) or {}
    if argument in added:
        return added[argument]
    if argument in ("pk", "id", "object_id"):
        return _by_view(match)
    return THINGS.get(argument)


def is_known(match: ResolverMatch, argument: str) -> bool:
    """Return whether it was said what an argument in an address means."""
    named = argument in NAMELESS or argument in OF_ITS_PAGE or match.view_name in staff_addresses
    # A rendition is as good as its image, and asked about by its view.
    is_rendition = match.view_name == "lyceum_files:rendition"
    return named or is_rendition or thing_of(match, argument) is not None


def within_page(page_id: int, kwargs: Mapping[str, object]) -> Iterator[QuerySet[Model]]:
    """Yield what an address names within a page: a query for each, that finds it if it is there."""
    page = {"object_id": str(page_id), "base_content_type__app_label": "content"}
    states = WorkflowState.objects.filter(**page)
    for name, value in kwargs.items():
        if name.startswith("revision_id") and str(value).isdecimal():
            yield Revision.objects.filter(**page, pk=value)
        elif name == "workflow_state_id":
            yield states.filter(pk=value)
        elif name == "task_state_id":
            yield TaskState.objects.filter(pk=value, workflow_state__in=states)
        elif name == "task_id":
            yield TaskState.objects.filter(task=value, workflow_state__in=states)


def _by_view(match: ResolverMatch) -> type[Model] | None:
    if match.view_name in ("wagtail_bulk_action", "wagtailadmin_editing_sessions:ping"):
        return BULK.get((match.kwargs["app_label"], match.kwargs["model_name"]))
    exact = THINGS_OF_VIEWS.get(match.view_name)
    return exact or THINGS_OF_VIEWS.get(f"{match.namespace}:")
