import pytest

from content_types.exercise_kinds.drag_drop import common_length
from lyceum.plugin.exercises import InvalidAnswer

from .tasks import an_order, grade, ids, kind_named, problems, read, show

KIND = "drag_drop"


def put(task: dict, *texts: str):
    """Answer with these texts in this order; of two that read the same, the first shown first."""
    items = list(show(KIND, task)["items"])
    order = []
    for text in texts:
        item = next(item for item in items if item["text"] == text)
        items.remove(item)
        order.append(item["id"])
    return grade(KIND, task, {"order": order})


def test_there_must_be_something_to_order():
    assert "items" in problems(KIND, an_order(items=["one"]))
    assert "items" in problems(KIND, an_order(items=[str(n) for n in range(16)]))
    told = problems(KIND, an_order(items=["so", "so"]))
    assert told == {"items": ["These are all the same: there is nothing to order."]}


def test_another_right_order_has_the_same_texts_and_is_another():
    also = [
        ["often", "I", "drink", "tea"],
        ["I", "drink", "tea"],
        ["I", "often", "drink", "tea", "tea"],
        ["I", "often", "drink", "tea"],
        ["often", "I", "drink", "tea"],
    ]
    assert problems(KIND, an_order(also=also)) == {
        "also.1": ["An order must use the same texts as above: “often” is missing."],
        "also.2": ["An order must use the same texts as above: “tea” is one too many."],
        "also.3": ["This order is given already."],
        "also.4": ["This order is given already."],
    }


def test_every_order_is_shown_as_often_the_right_one_included():
    task = read(KIND, an_order(items=["a", "b", "c"]))
    counts: dict[tuple[str, ...], int] = {}
    for seed in range(1200):
        order = tuple(item["text"] for item in show(KIND, task, seed=str(seed))["items"])
        counts[order] = counts.get(order, 0) + 1
    # Six orders, 200 of each expected, a standard deviation of 13.
    assert len(counts) == 6
    assert all(145 < count < 255 for count in counts.values())


def test_the_longest_part_in_order_earns_its_share():
    task = read(KIND, an_order())
    whole = put(task, "I", "often", "drink", "tea")
    assert (whole.score, whole.correct, whole.reasons) == (1, True, ())
    moved = put(task, "often", "I", "drink", "tea")
    assert (moved.score, moved.correct) == (0.75, False)
    assert [reason.code for reason in moved.reasons] == ["word_order"]
    assert put(task, "tea", "drink", "often", "I").score == 0.25
    some = put(task, "I", "drink")
    assert (some.score, some.correct) == (0.5, False)
    assert [reason.code for reason in some.reasons] == ["missing_item"]
    assert put(task).score == 0


def test_other_right_orders_are_right():
    task = read(KIND, an_order(also=[["often", "I", "drink", "tea"]]))
    assert put(task, "often", "I", "drink", "tea").correct
    assert put(task, "I", "often", "drink", "tea").correct


def test_two_things_that_read_the_same_may_change_places():
    task = read(KIND, an_order(items=["the", "cat", "sees", "the", "dog"]))
    assert put(task, "the", "cat", "sees", "the", "dog").correct
    order = kind_named(KIND).solution(task, seed="s")["order"]
    order[0], order[3] = order[3], order[0]
    assert grade(KIND, task, {"order": order}, seed="s").correct
    assert len(ids(show(KIND, task)["items"])) == 4
    assert len({item["id"] for item in show(KIND, task)["items"]}) == 5


def test_the_solution_is_right():
    task = read(KIND, an_order())
    assert grade(KIND, task, kind_named(KIND).solution(task, seed="s"), seed="s").correct


def test_an_answer_names_things_of_this_exercise_each_once():
    task = read(KIND, an_order())
    first = show(KIND, task)["items"][0]["id"]
    for order in (["000000000000"], [first, first], [first] * 51, [None]):
        with pytest.raises(InvalidAnswer):
            grade(KIND, task, {"order": order})


def test_the_longest_common_subsequence_is_found():
    assert common_length("abcbdab", "bdcaba") == 4
    assert common_length("", "abc") == 0
    assert common_length("abc", "abc") == 3
