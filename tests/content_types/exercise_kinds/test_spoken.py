import pytest

from lyceum.plugin.exercises import InvalidAnswer

from .tasks import a_prompt, a_sentence, an_audio, grade, kind_named, problems, read, show

RECORDING = "01890000-0000-7000-8000-000000000001"
TASKS = {"speaking": a_sentence(), "voice_response": a_prompt()}


@pytest.mark.parametrize("kind", TASKS)
def test_a_recording_waits_for_review_whatever_its_transcript_says(kind):
    task = read(kind, TASKS[kind])
    for transcript in ("", "Good morning!", "Yesterday I went to the park."):
        answer = {"recording": RECORDING, "transcript": transcript}
        marked = grade(kind, task, answer)
        assert (marked.status, marked.score, marked.correct) == ("needs_review", None, None)
        assert marked.reasons == ()
    assert grade(kind, task, {"recording": RECORDING}).status == "needs_review"
    assert kind_named(kind).answered_by_voice


@pytest.mark.parametrize("kind", TASKS)
@pytest.mark.parametrize(
    "answer",
    [
        {},
        {"recording": "hello.mp3"},
        {"recording": RECORDING, "transcript": "x" * 2001},
        {"transcript": "Good morning!"},
        {"recording": RECORDING, "score": 1},
    ],
)
def test_an_answer_is_a_recording(kind, answer):
    with pytest.raises(InvalidAnswer):
        grade(kind, read(kind, TASKS[kind]), answer)


@pytest.mark.parametrize("kind", TASKS)
def test_there_is_no_solution_in_the_shape_of_a_recording(kind):
    assert kind_named(kind).solution(read(kind, TASKS[kind]), seed="s") == {}


def test_a_sentence_is_shown_with_its_model_where_there_is_one(db):
    assert show("speaking", read("speaking", a_sentence())) == {
        "language": "en",
        "sentence": "Good morning!",
    }
    audio = an_audio("model.mp3")
    shown = show("speaking", read("speaking", a_sentence(audio="model.mp3")))
    assert shown["audio"] == {"id": str(audio.uuid)}
    assert list(problems("speaking", a_sentence(sentence=""))) == ["sentence"]


def test_a_prompt_is_shown_with_its_seconds_and_the_model_answer_after():
    task = read("voice_response", a_prompt())
    assert show("voice_response", task) == {
        "language": "en",
        "prompt": "What did you do?",
        "seconds": 60,
    }
    after = kind_named("voice_response").after_marking(task, language="en")
    assert after == {"model_answer": "Yesterday I went to the park."}


def test_seconds_are_a_number_within_reason():
    assert list(problems("voice_response", a_prompt(seconds=4))) == ["seconds"]
    assert list(problems("voice_response", a_prompt(seconds=601))) == ["seconds"]
    assert problems("voice_response", a_prompt(seconds="60")) == {
        "seconds": ["Write a whole number."]
    }
