import pytest

from content_types.exercise_kinds.gaps import Gap, InvalidGaps, gaps_of, read_gaps
from lyceum.plugin.exercises import InvalidAnswer, UnfinishedTask

from .tasks import a_text_with_gaps, grade, kind_named, problems, read, show

KIND = "fill_blank"


def test_a_text_is_read_as_pieces_and_gaps():
    assert read_gaps("I {am|'m} 5.") == ["I ", Gap("am|'m"), " 5."]
    assert read_gaps("{a}{b}") == [Gap("a"), Gap("b")]
    assert read_gaps("no gap") == ["no gap"]


def test_a_backslash_makes_a_brace_plain_in_and_out_of_a_gap():
    pieces = read_gaps(r"\{x\} is {a \} b}")
    assert pieces == ["{x} is ", Gap(r"a \} b")]
    assert gaps_of(pieces)[0].first == "a } b"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("I {am from", "The gap opened at character 3 is never closed."),
        ("I am} from", "The brace at character 5 closes a gap that was never opened."),
        ("I {a {b} c}", "The gap opened at character 3 is not closed before another opens"),
        ("I {} from", "The gap at character 3 has no answer."),
        ("I { } from", "The gap at character 3 has no answer."),
        ("I {am|} from", "The gap at character 3 has an empty alternative."),
        ("I {(am} from", "In the gap at character 3: The bracket '(' at character 1"),
    ],
)
def test_a_text_that_cannot_be_read_is_refused_with_the_place(text, message):
    told = problems(KIND, a_text_with_gaps(text=text))
    assert list(told) == ["text"]
    assert told["text"][0].startswith(message)


def test_a_text_needs_a_gap_and_takes_thirty():
    assert problems(KIND, a_text_with_gaps(text="no gap"))["text"][0].startswith("There is no gap")
    assert not problems(KIND, a_text_with_gaps(text="{a} " * 30))
    assert "30 gaps are the most" in problems(KIND, a_text_with_gaps(text="{a} " * 31))["text"][0]


def test_the_bank_lists_wrong_words_alone_and_each_once():
    told = problems(KIND, a_text_with_gaps(word_bank=["was", "Am", "was", ""]))
    assert list(told) == ["word_bank.3"]
    told = problems(KIND, a_text_with_gaps(word_bank=["was", "Am", "was"]))
    assert told == {
        "word_bank.1": [
            "“Am” is the answer of a gap: answers are in the bank already. List only wrong words."
        ],
        "word_bank.2": ["“was” is in the bank already."],
    }


def test_learners_see_numbered_gaps_of_no_length():
    shown = show(KIND, read(KIND, a_text_with_gaps()))
    assert shown == {
        "language": "en",
        "segments": [
            {"text": "I "},
            {"gap": 0},
            {"text": " from Spain. She "},
            {"gap": 1},
            {"text": " my friend."},
        ],
        "bank": [],
    }


def test_the_bank_mixes_the_first_answers_with_the_wrong_words():
    task = read(KIND, a_text_with_gaps(word_bank=["was", "be"]))
    banks = {tuple(show(KIND, task, seed=str(n))["bank"]) for n in range(40)}
    assert {tuple(sorted(bank)) for bank in banks} == {("am", "be", "is", "was")}
    assert len(banks) > 10


def test_each_gap_earns_its_part_and_reasons_name_the_gap():
    task = read(KIND, a_text_with_gaps())
    whole = grade(KIND, task, {"gaps": ["'m", "is"]})
    half = grade(KIND, task, {"gaps": ["am", "are"]})
    none = grade(KIND, task, {"gaps": ["", ""]})
    assert (whole.score, whole.correct, whole.reasons) == (1, True, ())
    assert (half.score, half.correct) == (0.5, False)
    assert [(r.code, r.part, r.start, r.end) for r in half.reasons] == [
        ("wrong_word", "gap:1", 0, 3)
    ]
    assert (none.score, none.correct) == (0, False)


def test_the_rules_in_force_decide():
    task = read(KIND, a_text_with_gaps())
    assert grade(KIND, task, {"gaps": ["AM", "is"]}).correct
    assert not grade(KIND, task, {"gaps": ["AM", "is"]}, policy={"case": "strict"}).correct


def test_what_the_rules_let_pass_with_a_word_is_a_slip_and_what_they_do_not_a_mistake():
    task = read(KIND, a_text_with_gaps())
    lenient, strict = {"case": "warn"}, {"case": "strict"}

    told = [
        grade(KIND, task, {"gaps": ["AM", "are"]}, policy=policy).reasons
        for policy in (lenient, strict)
    ]

    assert [[(r.code, r.severity) for r in reasons] for reasons in told] == [
        [("case", "slip"), ("wrong_word", "mistake")],
        [("case", "mistake"), ("wrong_word", "mistake")],
    ]


def test_the_solution_is_right():
    task = read(KIND, a_text_with_gaps(text="{(a|the) [very] big} dog and {b}"))
    solution = kind_named(KIND).solution(task, seed="s")
    assert solution == {"gaps": ["a big", "b"]}
    assert grade(KIND, task, solution).correct


@pytest.mark.parametrize(
    "answer",
    [
        {"gaps": ["am"]},
        {"gaps": ["a", "b", "c"]},
        {"gaps": ["a" * 2001, "b"]},
        {"gaps": {"0": "a"}},
    ],
)
def test_an_answer_fills_every_gap_once(answer):
    with pytest.raises(InvalidAnswer):
        grade(KIND, read(KIND, a_text_with_gaps()), answer)


def test_a_draft_that_cannot_be_read_is_said_to_be_unfinished():
    with pytest.raises(UnfinishedTask) as refusal:
        show(KIND, {"language": "en", "text": "I {am", "word_bank": []})
    assert isinstance(refusal.value, InvalidGaps)
