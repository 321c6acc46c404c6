import pytest

from lyceum.plugin.exercises import InvalidAnswer

from .tasks import a_matching, grade, ids, kind_named, problems, read, show

KIND = "matching"


def pair(task: dict, pairs: dict[str, str]):
    shown = show(KIND, task)
    left, right = ids(shown["left"]), ids(shown["right"])
    return grade(KIND, task, {"pairs": {left[a]: right[b] for a, b in pairs.items()}})


def test_a_task_needs_two_pairs():
    told = problems(KIND, a_matching(pairs=[{"left": "cat", "right": "gato"}]))
    assert told == {"pairs": ["Give two pairs at least: one alone matches itself."]}


def test_what_learners_could_not_tell_apart_is_refused_on_either_side():
    pairs = [{"left": "cat", "right": "gato"}, {"left": "cat", "right": "gato"}]
    told = problems(KIND, a_matching(pairs=pairs, distractors=["vaca", "gato"]))
    assert list(told) == ["pairs.1.left", "pairs.1.right", "distractors.1"]
    assert told["pairs.1.right"][0].startswith("“gato” is on the right already")


def test_both_sides_are_shown_in_orders_of_their_own_with_distractors_among_the_right():
    task = read(KIND, a_matching(distractors=["oveja"]))
    orders = set()
    for seed in range(30):
        shown = show(KIND, task, seed=str(seed))
        assert shown.keys() == {"language", "left", "right"}
        left = [item["text"] for item in shown["left"]]
        right = [item["text"] for item in shown["right"]]
        assert sorted(left) == ["cat", "cow", "dog", "hen"]
        assert sorted(right) == ["gallina", "gato", "oveja", "perro", "vaca"]
        orders.add((tuple(left), tuple(right)))
    assert len(orders) == 30


def test_an_id_on_the_left_is_never_that_of_its_partner():
    task = read(KIND, a_matching())
    pairs = kind_named(KIND).solution(task, seed="s")["pairs"]
    assert not pairs.keys() & set(pairs.values())


def test_each_pair_earns_its_part():
    task = read(KIND, a_matching(distractors=["oveja"]))
    right = {"cat": "gato", "dog": "perro", "hen": "gallina", "cow": "vaca"}
    whole = pair(task, right)
    assert (whole.score, whole.correct, whole.reasons) == (1, True, ())
    half = pair(task, {**right, "hen": "vaca", "cow": "gallina"})
    assert (half.score, half.correct) == (0.5, False)
    assert [reason.code for reason in half.reasons] == ["wrong_pair", "wrong_pair"]
    some = pair(task, {"cat": "gato"})
    assert some.score == 0.25
    assert [reason.code for reason in some.reasons] == ["missing_pair"]
    assert pair(task, {**right, "cow": "oveja"}).score == 0.75


def test_the_solution_is_right():
    task = read(KIND, a_matching(distractors=["oveja"]))
    assert grade(KIND, task, kind_named(KIND).solution(task, seed="s"), seed="s").correct


def test_an_answer_names_things_of_this_exercise_and_each_partner_once():
    task = read(KIND, a_matching())
    shown = show(KIND, task)
    left, right = ids(shown["left"]), ids(shown["right"])
    for pairs in (
        {"000000000000": right["gato"]},
        {left["cat"]: "000000000000"},
        {left["cat"]: left["dog"]},
        {left["cat"]: right["gato"], left["dog"]: right["gato"]},
    ):
        with pytest.raises(InvalidAnswer) as refusal:
            grade(KIND, task, {"pairs": pairs})
        assert list(refusal.value.fields) == ["pairs"]
    with pytest.raises(InvalidAnswer):
        grade(KIND, task, {"pairs": [["a", "b"]]})
