"""Giving a page, with all that lies below it, to a person to work on; and taking it back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction

from lyceum.access.roles import roles_in
from lyceum.accounts.models import User
from lyceum.content.models import BasePage, PageGrant
from lyceum.content.rights.roles import GRANTABLE, PAGE_ACTIONS, codename, rights_of
from lyceum.content.trees import school_id_of_page
from lyceum.events.services import Fact, publish, record_audit
from lyceum.kernel.errors import Conflict, Invalid, NotFound
from lyceum.schools.models import School


class PageOfNoSchool(NotFound):
    """The page does not belong to any school's tree, so nobody can be given it."""

    code = "page_of_no_school"
    detail = "The page belongs to no school."


class GranteeNotAMember(Conflict):
    """Pages are given to active members of their school alone. Let the person join it first."""

    code = "grantee_not_a_member"
    detail = "The person is not an active member of the page's school."


class NotGrantable(Invalid):
    """
    The permission is none of a page's, or none that the person's role can hold.

    A teacher can be given `add` and `change`, and never `publish`; a student nothing.
    """

    code = "not_grantable"
    detail = "The person's role cannot hold this permission."


@dataclass(frozen=True)
class Granted:
    """What a person was given on a page, by grants alone."""

    page: UUID
    user: UUID
    permissions: frozenset[str]


@transaction.atomic
def grant_page(
    *, actor: User | None, user: User, page: BasePage, permissions: Iterable[str], at: datetime
) -> Granted:
    """
    Give a page and all below it to a person. What was given before stays.

    :param permissions: of `add`, `change`, `publish`, `lock`, `unlock`, `bulk_delete`
    :raises PageOfNoSchool: if the page is above all schools
    :raises GranteeNotAMember: if the person is no active member of the page's school
    :raises NotGrantable: if the person's roles there cannot hold one of the permissions
    """
    wanted = frozenset(permissions)
    school = _school_of(page)
    roles = roles_in(user, school.pk)
    if not roles:
        raise GranteeNotAMember
    _check_grantable(wanted, roles)
    before = _held(user, page)
    base = BasePage.objects.get(pk=page.pk)
    for action in sorted(wanted - before):
        PageGrant.objects.get_or_create(
            user=user, permission=_permission(action), content_object=base
        )
    return _record("page.granted", actor, user, page, school, before, before | wanted, at)


@transaction.atomic
def revoke_page(
    *, actor: User | None, user: User, page: BasePage, permissions: Iterable[str], at: datetime
) -> Granted:
    """
    Take back what a person was given on this very page; what was not given is no error.

    :raises PageOfNoSchool: if the page is above all schools
    """
    school = _school_of(page)
    before = _held(user, page)
    names = [codename(action, BasePage).codename for action in permissions]
    PageGrant.objects.filter(
        user=user, content_object_id=page.pk, permission__codename__in=names
    ).delete()
    return _record("page.revoked", actor, user, page, school, before, _held(user, page), at)


def _school_of(page: BasePage) -> School:
    school = School.objects.filter(pk=school_id_of_page(page) or 0).first()
    if school is None:
        raise PageOfNoSchool
    return school


def _check_grantable(wanted: frozenset[str], roles: frozenset[str]) -> None:
    unknown = wanted - PAGE_ACTIONS
    beyond = wanted - rights_of(roles, GRANTABLE)
    if unknown or beyond:
        messages = [
            f"There is no permission {action!r} of pages."
            if action in unknown
            else f"The person's role cannot hold {action!r}."
            for action in sorted(beyond)
        ]
        raise NotGrantable(fields={"permissions": messages})


def _held(user: User, page: BasePage) -> frozenset[str]:
    names = PageGrant.objects.filter(user=user, content_object_id=page.pk).values_list(
        "permission__codename", flat=True
    )
    return frozenset(name.rsplit("_", maxsplit=1)[0] for name in names)


def _permission(action: str) -> Permission:
    return Permission.objects.get(
        content_type=ContentType.objects.get_for_model(BasePage),
        codename=codename(action, BasePage).codename,
    )


def _record(
    action: str,
    actor: User | None,
    user: User,
    page: BasePage,
    school: School,
    before: frozenset[str],
    after: frozenset[str],
    at: datetime,
) -> Granted:
    by = actor.uuid if actor else None
    if before != after:
        record_audit(
            action=action,
            school=school.uuid,
            actor=by,
            target=page.uuid,
            target_type="page",
            changes={"permissions": [sorted(before), sorted(after)], "person": str(user.uuid)},
        )
        told = {"person": str(user.uuid), "permissions": sorted(after)}
        # A full stop would make it the news of a plugin called `page`.
        type = action.replace(".", "_")
        fact = Fact(type, at, school=school.uuid, actor=by, subject=page.uuid, data=told)
        publish(fact)
    return Granted(page=page.uuid, user=user.uuid, permissions=after)
