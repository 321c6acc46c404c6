"""Answers: marked by what the creator wants, told no more than is earned, counted once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from lyceum.content.exercises.kinds import InvalidAnswer
from lyceum.content.facts import PrerequisiteMissing
from lyceum.events.models import Event
from lyceum.http.idempotency import IdempotencyMismatch
from lyceum.http.pagination import Paging
from lyceum.kernel.errors import NotFound
from lyceum.kernel.identity import new_uuid
from lyceum.learning.models import Attempt, ExerciseState
from lyceum.learning.queries import own_attempts
from lyceum.learning.services.attempts import Given, record_attempt
from lyceum.learning.services.giving_up import give_up
from lyceum.learning.services.recordings import UnknownRecording
from lyceum.learning.services.timing import (
    AttemptsUsedUp,
    NotStarted,
    TimeIsUp,
    start_attempt,
)
from tests.exercises import a_recording, an_exercise, require
from tests.learners import MONDAY, answer, as_learner, send
from tests.pages import a_bank, a_lesson
from tests.people import a_learner, a_member, a_school

pytestmark = pytest.mark.django_db


def test_a_right_answer_scores_and_shows_the_solution() -> None:
    school = a_school()
    learner = as_learner(a_learner(school), school)
    exercise = an_exercise(a_lesson(school), "dog", points=20, explanation="Dogs bark.")

    told = answer(learner, exercise, "Dog")

    assert (told["status"], told["correct"], told["score"]) == ("marked", True, 1.0)
    assert (told["points"], told["number"], told["attempts_left"]) == (20, 1, None)
    assert told["feedback"] == ["Well done."]
    assert told["solution"] == {"text": "dog"}
    assert told["explanation"] == "Dogs bark."
    assert told["afterwards"] == {"transcript": "It says dog."}
    assert told["exercise_progress"]["solved"]
    assert told["lesson_progress"]["done"]


def test_a_wrong_answer_tells_why_and_where_but_nothing_that_gives_it_away() -> None:
    school = a_school()
    learner = as_learner(a_learner(school), school)
    exercise = an_exercise(a_lesson(school), "dog", points=20, explanation="Dogs bark.")

    told = answer(learner, exercise, "cat")

    assert (told["correct"], told["score"], told["points"]) == (False, 0.5, 10)
    assert told["reasons"] == [
        {
            "code": "wrong_word",
            "message": "This is another word.",
            "start": 0,
            "end": 3,
            "part": "",
            "severity": "mistake",
        }
    ]
    assert told["explanation"] == ""
    assert "solution" not in told
    assert "afterwards" not in told
    assert "dog" not in str(told)


def test_reasons_that_were_told_without_a_severity_are_mistakes() -> None:
    school = a_school()
    learner = as_learner(a_learner(school), school)
    exercise = an_exercise(a_lesson(school), "dog")
    told = answer(learner, exercise, "cat")
    attempt = Attempt.objects.get()
    del attempt.result["reasons"][0]["severity"]
    attempt.save()

    (again,) = own_attempts(learner, exercise_id=exercise.uuid, paging=Paging())["items"]

    assert again["reasons"] == told["reasons"]


def test_the_third_wrong_answer_earns_the_third_hint_and_none_comes_before() -> None:
    school = a_school()
    learner = as_learner(a_learner(school), school)
    exercise = an_exercise(a_lesson(school), hints=("It barks.", "It fetches.", "D…"))

    told = [answer(learner, exercise, "cat") for _ in range(4)]

    assert [one.get("hint") for one in told] == ["It barks.", "It fetches.", "D…", None]


def test_a_right_answer_has_no_hint() -> None:
    school = a_school()
    learner = as_learner(a_learner(school), school)

    assert "hint" not in answer(learner, an_exercise(a_lesson(school), hints=("It barks.",)), "dog")


def test_only_what_was_answered_before_the_solution_was_shown_counts() -> None:
    school = a_school()
    learner = as_learner(a_learner(school), school)
    exercise = an_exercise(a_lesson(school), "dog")
    answer(learner, exercise, "cat")

    shown = give_up(learner=learner, exercise_id=exercise.uuid, at=MONDAY)
    told = answer(learner, exercise, "dog")

    assert shown["solution"] == {"text": "dog"}
    assert told["correct"]
    assert told["points"] == 0
    assert told["exercise_progress"]["best_score"] == 0.5
    assert not told["exercise_progress"]["solved"]
    assert told["lesson_progress"]["score"] == 0.5


def test_giving_up_twice_shows_the_solution_twice_and_says_so_once() -> None:
    school = a_school()
    learner = as_learner(a_learner(school), school)
    exercise = an_exercise(a_lesson(school))

    first = give_up(learner=learner, exercise_id=exercise.uuid, at=MONDAY)
    again = give_up(learner=learner, exercise_id=exercise.uuid, at=MONDAY)

    assert first == again
    assert Event.objects.filter(type="exercise_given_up").count() == 1


def test_the_last_attempt_shows_the_solution_and_none_comes_after() -> None:
    school = a_school()
    learner = as_learner(a_learner(school), school)
    exercise = an_exercise(a_lesson(school), "dog", max_attempts=2)

    first, second = (answer(learner, exercise, "cat") for _ in range(2))

    assert (first["attempts_left"], "solution" in first) == (1, False)
    assert (second["attempts_left"], second["solution"]) == (0, {"text": "dog"})
    with pytest.raises(AttemptsUsedUp):
        answer(learner, exercise, "dog")


def test_a_school_may_show_the_solution_at_once_and_then_the_first_answer_counts() -> None:
    school = a_school(solution_at_once=True)
    learner = as_learner(a_learner(school), school)
    exercise = an_exercise(a_lesson(school), "dog")

    told = answer(learner, exercise, "cat")
    answer(learner, exercise, "dog")

    assert told["solution"] == {"text": "dog"}
    assert ExerciseState.objects.get().best_score == 0.5


def test_the_same_answer_sent_again_is_answered_as_before_and_counts_once() -> None:
    school = a_school()
    learner = as_learner(a_learner(school), school)
    exercise = an_exercise(a_lesson(school), max_attempts=1)
    client_id = new_uuid()

    first = send(learner, exercise, "cat", client_id=client_id)
    again = send(learner, exercise, "cat", client_id=client_id, at=MONDAY + timedelta(days=1))

    assert (first.replayed, again.replayed) == (False, True)
    assert first.body == again.body
    assert Attempt.objects.count() == 1
    assert Event.objects.filter(type="exercise_attempted").count() == 1


def test_another_answer_under_the_same_client_id_is_refused() -> None:
    school = a_school()
    learner = as_learner(a_learner(school), school)
    lesson = a_lesson(school)
    exercise, other = an_exercise(lesson), an_exercise(lesson)
    client_id = new_uuid()
    answer(learner, exercise, "cat", client_id=client_id)

    with pytest.raises(IdempotencyMismatch):
        answer(learner, exercise, "cow", client_id=client_id)
    with pytest.raises(IdempotencyMismatch):
        answer(learner, other, "cat", client_id=client_id)
    assert Attempt.objects.count() == 1


def test_two_people_may_use_the_same_client_id() -> None:
    school = a_school()
    exercise = an_exercise(a_lesson(school))
    client_id = new_uuid()

    for _ in range(2):
        told = send(as_learner(a_learner(school), school), exercise, "cat", client_id=client_id)
        assert not told.replayed


def test_rules_of_the_school_its_kind_and_the_exercise_decide_in_that_order() -> None:
    school = a_school(marking={"case": "strict"}, marking_by_kind={"aloud": {"case": "ignore"}})
    learner = as_learner(a_learner(school), school)
    lesson = a_lesson(school)

    assert not answer(learner, an_exercise(lesson), "Dog")["correct"]
    assert answer(learner, an_exercise(lesson, marking={"case": "ignore"}), "Dog")["correct"]


def test_a_kinds_rule_goes_before_the_schools() -> None:
    school = a_school(marking={"case": "strict"}, marking_by_kind={"one_word": {"case": "warn"}})
    learner = as_learner(a_learner(school), school)

    assert answer(learner, an_exercise(a_lesson(school)), "Dog")["correct"]


def test_an_answer_of_another_shape_names_the_field() -> None:
    school = a_school()
    learner = as_learner(a_learner(school), school)
    given = Given(answer={"text": 5, "extra": 1}, answered_at=MONDAY)

    with pytest.raises(InvalidAnswer) as refused:
        record_attempt(
            learner=learner,
            exercise_id=an_exercise(a_lesson(school)).uuid,
            given=given,
            at=MONDAY,
        )

    assert set(refused.value.fields) == {"text", "extra"}
    assert not Attempt.objects.exists()


def test_a_recording_waits_for_review_and_its_mark_is_absent() -> None:
    school = a_school()
    user = a_learner(school)
    learner = as_learner(user, school)
    exercise = an_exercise(a_lesson(school), kind="aloud", explanation="Say it aloud.")
    given = Given(answer={"recording": str(a_recording(school, user).uuid)}, answered_at=MONDAY)

    told = record_attempt(learner=learner, exercise_id=exercise.uuid, given=given, at=MONDAY).body

    assert told["status"] == "needs_review"
    assert not {"correct", "score", "solution", "hint"} & set(told)
    assert told["explanation"] == ""
    assert told["exercise_progress"]["waiting_for_review"]


def test_only_ones_own_recording_of_this_school_is_an_answer() -> None:
    school, elsewhere = a_school(), a_school()
    user, colleague = a_learner(school), a_learner(school)
    exercise = an_exercise(a_lesson(school), kind="aloud")

    for recording in (a_recording(school, colleague), a_recording(elsewhere, user)):
        given = Given(answer={"recording": str(recording.uuid)}, answered_at=MONDAY)
        with pytest.raises(UnknownRecording):
            record_attempt(
                learner=as_learner(user, school),
                exercise_id=exercise.uuid,
                given=given,
                at=MONDAY,
            )


def test_what_is_another_schools_a_draft_or_in_a_bank_is_not_there() -> None:
    school, elsewhere = a_school(), a_school()
    learner = as_learner(a_learner(school), school)
    hidden = [
        an_exercise(a_lesson(elsewhere)),
        an_exercise(a_lesson(school), published=False),
        an_exercise(a_lesson(school, published=False)),
        an_exercise(a_bank(school)),
    ]

    for exercise in hidden:
        with pytest.raises(NotFound):
            answer(learner, exercise, "dog")


def test_a_locked_lesson_names_what_must_be_done_first() -> None:
    school = a_school()
    learner = as_learner(a_learner(school), school)
    teacher = as_learner(a_member(school, "teacher"), school)
    first, second = a_lesson(school, title="Greetings"), a_lesson(school)
    opener, exercise = an_exercise(first), an_exercise(second)
    require(second, first)

    with pytest.raises(PrerequisiteMissing) as refused:
        answer(learner, exercise, "dog")
    assert refused.value.fields == {f"missing.{first.uuid}": ["Complete “Greetings” first."]}
    assert answer(teacher, exercise, "dog")["correct"]

    answer(learner, opener, "dog")
    assert answer(learner, exercise, "dog")["correct"]


def test_where_time_is_enforced_an_answer_must_be_started_and_come_in_time() -> None:
    school = a_school(enforce_time=True)
    learner = as_learner(a_learner(school), school)
    exercise = an_exercise(a_lesson(school), time_limit=60)

    with pytest.raises(NotStarted):
        answer(learner, exercise, "dog")
    timer = start_attempt(learner=learner, exercise_id=exercise.uuid, at=MONDAY)
    assert timer.ends_at == MONDAY + timedelta(seconds=60)
    with pytest.raises(TimeIsUp):
        answer(learner, exercise, "dog", at=MONDAY + timedelta(seconds=66))
    assert answer(learner, exercise, "dog", at=MONDAY + timedelta(seconds=64))["correct"]
    assert Attempt.objects.get().seconds == 64


def test_starting_again_does_not_stop_the_clock_and_a_lapsed_start_is_an_attempt() -> None:
    school = a_school(enforce_time=True)
    learner = as_learner(a_learner(school), school)
    exercise = an_exercise(a_lesson(school), time_limit=60, max_attempts=2)

    def start(seconds: int) -> float:
        timer = start_attempt(
            learner=learner, exercise_id=exercise.uuid, at=MONDAY + timedelta(seconds=seconds)
        )
        return (timer.started_at - MONDAY).total_seconds()

    assert start(0) == 0
    assert start(30) == 0
    assert start(100) == 100
    told = answer(learner, exercise, "cat", at=MONDAY + timedelta(seconds=110))
    assert (told["number"], told["attempts_left"]) == (2, 0)


def test_elsewhere_the_time_is_advice() -> None:
    school = a_school()
    learner = as_learner(a_learner(school), school)
    exercise = an_exercise(a_lesson(school), time_limit=60)

    assert start_attempt(learner=learner, exercise_id=exercise.uuid, at=MONDAY).ends_at is None
    assert answer(learner, exercise, "dog", seconds=300)["correct"]
    assert Attempt.objects.get().seconds == 300


def test_staff_may_try_an_exercise_of_a_bank_which_is_in_no_lesson() -> None:
    school = a_school()
    teacher = as_learner(a_member(school, "teacher"), school)
    exercise = an_exercise(a_bank(school))
    client_id = new_uuid()

    told = send(teacher, exercise, "dog", client_id=client_id)
    again = send(teacher, exercise, "dog", client_id=client_id)

    assert told.body["lesson_progress"] is None
    assert again.body == told.body
    assert again.replayed


def test_a_replay_is_authorised_anew() -> None:
    school = a_school()
    learner = as_learner(a_learner(school), school)
    exercise = an_exercise(a_lesson(school))
    client_id = new_uuid()
    answer(learner, exercise, "dog", client_id=client_id)
    exercise.unpublish()

    with pytest.raises(NotFound):
        answer(learner, exercise, "dog", client_id=client_id)


def test_giving_up_tells_nothing_more_to_who_waits_for_review_until_then() -> None:
    school = a_school()
    user = a_learner(school)
    learner = as_learner(user, school)
    exercise = an_exercise(a_lesson(school), kind="aloud", explanation="Say it aloud.")
    given = Given(answer={"recording": str(a_recording(school, user).uuid)}, answered_at=MONDAY)
    record_attempt(learner=learner, exercise_id=exercise.uuid, given=given, at=MONDAY)

    told = give_up(learner=learner, exercise_id=exercise.uuid, at=MONDAY)
    after = record_attempt(learner=learner, exercise_id=exercise.uuid, given=given, at=MONDAY)

    assert told["explanation"] == "Say it aloud."
    assert after.body["status"] == "needs_review"
    assert not {"correct", "score", "solution"} & set(after.body)


def test_hints_and_explanations_come_in_the_readers_language() -> None:
    school = a_school()
    user = a_learner(school)
    exercise = an_exercise(
        a_lesson(school), max_attempts=1, explanation_en="Dogs bark.", explanation_es="Ladran."
    )

    told = answer(as_learner(user, school, language="es"), exercise, "cat")

    assert told["explanation"] == "Ladran."
