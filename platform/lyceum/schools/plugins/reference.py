"""The reference for authors, `platform/docs/hooks.md`, as the code of this process has it."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping

from lyceum.events.types import EventType, event_types
from lyceum.kernel.plugins.hooks import Specification, hooks
from lyceum.kernel.plugins.manifest import Manifest
from lyceum.kernel.plugins.settings import BaseSettings
from lyceum.kernel.plugins.versions import HOST_API, SLOTS

HEAD = f"""\
# What a plugin answers, hears and says of itself

Of version {HOST_API} of the host. This page is written by `python3 manage.py plugins reference`,
and a test holds it to the code.
"""

HOOKS = """\
## Hooks

Functions in `hooks.py`, marked with `@hookimpl` of `lyceum.plugin.hooks` and named under `hooks`
in `plugin.toml`. They are asked within a request, never inside a transaction, and only where the
plugin is in force. An implementation may leave out arguments that it does not need.

- What a **contribution** returns is collected; None contributes nothing.
- A **filter** gets a `value` and returns the changed one; None leaves it.
- A **veto** returns a `Refusal`, or None.

One that raises, or takes longer than its budget, costs its own result alone.

A hook, an event or a name of `lyceum.plugin` that will go is marked as deprecated here, with the
version of the host that has it no more: one of another first number. Until then it works as ever;
`plugins list` and `check`, the admin and the report on health name the plugins that use it, and
`plugins check --against VERSION` says which of them a version to come would break.
"""

EVENTS = """\
## Events

Functions in `hooks.py`, marked with `@on("type")` and named under `listens`. They take `school`
and `news`, and run in the worker after the commit, once, where the plugin was in force when it
happened. What one writes is undone if it raises, and it is tried again later.

`news` has `uuid`, `type`, `version`, `school`, `actor`, `subject`, `data` and `at`. People, schools
and things are named by UUID; in `data` as text. Plugins tell news of their own as `slug.type`: see
`publishes` in their `plugin.toml`.
"""

SETTINGS = """\
## Settings

A class `Settings` in `settings.py`, of the base that `lyceum.plugin.settings` has, with
`settings = true` in `plugin.toml`. The form for managers is made from it.
"""


SCREENS = """\
## Screens

A folder `web/` with an `index.js`, a module that exports `register(app)`: see
[what it is given](plugins.md#screens). It may draw in these places:
"""


def reference() -> str:
    """Return the page as Markdown."""
    return "\n".join(
        [
            HEAD,
            HOOKS,
            *(_hook(hooks.specifications[name]) for name in sorted(hooks.specifications)),
            EVENTS,
            *(_event(event_types[name]) for name in sorted(event_types.keys()) if _is_told(name)),
            SETTINGS,
            _settings(),
            SCREENS,
            _slots(),
            "## plugin.toml\n\nWhat is not named here is refused.\n",
            _manifest(),
        ]
    )


def _is_told(name: str) -> bool:
    return event_types[name].of_school


def _hook(hook: Specification) -> str:
    facts = [f"{hook.kind.value}", f"budget {hook.budget:g} s", f"since {hook.since}"]
    if hook.fails_closed:
        facts.append("fails closed: where it breaks, the answer is no")
    if hook.deprecated:
        facts.append(f"**{hook.deprecated}**")
    text = inspect.getdoc(hook.function) or ""
    return f"### {hook.name}\n\n    {hook.signature}\n\n*{'; '.join(facts)}*\n\n{text}\n"


def _event(event: EventType) -> str:
    who = [("actor", event.actor), ("subject", event.subject)]
    rows = [(name, told) for name, told in who if told]
    rows += [(f"data.{name}", told) for name, told in _told(event)]
    table = "\n".join(f"| `{name}` | {told} |" for name, told in rows)
    body = f"\n| | |\n|---|---|\n{table}\n" if rows else ""
    facts = f"*Version {event.version}.*"
    if event.deprecated:
        facts += f" **It is {event.deprecated}**"
    return f"### {event.name}\n\n{event.tells} {facts}\n{body}"


def _told(event: EventType) -> Iterator[tuple[str, str]]:
    yield from event.data.items()
    sometimes: Mapping[str, str] = event.sometimes
    yield from ((name, f"{told} (may be missing)") for name, told in sometimes.items())


def _settings() -> str:
    check = inspect.getdoc(BaseSettings.check)
    return f"{inspect.getdoc(BaseSettings)}\n\n### check\n\n    check(self) -> None\n\n{check}\n"


def _slots() -> str:
    rows = [f"| `{name}` | {where} |" for name, where in SLOTS.items()]
    return "\n".join(["| slot | |", "|---|---|", *rows, ""])


def _manifest() -> str:
    rows = [
        f"| `{name}` | {'yes' if field.is_required() else ''} | {field.description} |"
        for name, field in Manifest.model_fields.items()
    ]
    return "\n".join(["| field | required | |", "|---|---|---|", *rows, ""])
