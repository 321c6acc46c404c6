"""The roles a membership can have, and how a set of them is kept in one column."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models

from lyceum.kernel.errors import Forbidden

STUDENT = "student"
TEACHER = "teacher"
CONTENT_CREATOR = "content_creator"
MODERATOR = "moderator"
MANAGER = "manager"
ADMIN = "admin"

ROLES = (STUDENT, TEACHER, CONTENT_CREATOR, MODERATOR, MANAGER, ADMIN)

# A role holds the rights of those it includes. None of the middle three includes another.
INCLUDES: dict[str, tuple[str, ...]] = {
    STUDENT: (),
    TEACHER: (STUDENT,),
    CONTENT_CREATOR: (STUDENT,),
    MODERATOR: (STUDENT,),
    MANAGER: (TEACHER, CONTENT_CREATOR, MODERATOR, STUDENT),
    ADMIN: (MANAGER, TEACHER, CONTENT_CREATOR, MODERATOR, STUDENT),
}

STAFF = frozenset({TEACHER, CONTENT_CREATOR, MODERATOR, MANAGER, ADMIN})


class ManagedBySchool(Forbidden):
    """
    This is a managed account: its school looks after it, with name, user name and password.

    It has no address, no other log-in and no second factor, belongs to this one school for as long
    as the school says, and is a student there. Ask a teacher, who can change what may be changed.
    """

    code = "managed_account"
    detail = "The school looks after this account, and this part of it."


def with_included(roles: Iterable[str]) -> frozenset[str]:
    """Return the roles together with all that they include."""
    held = set(roles)
    for role in tuple(held):
        held.update(INCLUDES.get(role, ()))
    return frozenset(held)


class RolesField(models.CharField[frozenset[str], frozenset[str]]):
    """
    A set of roles in one text column, as `,student,teacher,`: one query reads a person's rights.

    Filter with `roles__contains=",teacher,"`, which is what `Membership.objects.holding` does.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 200)
        kwargs.setdefault("default", frozenset)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: str | None, *_: object) -> frozenset[str]:
        return frozenset(role for role in (value or "").split(",") if role)

    def to_python(self, value: Any) -> frozenset[str]:
        if isinstance(value, str):
            return self.from_db_value(value)
        return frozenset(value or ())

    def get_prep_value(self, value: Any) -> str:
        # A text is a lookup's own pattern, such as the one of `holding`.
        if isinstance(value, str):
            return value
        return "".join(["," + role for role in sorted(value or ())]) + "," if value else ""

    def value_to_string(self, obj: models.Model) -> str:
        return self.get_prep_value(self.value_from_object(obj))

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        super().validate(self.get_prep_value(value), model_instance)

    def run_validators(self, value: Any) -> None:
        super().run_validators(self.get_prep_value(value))
