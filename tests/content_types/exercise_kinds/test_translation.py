import pytest

from lyceum.plugin.exercises import InvalidAnswer

from .tasks import a_translation, grade, kind_named, problems, read, show

KIND = "translation"


def test_a_sentence_is_needed_in_one_language_at_least():
    told = problems(KIND, a_translation(source={"es": ""}))
    assert told == {"source": ["Write this in one language at least."]}
    told = problems(KIND, a_translation(source={"xx": "?"}))
    assert list(told) == ["source.xx"]
    assert list(problems(KIND, a_translation(source="El perro"))) == ["source"]


def test_entries_that_cannot_be_read_are_told_with_their_place():
    told = problems(KIND, a_translation(accept=["fine", "a (big dog", "", "fine"]))
    assert list(told) == ["accept.2"]
    told = problems(KIND, a_translation(accept=["fine", "a (big dog", "[]", "fine"]))
    assert list(told) == ["accept.1", "accept.2", "accept.3"]
    assert "character 3 is never closed" in told["accept.1"][0]
    assert told["accept.2"] == ["This entry is empty: it stands for no words at all."]
    assert told["accept.3"] == ["“fine” is in the list already."]
    assert "accept" in problems(KIND, a_translation(accept=[]))


def test_an_accepted_answer_holds_no_forbidden_word():
    told = problems(KIND, a_translation(forbidden=["large"]))
    assert told == {"accept.0": ["This holds the forbidden word “large”."]}
    assert list(problems(KIND, a_translation(forbidden=["(large"]))) == ["forbidden.0"]
    assert not problems(KIND, a_translation(forbidden=["larg"]))


def test_the_sentence_shown_is_no_accepted_answer():
    told = problems(KIND, a_translation(source={"es": "x", "en": "the big dog  sleeps."}))
    assert told == {"source.en": ["This is an accepted answer: it tells the solution."]}


def test_the_sentence_is_shown_in_the_readers_language_or_another():
    task = read(KIND, a_translation())
    assert show(KIND, task, language="es") == {
        "language": "en",
        "source_language": "es",
        "source": "El perro grande duerme.",
    }
    assert show(KIND, task, language="ar")["source_language"] == "en"
    only = read(KIND, a_translation(source={"es": "El perro grande duerme."}))
    assert show(KIND, only, language="ar")["source_language"] == "es"


def test_marks_and_reasons_come_from_the_marking_engine():
    task = read(KIND, a_translation(forbidden=["hound"]))
    right = grade(KIND, task, {"text": "the large dog is sleeping."})
    assert (right.score, right.correct, right.reasons) == (1, True, ())
    wrong = grade(KIND, task, {"text": "the large cat sleeps"})
    assert (wrong.score, wrong.correct) == (0.75, False)
    assert [(r.code, r.start, r.end, r.part) for r in wrong.reasons] == [("wrong_word", 10, 13, "")]
    forbidden = grade(KIND, task, {"text": "the big hound sleeps"})
    assert forbidden.score == 0
    assert "forbidden_word" in [reason.code for reason in forbidden.reasons]
    assert grade(KIND, task, {"text": ""}).score == 0


def test_the_solution_is_the_first_accepted_answer():
    task = read(KIND, a_translation())
    solution = kind_named(KIND).solution(task, seed="s")
    assert solution == {"text": "The big dog sleeps"}
    assert grade(KIND, task, solution).correct


@pytest.mark.parametrize("answer", [{"text": 5}, {"text": "x" * 2001}, {"text": "\x00"}, {}, "x"])
def test_what_is_no_text_is_refused(answer):
    with pytest.raises(InvalidAnswer):
        grade(KIND, read(KIND, a_translation()), answer)
