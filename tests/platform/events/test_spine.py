"""The spine: nothing that happened is lost, and nothing is told twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, OperationalError, connection, transaction

from lyceum.events import relay
from lyceum.events.actions import StrangeAction
from lyceum.events.consumers import Consumer, News, consumers
from lyceum.events.models import AuditEntry, Delivery, Event
from lyceum.events.services import Fact, publish, record_audit
from lyceum.events.types import EventType, declare_events, event_types
from lyceum.kernel.clock import now
from lyceum.kernel.identity import new_uuid

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class Listener:
    """A consumer that remembers what it was told, and can be made to fail."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.refuses: set[str] = set()

    def apply(self, news: Sequence[News]) -> None:
        for item in news:
            if item.data.get("word") in self.refuses:
                raise ValueError("not that one")
        self.heard.extend(item.data["word"] for item in news)


@pytest.fixture(autouse=True)
def words() -> Iterator[None]:
    declare_events(EventType("word_said", "Somebody said a word.", data={"word": "it"}))
    yield
    del event_types._things["word_said"]


@pytest.fixture
def listener() -> Iterator[Listener]:
    listener = Listener()
    consumer = Consumer(name="listener", types=frozenset({"word_said"}), apply=listener.apply)
    consumers.register("listener", consumer)
    yield listener
    del consumers._things["listener"]


def say(*words: str) -> None:
    publish(*(Fact(type="word_said", at=MONDAY, data={"word": word}) for word in words))


@pytest.mark.django_db(transaction=True)
def test_consumers_are_told_after_the_commit(listener: Listener) -> None:
    with transaction.atomic():
        say("hello", "world")
        assert listener.heard == []

    assert listener.heard == ["hello", "world"]
    assert not Delivery.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_was_never_said(listener: Listener) -> None:
    with transaction.atomic():
        say("hello")
        transaction.set_rollback(True)

    assert listener.heard == []
    assert not Event.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_an_event_that_a_consumer_cannot_take_holds_up_no_other(listener: Listener) -> None:
    listener.refuses = {"bad"}
    with transaction.atomic():
        say("one", "bad", "two")

    assert listener.heard == ["one", "two"]
    assert Delivery.objects.get().attempts == 1

    listener.refuses = set()
    Delivery.objects.update(due_at=now())
    assert relay.deliver() == 1
    assert listener.heard == ["one", "two", "bad"]


@pytest.mark.django_db
@pytest.mark.django_db(transaction=True)
def test_a_relay_that_breaks_after_the_commit_costs_the_caller_nothing(
    listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(*_: object, **__: object) -> int:
        raise OperationalError("the connection is lost")

    with monkeypatch.context() as patched:
        patched.setattr(relay, "deliver", lost)
        with transaction.atomic():
            say("hello")

    assert listener.heard == []
    assert relay.deliver() == 1
    assert listener.heard == ["hello"]


def test_publishing_outside_a_transaction_is_an_error(listener: Listener) -> None:
    connection.in_atomic_block, before = False, connection.in_atomic_block
    try:
        with pytest.raises(RuntimeError):
            say("hello")
    finally:
        connection.in_atomic_block = before


@pytest.mark.django_db(transaction=True)
def test_the_lag_is_the_age_of_the_oldest_waiting_event(listener: Listener) -> None:
    listener.refuses = {"bad"}
    with transaction.atomic():
        say("bad")

    assert relay.lag(MONDAY + timedelta(minutes=3)) == timedelta(minutes=3)


@pytest.mark.django_db
@pytest.mark.parametrize("model", [Event, AuditEntry])
def test_the_database_refuses_updates_of_what_happened(model: type[Event | AuditEntry]) -> None:
    say("hello")
    record_audit(action="account.signed_up", actor=new_uuid())

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        model.objects.update(school=new_uuid())


@pytest.mark.django_db
def test_a_row_of_the_audit_stays() -> None:
    record_audit(action="account.signed_up", actor=new_uuid())

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AuditEntry.objects.all().delete()
    assert AuditEntry.objects.filter(action="account.signed_up").count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("action", "changes", "objection"),
    [
        ("account.danced", {}, "no room declares it"),
        ("account.signed_out", {}, "it lacks client"),
        ("account.signed_up", {"email": "x"}, "it was not declared to hold email"),
        ("probe.danced", {}, "under `audits`"),
    ],
)
def test_the_audit_takes_what_was_declared_alone(
    action: str, changes: dict[str, str], objection: str
) -> None:
    with pytest.raises(StrangeAction, match=objection):
        record_audit(action=action, changes=changes)

    assert not AuditEntry.objects.filter(action=action).exists()


@pytest.mark.django_db
def test_publishing_takes_two_queries_however_many_facts(
    listener: Listener, django_assert_num_queries: object
) -> None:
    with django_assert_num_queries(2):  # type: ignore[operator]
        say(*(f"word {number}" for number in range(50)))
