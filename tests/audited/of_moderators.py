"""What moderators do with cases, people, the bin and the filters."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from lyceum.kernel.clock import now
from tests.audited.deeds import MARKER, Act, World, deed, send
from tests.letters import TYPE, a_letter
from tests.people import a_member, signed_in

UNTIL = {"until": (now() + timedelta(days=3)).isoformat()}


def _case(world: World) -> str:
    author, reporter = a_member(world.school), a_member(world.school)
    letter = a_letter(world.school, author, MARKER)
    body = {"type": TYPE, "id": str(letter), "kind": "spam", "text": MARKER}
    send(signed_in(reporter, "toto"), "POST", "/api/v1/reports", body)
    [case] = world.send("GET", "/moderation")["items"]
    return f"/moderation/{case['id']}"


def _act(world: World, *before: dict[str, Any], **act: Any) -> Act:
    address = _case(world)
    for each in before:
        world.send("PATCH", address, each)
    return lambda: world.send("PATCH", address, act)


def _declare(named: str, /, *before: dict[str, Any], **act: Any) -> None:
    deed(f"moderation.{named}")(lambda world: _act(world, *before, **act))


_declare("review", action="review")
_declare("hide", action="hide", note=MARKER)
_declare("restore", {"action": "hide"}, action="restore")
_declare("bin", action="bin")
_declare("warn", action="warn", message=MARKER)
_declare("person_warned", action="warn", message=MARKER)
_declare("suspend", action="suspend", message=MARKER, **UNTIL)
_declare("contact_suspended", action="suspend", message=MARKER, **UNTIL)
_declare("lift", {"action": "suspend", **UNTIL}, action="lift")
_declare("contact_suspension_lifted", {"action": "suspend", **UNTIL}, action="lift")
_declare("note", action="note", note=MARKER)
_declare("resolve", action="resolve", note=MARKER)
_declare("dismiss", action="dismiss", note=MARKER)


@deed("moderation.filters_changed")
def change_filters(world: World) -> Act:
    return lambda: world.send("PATCH", "/moderation/settings", {"on_links": "hold"})
