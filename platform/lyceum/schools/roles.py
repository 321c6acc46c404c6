"""The roles a membership can have, plugins' among them, and how a set is kept in one column."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from lyceum.kernel.errors import Forbidden
from lyceum.kernel.registries import Registry

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

# What a role of a plugin may include: what anybody gets who signs up, and nothing more.
INCLUDABLE = frozenset({STUDENT})
# What no plugin may call a role of its own, lest people take it for one of the house's.
TAKEN = frozenset({*ROLES, "anonymous", "member", "operator", "stranger"})


@dataclass(frozen=True)
class PluginRole:
    """A role that a plugin brings. Where the plugin is not in force it counts for nothing."""

    code: str
    label: str
    includes: tuple[str, ...]
    plugin: str

    @property
    def name(self) -> str:
        """How it is kept. It stays this plugin's, whoever brings a role of that code later."""
        return f"{self.plugin}.{self.code}"


# By code: the roles of loaded plugins.
plugin_roles: Registry[PluginRole] = Registry("roles of plugins")


class ManagedBySchool(Forbidden):
    """
    This is a managed account: its school looks after it, with name, user name and password.

    It has no address, no other log-in and no second factor, belongs to this one school for as long
    as the school says, and is a student there. Ask a teacher, who can change what may be changed.
    """

    code = "managed_account"
    detail = _("The school looks after this account, and this part of it.")


def roles_at(plugins: Collection[str]) -> tuple[str, ...]:
    """Return the codes of the roles there are where these plugins are in force."""
    return (*ROLES, *sorted(role.code for role in plugin_roles if role.plugin in plugins))


def names_of(codes: Iterable[str]) -> frozenset[str]:
    """Return how roles are kept, whose codes are known."""
    return frozenset(plugin_roles[code].name if code in plugin_roles else code for code in codes)


def in_force(names: Iterable[str], plugins: Collection[str]) -> frozenset[str]:
    """Return the codes of those kept roles that count where these plugins are in force."""
    return frozenset(code for name in names if (code := _code_of(name, plugins)))


def dormant(names: Iterable[str], plugins: Collection[str]) -> frozenset[str]:
    """Return those kept roles that count for nothing as long as only these are in force."""
    return frozenset(name for name in names if not _code_of(name, plugins))


def with_included(names: Iterable[str], plugins: Collection[str] = ()) -> frozenset[str]:
    """
    Return the codes of kept roles together with all that they include.

    :param plugins: those in force in the school; roles of others count for nothing
    """
    held = set(in_force(names, plugins))
    for code in tuple(held):
        own = plugin_roles.get(code)
        held.update(own.includes if own else INCLUDES.get(code, ()))
    return frozenset(held)


def asks_for_plugins(names: Iterable[str]) -> bool:
    """Return whether what kept roles come to depends on the plugins in force."""
    return any("." in name for name in names)


def _code_of(name: str, plugins: Collection[str]) -> str:
    slug, _, code = name.rpartition(".")
    if not slug:
        return name if name in ROLES else ""
    own = plugin_roles.get(code)
    return code if own and own.plugin == slug and slug in plugins else ""


class RolesField(models.CharField[frozenset[str], frozenset[str]]):
    """
    A set of roles in one text column, as `,student,teacher,`: one query reads a person's rights.

    Filter with `roles__contains=",teacher,"`, which is what `Membership.objects.holding` does. A
    plugin's role is kept by its name, as `probe.guide`: see `names_of` and `in_force`.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
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
