"""What a personal token may be made for: few scopes, in the words of a school."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from lyceum.kernel.registries import Registry


@dataclass(frozen=True)
class Scope:
    """One kind of doing that a personal token can be good for; never more than its person may."""

    code: str
    label: str


scopes: Registry[Scope] = Registry("scopes")

# By slug: what tokens can be made for where a plugin is in force. Filled as plugins load.
scopes_of_plugins: Registry[tuple[Scope, ...]] = Registry("scopes of plugins")

# What a plugin may ask for at its doors, after its slug, and what that means for people.
OF_PLUGINS = {"read": "Read what one may in {name}", "write": "Change what one may in {name}"}

LABELS = {
    "account:read": "Read one's own account, permissions and pictures of people",
    "account:write": "Change one's own profile and picture",
    "school:read": "Read the school's settings",
    "school:write": "Change the school's settings",
    "members:read": "Read members, classes and invitations",
    "members:write": "Change members, invite, and take invitations back",
    "audit:read": "Read the school's audit",
    "content:read": "Read the catalogue and its files, and what authoring shows",
    "content:write": "Write and publish content",
    "learning:read": "Read one's own progress, attempts and activity, and hear recordings",
    "learning:write": "Learn: answer, record, enrol, note progress",
}


def scopes_at(plugins: Collection[str]) -> list[str]:
    """Return the codes of all that a token can be made for where these plugins are in force."""
    found = (of for slug, of in scopes_of_plugins.items() if slug in plugins)
    return [*scopes.keys(), *sorted(scope.code for of in found for scope in of)]


def declare_scopes() -> None:
    """Add the platform's scopes to the registry. Called once, at start-up."""
    for code, label in LABELS.items():
        scopes.register(code, Scope(code, label))
