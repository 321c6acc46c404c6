"""The judge of who may do what to the files of a school's libraries."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import F, Model, Q, QuerySet
from wagtail.models import Collection
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy

from lyceum.accounts.models import User
from lyceum.content.models import LibraryDocument, LibraryImage, LibraryMedia
from lyceum.content.rights.roles import (
    FILE_RIGHTS,
    Codename,
    CollectionRight,
    codename,
    members_holding,
    rights_of,
    roles_with,
    schools_at_hand,
)
from lyceum.schools.models import School
from lyceum.schools.scope import current_school

LIBRARIES = (LibraryImage, LibraryDocument, LibraryMedia)
# wagtailmedia asks by the name of its own model, whichever model is in its place.
CHOOSE = "choose_media"
LIBRARY_NAMES = (*(library._meta.model_name for library in LIBRARIES), "media")


def file_rights(user: Any) -> list[CollectionRight]:
    """Return what a person's roles let them do with the files of each library. Two queries."""
    if not isinstance(user, User) or not user.is_active or user.is_superuser:
        return []
    roles_by_school = schools_at_hand(user)
    collections = Collection.objects.filter(school__in=list(roles_by_school))
    return [
        CollectionRight(collection, Codename(f"{action}_{library}"))
        for collection in collections.annotate(school_id=F("school__pk"))
        for action in sorted(rights_of(roles_by_school[collection.school_id], FILE_RIGHTS))
        for library in LIBRARY_NAMES
    ]


def prime_file_rights(user: User, *, choosing_media: bool) -> None:
    """
    Put a person's rights where every policy for collections looks for them first.

    wagtailmedia makes a policy of its own and never asks the registry for ours. Nor does it know
    a right to choose: its chooser, told by `choosing_media`, offers what one may change.
    """
    rights = file_rights(user)
    if choosing_media:
        chosen = {right.collection for right in rights if right.permission.codename == CHOOSE}
        rights += [CollectionRight(place, Codename("change_media")) for place in chosen]
    setattr(user, SchoolFilesPolicy.permission_cache_name, rights)


class SchoolFilesPolicy(CollectionOwnershipPermissionPolicy):
    """
    Gives a school's creators its own collection, and no other.

    Those who may add may change what they added themselves. Groups give nothing here: a
    collection is a whole school's, so the roles say it all.
    """

    def __init__(self, model: type[Model]) -> None:
        super().__init__(model, owner_field_name="uploaded_by_user")

    def get_all_permissions_for_user(self, user: Any) -> list[CollectionRight]:
        return file_rights(user)

    def _get_user_permission_objects_for_actions(
        self, user: Any, actions: Iterable[str]
    ) -> set[CollectionRight]:
        wanted = {codename(action, self.model) for action in actions}
        rights = self.get_cached_permissions_for_user(user)
        return {right for right in rights if right.permission in wanted}

    def _users_with_perm_filter(self, actions: Iterable[str], collection: Any = None) -> Q:
        school_id = None
        if collection is not None:
            above = collection.get_ancestors(inclusive=True)
            schools = School.objects.filter(collection__in=above)
            # A collection of no school is nobody's.
            school_id = schools.values_list("pk", flat=True).first() or 0
        members = members_holding(roles_with(actions, FILE_RIGHTS), school_id)
        return Q(is_active=True) & (Q(is_superuser=True) | Q(pk__in=members))

    # --- The operator sees one school where the request is for one -----------------------------

    def instances_user_has_any_permission_for(
        self, user: Any, actions: Iterable[str]
    ) -> QuerySet[Any]:
        found: QuerySet[Any] = super().instances_user_has_any_permission_for(user, actions)
        return found.filter(collection__in=self._here()) if self._is_narrowed(user) else found

    def collections_user_has_any_permission_for(
        self, user: Any, actions: Iterable[str]
    ) -> QuerySet[Any]:
        found: QuerySet[Any] = super().collections_user_has_any_permission_for(user, actions)
        return found.filter(pk__in=self._here()) if self._is_narrowed(user) else found

    def _is_narrowed(self, user: Any) -> bool:
        return bool(user.is_superuser) and current_school() is not None

    def _here(self) -> QuerySet[Any]:
        here = current_school()
        collection = Collection.objects.get(pk=here.collection_id) if here else None
        return Collection.objects.descendant_of(collection, inclusive=True).values("pk")
