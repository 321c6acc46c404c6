"""The judge of who may do what to a page: asked by the Wagtail admin, both APIs and `can`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import F, Q, QuerySet
from wagtail.models import GroupPagePermission
from wagtail.permission_policies.pages import PagePermissionPolicy

from lyceum.accounts.models import User
from lyceum.content.models import BasePage, PageGrant
from lyceum.content.rights.roles import (
    GRANTABLE,
    PAGE_RIGHTS,
    PageRight,
    codename,
    members_holding,
    rights_of,
    roles_with,
    schools_at_hand,
)
from lyceum.content.trees import school_id_of_page
from lyceum.schools.scope import current_school


class SchoolPagePolicy(PagePermissionPolicy):
    """
    Joins what groups give (subtrees), what grants give (a page and all below it) and what roles
    give (a school).

    None of it reaches beyond the schools of which the person is an active member, nor beyond
    what their roles there can hold.
    """

    def get_all_permissions_for_user(self, user: Any) -> list[PageRight]:
        if not isinstance(user, User) or not user.is_active or user.is_superuser:
            return []
        roles_by_school = schools_at_hand(user)
        if not roles_by_school:
            return []
        given = self._given(user)
        rights = []
        for root in _roots(roles_by_school):
            roles = roles_by_school[root.school_id]
            by_role = rights_of(roles, PAGE_RIGHTS)
            rights += [PageRight(root, codename(action, BasePage)) for action in sorted(by_role)]
            holdable = {codename(action, BasePage) for action in rights_of(roles, GRANTABLE)}
            rights += [
                right
                for right in given
                if right.permission in holdable and right.page.path.startswith(root.path)
            ]
        return rights

    def _given(self, user: User) -> list[PageRight]:
        """Return what groups and grants name, not yet held to school and role. Two queries."""
        rows: list[Any] = list(
            GroupPagePermission.objects.filter(group__user=user).select_related(
                "page", "permission"
            )
        )
        grants = PageGrant.objects.filter(user=user).select_related("content_object", "permission")
        return [
            PageRight(_page_of(row), codename(_action_of(row), BasePage))
            for row in (*rows, *grants)
        ]

    # --- The operator sees one school where the request is for one -----------------------------

    def _base_queryset_for_user(self, user: Any) -> QuerySet[Any] | None:
        queryset: QuerySet[Any] | None = super()._base_queryset_for_user(user)
        here = current_school()
        if queryset is None or here is None:
            return queryset
        return queryset.filter(path__startswith=here.root_path)

    def instances_with_direct_explore_permission(self, user: Any) -> Any:
        here = current_school()
        if user.is_superuser and here is not None:
            return BasePage.objects.filter(pk=here.root_page_id)
        return super().instances_with_direct_explore_permission(user)

    # --- Who may, asked the other way round ----------------------------------------------------

    def users_with_any_permission(
        self, actions: Iterable[str], include_superusers: bool = True
    ) -> QuerySet[Any]:
        here = current_school()
        asked = set(actions) | ({"add"} if "change" in actions else set())
        anywhere = BasePage.objects.all()
        if here is not None:
            anywhere = anywhere.filter(path__startswith=here.root_path)
        holders = self._holders(asked, anywhere, here.id if here else None)
        return _people(holders, include_superusers)

    def users_with_any_permission_for_instance(
        self, actions: Iterable[str], instance: Any, include_superusers: bool = True
    ) -> QuerySet[Any]:
        asked = set(actions)
        school_id = school_id_of_page(instance)
        if school_id is None:
            return _people(Q(pk__in=()), include_superusers)
        above = instance.get_ancestors(inclusive=True)
        holders = self._holders(asked, above, school_id)
        if "change" in asked and "add" not in asked:
            holders |= self._holders({"add"}, above, school_id) & Q(pk=instance.owner_id)
        return _people(holders, include_superusers)

    def _holders(self, actions: set[str], pages: QuerySet[Any], school_id: int | None) -> Q:
        holders = Q(pk__in=members_holding(roles_with(actions, PAGE_RIGHTS), school_id))
        for action in actions:
            name = codename(action, BasePage).codename
            pages_given = pages.order_by().values("pk")
            grants = PageGrant.objects.filter(
                permission__codename=name, content_object__in=pages_given
            )
            groups = GroupPagePermission.objects.filter(
                permission__codename=name, page__in=pages_given
            )
            given = Q(pk__in=grants.values("user")) | Q(groups__in=groups.values("group"))
            holders |= given & Q(pk__in=members_holding(roles_with({action}, GRANTABLE), school_id))
        return holders


page_policy = SchoolPagePolicy("content.BasePage")


def may(user: Any, action: str, page: Any) -> bool:
    """Return whether a person may do an action (`add`, `change`, `publish`, …) to a page."""
    return bool(page_policy.user_has_permission_for_instance(user, action, page))


def _roots(schools: Iterable[int]) -> QuerySet[Any]:
    return BasePage.objects.filter(sites_rooted_here__school__in=list(schools)).annotate(
        school_id=F("sites_rooted_here__school__pk")
    )


def _page_of(row: Any) -> Any:
    return row.page if isinstance(row, GroupPagePermission) else row.content_object


def _action_of(row: Any) -> str:
    return str(row.permission.codename.rsplit("_", maxsplit=1)[0])


def _people(holders: Q, include_superusers: bool) -> QuerySet[Any]:
    if include_superusers:
        holders |= Q(is_superuser=True)
    return get_user_model()._default_manager.filter(holders, is_active=True).distinct()
