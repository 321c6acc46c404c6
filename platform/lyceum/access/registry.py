"""What a permission is, and the registry that every room and plugin fills with its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from lyceum.accounts.models import User
from lyceum.kernel.registries import Registry

Rule = Callable[[User, Any], bool]


@dataclass(frozen=True)
class Permission:
    """
    One thing that a person may or may not do, by the code that doors ask for.

    :param roles: who may school-wide; a role that includes one of these may too. Nobody but
        operators, where there are neither roles nor a rule
    :param rule: asked of a member whose roles do not say yes: may they, with this very thing?
    :param plugin: whose it is; where that is not in force nobody may, the operator included
    """

    code: str
    label: str
    roles: frozenset[str] = frozenset()
    rule: Rule | None = None
    plugin: str = ""


permissions: Registry[Permission] = Registry("permissions")

# A model's label to a function that finds the id of the school that an instance belongs to.
# What has a `school_id` needs no entry; a model's subclasses need none either.
school_finders: Registry[Callable[[Any], int | None]] = Registry("school finders")


def declare(
    code: str,
    label: str,
    *roles: str,
    rule: Rule | None = None,
    plugin: str = "",
) -> None:
    """
    Add a permission to the registry. Call it in `AppConfig.ready()`.

    :raises AlreadyRegistered: if another room declared the code
    """
    permissions.register(code, Permission(code, label, frozenset(roles), rule, plugin))
