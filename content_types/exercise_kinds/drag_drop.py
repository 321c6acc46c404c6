"""Things to be put in order, such as the words of a sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop
from pydantic import Field
from wagtail import blocks

from lyceum.plugin.exercises import (
    LONGEST_LIST,
    Accepted,
    AnswerModel,
    ExerciseKind,
    Graded,
    InvalidAnswer,
    Item,
    ItemId,
    Marking,
    Problem,
    Reason,
    TaskForm,
    TaughtLanguageBlock,
    named,
    shuffled,
)

from .shown import ShownItems


class DragDropForm(TaskForm):
    language = TaughtLanguageBlock()
    items = blocks.ListBlock(
        blocks.CharBlock(max_length=300),
        label=gettext_lazy("Items"),
        min_num=2,
        max_num=15,
        default=["", "", ""],
        help_text=gettext_lazy("In the right order; learners see them shuffled."),
    )
    also = blocks.ListBlock(
        blocks.ListBlock(blocks.CharBlock(max_length=300), label=gettext_lazy("Order")),
        default=[],
        max_num=20,
        label=gettext_lazy("Other right orders"),
        help_text=gettext_lazy("Each with the same texts as above."),
    )

    def problems(self, task: Mapping[str, Any]) -> Iterator[Problem]:
        items, wanted = task["items"], Counter(task["items"])
        if len(items) > 1 and len(wanted) == 1:
            yield Problem(_("These are all the same: there is nothing to order."), ("items",))
        orders = [items]
        for place, order in enumerate(task["also"]):
            given = Counter(order)
            wrong = [_("“%(text)s” is missing") % {"text": text} for text in (wanted - given)]
            wrong += [_("“%(text)s” is one too many") % {"text": text} for text in (given - wanted)]
            if wrong:
                yield Problem(
                    _("An order must use the same texts as above: %(faults)s.")
                    % {"faults": ", ".join(wrong)},
                    ("also", place),
                )
            elif order in orders:
                yield Problem(_("This order is given already."), ("also", place))
            orders.append(order)


class Order(AnswerModel):
    """The ids of the things, in the order given to them."""

    order: Annotated[list[ItemId], Field(max_length=LONGEST_LIST)]


class DragDrop(ExerciseKind[Order]):
    name = "drag_drop"
    label = gettext_noop("Put in order")
    icon = "order"
    Answer = Order
    Shown = ShownItems

    def block(self) -> blocks.StructBlock:
        return DragDropForm()

    def present(self, task: Mapping[str, Any], *, seed: str, language: str) -> dict[str, Any]:
        items = shuffled(items_of(task, seed), seed=seed, role=self.name)
        return {"language": task["language"], "items": [item.shown() for item in items]}

    def grade(
        self, task: Mapping[str, Any], answer: Order, *, seed: str, marking: Marking
    ) -> Graded:
        texts = {item.id: item.text for item in items_of(task, seed)}
        if not set(answer.order) <= texts.keys() or len(set(answer.order)) < len(answer.order):
            raise InvalidAnswer(fields={"order": ["Name things of this exercise, each once."]})
        # By text: two things that read the same may change places.
        given = [texts[name] for name in answer.order]
        orders = [task["items"], *task["also"]]
        best = max(common_length(given, order) for order in orders)
        correct = given in orders
        reasons = []
        if len(given) < len(texts):
            reasons.append(Reason("missing_item", "Not everything has its place yet."))
        if best < len(given):
            reasons.append(Reason("word_order", "Look at the order again."))
        return Graded(
            score=best / len(texts) if texts else 0.0, correct=correct, reasons=tuple(reasons)
        )

    def solution(self, task: Mapping[str, Any], *, seed: str) -> dict[str, Any]:
        return {"order": [item.id for item in items_of(task, seed)]}

    def accepted(self, task: Mapping[str, Any], *, seed: str, language: str) -> list[Accepted]:
        orders = [task["items"], *task["also"]]
        return [Accepted(tuple(" · ".join(order) for order in orders if order))]


def items_of(task: Mapping[str, Any], seed: str) -> list[Item]:
    return named(task["items"], seed=seed, role=DragDrop.name)


def common_length(one: Sequence[str], other: Sequence[str]) -> int:
    """Return the length of the longest common subsequence."""
    row = [0] * (len(other) + 1)
    for a in one:
        above_left = 0
        for at, b in enumerate(other, start=1):
            above = row[at]
            row[at] = above_left + 1 if a == b else max(above, row[at - 1])
            above_left = above
    return row[-1]
