import pytest

from lyceum.plugin.exercises import InvalidAnswer

from .tasks import a_choice, an_image, grade, ids, kind_named, problems, read, show

KIND = "multiple_choice"


def options(*texts: str, correct: tuple[str, ...] = ()) -> list[dict[str, object]]:
    return [{"text": text, "correct": text in correct} for text in texts]


def choose(task: dict, *texts: str, **marking: str):
    known = ids(show(KIND, task)["options"])
    return grade(KIND, task, {"choices": [known[text] for text in texts]}, **marking)


def test_a_task_needs_a_correct_option():
    told = problems(KIND, a_choice(options=options("a", "b")))
    assert told == {"options": ["Mark at least one option as correct."]}


def test_an_option_stands_once_and_case_makes_another_of_it():
    told = problems(KIND, a_choice(options=options("May", "may", "may ", correct=("May",))))
    assert told == {"options.2.text": ["“may” is an option already."]}


def test_two_to_eight_options_are_asked_for():
    assert "options" in problems(KIND, a_choice(options=options("a", correct=("a",))))
    nine = options(*"abcdefghi", correct=("a",))
    assert "options" in problems(KIND, a_choice(options=nine))


def test_an_empty_option_is_told_where_it_stands():
    told = problems(KIND, a_choice(options=options("a", "", correct=("a",))))
    assert list(told) == ["options.1.text"]


@pytest.mark.django_db
def test_an_alternative_text_that_names_the_answer_is_refused():
    an_image("pet.png")
    told = problems(KIND, a_choice(image={"file": "pet.png", "alt": "A cat on a mat"}))
    assert told == {
        "image.alt": ["This tells the answer: “a cat”. Describe what is seen without naming it."]
    }
    for harmless in ("An animal on a mat", "A cat, a dog and a hen", "A caterpillar"):
        assert not problems(KIND, a_choice(image={"file": "pet.png", "alt": harmless})), harmless


@pytest.mark.django_db
def test_a_question_image_is_shown_by_its_id_and_alternative_text():
    image = an_image("pet.png")
    task = read(KIND, a_choice(image={"file": "pet.png", "alt": "An animal"}))
    assert show(KIND, task)["image"] == {"id": str(image.uuid), "alt": "An animal"}


def test_an_alternative_text_that_came_past_the_form_is_withheld():
    task = {**read(KIND, a_choice()), "image": {"file": "x", "alt": "My cat, a cat of habit"}}
    assert show(KIND, task)["image"] == {"id": "x", "alt": ""}


def test_learners_see_options_under_ids_and_nothing_else():
    shown = show(KIND, read(KIND, a_choice()))
    assert shown.keys() == {"language", "question", "multiple", "options"}
    assert all(option.keys() == {"id", "text"} for option in shown["options"])
    assert sorted(option["text"] for option in shown["options"]) == ["a cat", "a dog", "a hen"]


def test_what_is_shown_is_steady_for_a_seed_and_differs_between_seeds():
    task = read(KIND, a_choice())
    assert show(KIND, task) == show(KIND, task)
    assert ids(show(KIND, task)["options"]) != ids(show(KIND, task, seed="other")["options"])


def test_several_may_be_chosen_where_several_are_correct_or_the_creator_says_so():
    one = options("a", "b", correct=("a",))
    two = options("a", "b", "c", correct=("a", "c"))
    assert show(KIND, read(KIND, a_choice(options=one)))["multiple"] is False
    assert show(KIND, read(KIND, a_choice(options=two)))["multiple"] is True
    assert show(KIND, read(KIND, a_choice(options=one, multiple=True)))["multiple"] is True


def test_the_one_correct_option_is_all_or_nothing():
    task = read(KIND, a_choice())
    right, wrong = choose(task, "a cat"), choose(task, "a dog")
    assert (right.score, right.correct, right.reasons) == (1, True, ())
    assert (wrong.score, wrong.correct) == (0, False)
    assert [reason.code for reason in wrong.reasons] == ["wrong_choice"]


def test_of_several_correct_options_each_wrong_one_costs_a_right_one():
    data = a_choice(options=options("a", "b", "c", "d", correct=("a", "b")))
    task = read(KIND, data)
    assert choose(task, "a", "b").score == 1
    assert choose(task, "a").score == 0.5
    assert choose(task, "a", "b", "c").score == 0.5
    assert choose(task, "a", "c").score == 0
    assert choose(task, "c", "d").score == 0
    assert choose(task).score == 0
    assert choose(task, "a").correct is False
    assert [reason.code for reason in choose(task, "a").reasons] == ["missing_choice"]


def test_feedback_is_that_of_what_was_chosen_in_the_readers_language_or_another():
    task = read(KIND, a_choice())
    assert choose(task, "a cat", reader_language="es").feedback == ("Sí.",)
    assert choose(task, "a cat", reader_language="es-mx").feedback == ("Sí.",)
    assert choose(task, "a dog", reader_language="ar").feedback == ("A dog barks.",)
    assert choose(task, "a hen").feedback == ()


def test_the_solution_is_an_answer_that_is_right():
    for correct in [("a",), ("b", "c")]:
        task = read(KIND, a_choice(options=options("a", "b", "c", correct=correct)))
        solution = kind_named(KIND).solution(task, seed="s")
        assert grade(KIND, task, solution, seed="s").correct


@pytest.mark.parametrize(
    ("answer", "field"),
    [
        ({"choices": ["000000000000"]}, "choices"),
        ({"choices": "cat"}, "choices"),
        ({"choices": [1]}, "choices.0"),
        ({"choices": ["x"] * 51}, "choices"),
        ({"choices": ["x" * 65]}, "choices.0"),
        ({"choices": ["\x00"]}, "choices.0"),
        ({"choices": [], "score": 1}, "score"),
        ({}, "choices"),
        (None, ""),
        ([], ""),
    ],
)
def test_what_is_no_answer_is_refused_with_the_field(answer, field):
    with pytest.raises(InvalidAnswer) as refusal:
        grade(KIND, read(KIND, a_choice()), answer)
    assert list(refusal.value.fields) == [field]
    assert refusal.value.code == "invalid_answer"


def test_one_option_may_be_chosen_where_one_is_asked_for_and_each_once():
    task = read(KIND, a_choice())
    with pytest.raises(InvalidAnswer):
        choose(task, "a cat", "a dog")
    with pytest.raises(InvalidAnswer):
        choose(task, "a cat", "a cat")
