import pytest
from pydantic import ValidationError

from content_types.exercise_kinds.listening import ListeningAnswer
from lyceum.plugin.exercises import InvalidAnswer, UnfinishedTask

from .tasks import (
    a_dictation,
    a_listening,
    a_matching,
    a_text_with_gaps,
    an_audio,
    an_order,
    grade,
    ids,
    kind_named,
    problems,
    read,
    show,
)

KIND = "listening"
FORMS = {
    "fill_blank": a_text_with_gaps(),
    "matching": a_matching(),
    "drag_drop": an_order(),
    "dictation": {"accept": ["The bus leaves at nine"]},
}
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def audio():
    return an_audio()


def test_sound_transcript_and_form_are_asked_for():
    assert problems(KIND, a_listening(audio="gone.mp3")) == {
        "audio": ["There is no file “gone.mp3” of this sort."]
    }
    assert list(problems(KIND, a_listening(audio=""))) == ["audio"]
    assert list(problems(KIND, a_listening(transcript=""))) == ["transcript"]
    assert problems(KIND, a_listening(form={"kind": "speaking"})) == {
        "form.kind": [
            "Name one of these: multiple_choice, fill_blank, matching, drag_drop, dictation."
        ]
    }
    assert list(problems(KIND, a_listening(form={}))) == ["form.kind"]


def test_a_video_is_no_sound(audio):
    type(audio).objects.update(type="video")
    assert list(problems(KIND, a_listening())) == ["audio"]


def test_problems_of_the_form_are_told_inside_it():
    form = {"kind": "fill_blank", "text": "no gap"}
    told = problems(KIND, a_listening(form=form))
    assert list(told) == ["form.text"]
    assert list(problems(KIND, a_listening(form={"kind": "dictation", "accept": ["("]}))) == [
        "form.accept.0"
    ]


def test_learners_get_the_sound_by_its_id_and_the_forms_own_view(audio):
    shown = show(KIND, read(KIND, a_listening()))
    assert shown["audio"] == {"id": str(audio.uuid)}
    assert shown.keys() == {"language", "audio", "form"}
    assert shown["form"]["kind"] == "multiple_choice"
    assert len(shown["form"]["options"]) == 3


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_answered_in_its_own_shape(form):
    task = read(KIND, a_listening(form={"kind": form, **FORMS[form]}))
    assert show(KIND, task)["form"]["kind"] == form
    solution = kind_named(KIND).solution(task, seed="s")
    assert grade(KIND, task, solution, seed="s").correct
    assert isinstance(ListeningAnswer.model_validate(solution).model_dump(), dict)


def test_a_dictation_shows_nothing_but_the_sound():
    task = read(KIND, a_dictation())
    assert show(KIND, task)["form"] == {"kind": "dictation", "language": "en"}
    marked = grade(KIND, task, {"text": "The bus leaves at five"})
    assert (marked.score, marked.correct) == (0.8, False)


def test_the_transcript_comes_after_marking():
    task = read(KIND, a_listening())
    assert kind_named(KIND).after_marking(task, language="en") == {
        "transcript": "Attention please. The bus leaves at nine."
    }


def test_the_choice_inside_keeps_its_feedback():
    task = read(KIND, a_listening())
    options = ids(show(KIND, task)["form"]["options"])
    marked = grade(KIND, task, {"choices": [options["a dog"]]})
    assert (marked.score, marked.feedback) == (0, ("A dog barks.",))


def test_an_answer_in_another_forms_shape_is_refused():
    with pytest.raises(InvalidAnswer) as refusal:
        grade(KIND, read(KIND, a_listening()), {"text": "a cat"})
    assert sorted(refusal.value.fields) == ["choices", "text"]
    task = read(KIND, a_listening())
    kind = kind_named(KIND)
    by_any_shape = ListeningAnswer.model_validate({"text": "a cat"})
    with pytest.raises(InvalidAnswer):
        kind.grade(task, by_any_shape, seed="s", marking=None)


def test_the_schema_knows_five_shapes_and_no_sixth():
    assert len(ListeningAnswer.model_json_schema()["anyOf"]) == 5
    with pytest.raises(ValidationError):
        ListeningAnswer.model_validate({"gaps": [], "text": ""})


def test_the_forms_language_is_the_tasks_unless_it_says_otherwise():
    form = {"kind": "dictation", "accept": ["Hola"]}
    assert read(KIND, a_listening(language="es", form=form))["form"]["language"] == "es"
    other = {**form, "language": "fr"}
    assert read(KIND, a_listening(language="es", form=other))["form"]["language"] == "fr"


def test_a_draft_without_a_form_is_said_to_be_unfinished():
    with pytest.raises(UnfinishedTask):
        show(KIND, {"language": "en", "audio": "", "transcript": "", "form": {}})
