"""Every critical action is written down with who, what, when and from where; or is not done."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from functools import cache as cache_for_good
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import DatabaseError, connection

from lyceum.events.actions import actions
from lyceum.events.models import AuditEntry
from lyceum.kernel.clock import now
from lyceum.kernel.plugins.host import host
from tests.audited import of_accounts, of_content, of_moderators, of_schools
from tests.audited.deeds import Act, Deed, World, a_world, deeds, refusing
from tests.letters import letters
from tests.people import PASSWORD

__all__ = ["letters", "of_accounts", "of_content", "of_moderators", "of_schools"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("letters")]

ROOT = Path(__file__).parents[2]
# What needs a server beside ours, other code, or a database of its own is done and looked for
# elsewhere.
ELSEWHERE = {
    "account.provider_disconnected": "tests/services/providers/test_connecting.py",
    "account.provider_connected": "tests/services/providers/test_connecting.py",
    "instance.restored": "tests/deploy/test_backup.py",
    "plugin.uninstalled": "tests/platform/plugins/test_roles.py",
    **dict.fromkeys(
        (
            *("probe.note_made", "probe.note_changed", "probe.note_deleted"),
            *("keeper.folder_made", "keeper.folder_changed", "keeper.folder_deleted"),
        ),
        "tests/platform/plugins/test_school_rows.py",
    ),
}
PRESENCE = ("last_seen_at", "last_used_at")
# Plugins of the tests, which try other things.
OF_TESTS = ("polite", "unruly")


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    cache.clear()
    yield a_world(tmp_path)
    cache.clear()


def contents() -> dict[str, str]:
    """Return what every table holds, in short."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            columns = ", ".join(_columns_of(table))
            cursor.execute(f'SELECT {columns} FROM "{table}"')
            rows = sorted(repr(row) for row in cursor.fetchall())
            found[table] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    return found


@cache_for_good
def _columns_of(table: str) -> list[str]:
    with connection.cursor() as cursor:
        described = connection.introspection.get_table_description(cursor, table)
    # That somebody was there is noted beside what they do.
    return [f'"{each.name}"' for each in described if each.name not in PRESENCE]


def is_refused(act: Act) -> bool:
    """Do it, and return whether who did it was told that it failed."""
    try:
        act()
    except (AssertionError, DatabaseError):
        return True
    return False


def test_every_declared_action_is_done_here_or_elsewhere() -> None:
    of_plugins = {
        f"{plugin.slug}.{each.action}"
        for plugin in host.loaded()
        if plugin.slug not in OF_TESTS
        for each in plugin.told.audits
    }
    declared = {*actions.keys(), *of_plugins}

    assert declared == {*deeds, *ELSEWHERE}
    for action, place in ELSEWHERE.items():
        assert f'"{action}"' in (ROOT / place).read_text(encoding="utf-8")


@pytest.mark.parametrize("action", sorted(deeds))
def test_it_is_one_row_with_its_change_or_neither(action: str, world: World) -> None:
    done = deeds[action]
    act = done.arrange(world)
    if done.whole:
        before = contents()
        with refusing(action):
            refused = is_refused(act)
        after = contents()
        assert [table for table in before if before[table] != after[table]] == []
        assert refused
        cache.clear()
    seen = AuditEntry.objects.order_by("-id").values_list("id", flat=True).first() or 0
    since = now()

    act()

    rows = AuditEntry.objects.filter(id__gt=seen, action=action)
    assert len(rows) == done.rows
    for row in rows:
        assert since <= row.at <= now()
        assert_told(done, row, world)
    assert_nothing_secret(world)


def assert_told(done: Deed, row: AuditEntry, world: World) -> None:
    """Look at who, what and from where."""
    who = {"admin": world.admin.uuid, "self": row.target, "nobody": None}[done.by]
    assert row.actor == who
    if done.has_target:
        assert row.target is not None
    assert row.target_type or row.target is None
    assert bool(row.address) == done.through_http
    assert bool(row.request_id) or not done.through_http


def assert_nothing_secret(world: World) -> None:
    """Look for what was typed through the whole audit, the instance's rows included."""
    everything = json.dumps(list(AuditEntry.objects.values()), default=str)
    assert [each for each in (PASSWORD, *world.secrets) if each in everything] == []
