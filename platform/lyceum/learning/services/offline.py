"""Taking what was answered and reported offline: once, in order, each for itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import (
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    TypeAdapter,
    ValidationError,
    model_validator,
)

from lyceum.http.idempotency import IdempotencyMismatch
from lyceum.kernel.errors import DomainError, Invalid
from lyceum.learning import catalogue
from lyceum.learning.learners import Learner
from lyceum.learning.models import OfflineReport
from lyceum.learning.prerequisites import check_open
from lyceum.learning.services.attempts import Given, record_attempt
from lyceum.learning.services.once import Outcome, once
from lyceum.learning.services.studying import Report, take_report

MOST_ITEMS = 200
OLDEST = timedelta(days=90)
# What a device's clock may be ahead of ours.
AHEAD = timedelta(minutes=5)
DAY = 24 * 60 * 60
LONGEST_POSITION = 100


class ImplausibleTime(Invalid):
    """
    The answer is said to be given in the future, or more than ninety days ago.

    Set the device's clock; what is older is no longer taken.
    """

    code = "implausible_time"
    detail = "This is said to be given in the future, or too long ago."


class _Item(BaseModel):
    model_config = ConfigDict(extra="forbid")

    client_id: UUID
    answered_at: AwareDatetime


class AttemptItem(_Item):
    """An answer given offline."""

    type: Literal["attempt"] = "attempt"
    exercise: UUID
    answer: Any
    seconds: int = Field(default=0, ge=0, le=DAY)


class ProgressItem(_Item):
    """A progress report made offline."""

    type: Literal["progress"]
    lesson: UUID
    session_id: UUID | None = None
    seconds: int | None = Field(default=None, ge=0, le=DAY)
    position: str | None = Field(default=None, max_length=LONGEST_POSITION, pattern=r"^[^\x00]*$")
    done: bool = False

    @model_validator(mode="after")
    def _seconds_are_a_sittings(self) -> ProgressItem:
        if (self.session_id is None) != (self.seconds is None):
            raise ValueError("Send session_id and seconds together.")
        return self


Item = Annotated[AttemptItem | ProgressItem, Field(discriminator="type")]
_items: TypeAdapter[AttemptItem | ProgressItem] = TypeAdapter(Item)


@dataclass(frozen=True)
class ItemOutcome:
    """What became of one item: a `body`, or the `error` that it was refused with."""

    client_id: str | None
    made: bool = False
    body: dict[str, Any] | None = None
    error: DomainError | None = None


def item_schema() -> dict[str, Any]:
    """Return the JSON Schema of an item, for the API's document."""
    schemas = [model.model_json_schema() for model in (AttemptItem, ProgressItem)]
    return {"oneOf": schemas}


def take_offline(*, learner: Learner, items: Sequence[Any], at: datetime) -> list[ItemOutcome]:
    """
    Take a batch in the order in which it was given; return what became of each, as it was sent.

    Each item is a transaction of its own: one that is refused stops no other, and a batch that is
    sent again changes nothing. A plugin's kind that fails is not asked again in the same batch.
    """
    outcomes: list[ItemOutcome | None] = [None] * len(items)
    readable: list[tuple[datetime, int, AttemptItem | ProgressItem]] = []
    for place, raw in enumerate(items):
        try:
            item = _read(raw)
            readable.append((_plausible(item.answered_at, at), place, item))
        except DomainError as error:
            outcomes[place] = ItemOutcome(client_id=_client_id_of(raw), error=error)
    faulty: set[str] = set()
    for moment, place, item in sorted(readable, key=lambda entry: entry[:2]):
        outcomes[place] = _take(learner, item, faulty, moment=moment, at=at)
    return [outcome for outcome in outcomes if outcome is not None]


def _read(raw: Any) -> AttemptItem | ProgressItem:
    if isinstance(raw, dict) and "type" not in raw:
        raw = {"type": "attempt", **raw}
    try:
        return _items.validate_python(raw)
    except ValidationError as error:
        fields: dict[str, list[str]] = {}
        for row in error.errors(include_url=False, include_context=False, include_input=False):
            # The first step names the type that the item was read as.
            path = ".".join(str(step) for step in row["loc"][1:]) or "item"
            fields.setdefault(path, []).append(row["msg"].removeprefix("Value error, "))
        raise Invalid(fields=fields) from None


def _client_id_of(raw: Any) -> str | None:
    """Return the client id of an item that cannot be read, if that much can."""
    given = raw.get("client_id") if isinstance(raw, dict) else None
    try:
        return str(UUID(given)) if isinstance(given, str) else None
    except ValueError:
        return None


def _plausible(answered_at: datetime, at: datetime) -> datetime:
    """
    Return when an item was given, at the latest now.

    :raises ImplausibleTime: if its own word for it cannot be
    """
    if not at - OLDEST <= answered_at <= at + AHEAD:
        raise ImplausibleTime(fields={"answered_at": ["Not within the last ninety days."]})
    return min(answered_at, at)


def _take(
    learner: Learner,
    item: AttemptItem | ProgressItem,
    faulty: set[str],
    *,
    moment: datetime,
    at: datetime,
) -> ItemOutcome:
    client_id = str(item.client_id)
    try:
        if isinstance(item, AttemptItem):
            given = Given(
                answer=item.answer,
                answered_at=moment,
                seconds=item.seconds,
                client_id=item.client_id,
            )
            outcome = record_attempt(
                learner=learner, exercise_id=item.exercise, given=given, at=at, faulty=faulty
            )
            return ItemOutcome(client_id=client_id, made=True, body=outcome.body)
        outcome = _take_report(learner, item, moment=moment, at=at)
        return ItemOutcome(client_id=client_id, body=outcome.body)
    except DomainError as error:
        return ItemOutcome(client_id=client_id, error=error)


def _take_report(
    learner: Learner, item: ProgressItem, *, moment: datetime, at: datetime
) -> Outcome:
    lesson = catalogue.find_page(learner, "lesson", item.lesson)
    check_open(learner, lesson)
    report = Report(
        session_id=item.session_id,
        seconds=item.seconds or 0,
        position=item.position,
        done=item.done,
    )

    def change() -> Outcome:
        result = take_report(learner, lesson, report, at=at, moment=moment)
        OfflineReport.objects.create(
            user_id=learner.user_id,
            client_id=item.client_id,
            report=item.model_dump(mode="json"),
            result=result,
            received_at=at,
        )
        return Outcome(body=result)

    return once(change, stored=lambda: _stored(learner, item))


def _stored(learner: Learner, item: ProgressItem) -> Outcome | None:
    before = OfflineReport.objects.filter(user_id=learner.user_id, client_id=item.client_id).first()
    if before is None:
        return None
    if before.report != item.model_dump(mode="json"):
        raise IdempotencyMismatch(
            "This client_id was used for another report.",
            fields={"client_id": ["It was used for another report."]},
        )
    return Outcome(body=before.result, replayed=True)
