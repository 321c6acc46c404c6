"""Previewing what is not saved: by its creator's token, for an hour, at one school."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import now
from wagtail.images.tests.utils import get_test_image_file
from wagtail.rich_text import RichText
from wagtail.test.utils.form_data import (
    inline_formset,
    nested_form_data,
    rich_text,
    streamfield,
)

from content_types.models import Lesson
from lyceum.accounts.models import User
from lyceum.content.models import LibraryImage
from lyceum.content.preview.services import PreviewNotFound, make_preview, read_preview
from lyceum.content.rights.grants import grant_page
from tests.pages import a_lesson, a_subcategory, an_exercise
from tests.people import a_learner, a_member, a_school

pytestmark = pytest.mark.django_db


def a_preview(school, person, *, at, title):
    """Change a lesson without saving it, and return the token of its preview."""
    lesson = Lesson.objects.get(pk=a_lesson(school, title="Saved").pk)
    lesson.title_en = title
    return make_preview(page=lesson, actor=person, at=at)


def test_a_preview_tells_what_is_not_saved_for_an_hour(editor_of):
    school, at = a_school(), now()
    token = a_preview(school, a_member(school, "manager"), at=at, title="Not saved")

    told = read_preview(token=token, school=school, language="en", at=at + timedelta(minutes=59))

    assert told["title"] == "Not saved"
    assert not Lesson.objects.filter(title_en="Not saved").exists()
    with pytest.raises(PreviewNotFound):
        read_preview(token=token, school=school, language="en", at=at + timedelta(hours=1))


def test_a_preview_is_no_good_elsewhere_nor_altered_nor_once_the_right_is_gone():
    school, other, at = a_school(), a_school(), now()
    manager = a_member(school, "manager")
    token = a_preview(school, manager, at=at, title="Not saved")

    for bad, place in ((token, other), (token + "x", school), ("", school), ("a:b:c", school)):
        with pytest.raises(PreviewNotFound):
            read_preview(token=bad, school=place, language="en", at=at)
    User.objects.filter(pk=manager.pk).update(is_active=False)
    with pytest.raises(PreviewNotFound):
        read_preview(token=token, school=school, language="en", at=at)


def test_the_page_shows_it_and_is_kept_nowhere():
    school = a_school()
    title = "<script>alert(1)</script>"
    token = a_preview(school, a_member(school, "manager"), at=now(), title=title)
    browser = Client(headers={"host": school.host})

    answer = browser.get("/preview", {"token": token})

    assert answer.status_code == 200
    assert "&lt;script&gt;alert(1)" in answer.content.decode()
    assert title not in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert browser.get("/preview", {"token": "x"}).status_code == 404


def test_the_editor_opens_a_preview_of_its_own(editor_of):
    school = a_school()
    lesson = a_lesson(school, title="Draft", published=False)
    browser = editor_of(a_member(school, "manager"), school)

    answer = browser.get(f"/admin/pages/{lesson.pk}/view_draft/", follow=True)

    assert answer.status_code == 200
    assert answer.redirect_chain[0][0].startswith("/preview?token=")
    assert "Draft" in answer.content.decode()


def test_the_editor_may_show_that_a_page_cannot_be_previewed_yet(editor_of):
    school = a_school()
    section = a_subcategory(school)
    browser = editor_of(a_member(school, "manager"), school)
    adding = f"/admin/pages/add/content_types/lesson/{section.pk}/"

    within, editor = browser.get(f"{adding}preview/?mode=en"), browser.get(adding)

    assert within.status_code == editor.status_code == 200
    assert "frame-ancestors 'self'" in within["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in editor["Content-Security-Policy"]


def an_image(school):
    return LibraryImage.objects.create(
        title="Toto", file=get_test_image_file(), collection_id=school.collection_id
    )


def a_body(image, exercise):
    rich = f'<p>A <b>bold</b> word, <a linktype="page" id="{exercise.pk}">linked</a></p>'
    entry = {"term": "hola", "meaning": "hello", "example": "Hola, Ana", "audio": None}
    line = {"speaker": "Ana", "text": "Hi!", "translation": "¡Hola!"}
    return [
        ("text", RichText(rich)),
        ("image", {"file": image, "alt": "A toucan", "caption": "Toto"}),
        ("vocabulary", {"language": "es", "entries": [entry]}),
        ("dialogue", {"language": "en", "lines": [line], "audio": None}),
        ("callout", {"tone": "tip", "text": RichText("<p>Take <i>care</i></p>")}),
        (
            "slides",
            {"slides": [{"title": "First", "text": RichText("<p>Look</p>"), "image": None}]},
        ),
        ("embed", {"url": "https://youtu.be/x", "caption": "<b>Film"}),
        ("exercise", exercise),
    ]


def test_every_part_of_a_draft_is_shown_with_its_files_to_the_signed_in_creator(editor_of):
    school = a_school()
    creator, learner = a_member(school, "content_creator"), a_learner(school)
    image, lesson = an_image(school), a_lesson(school)
    task = [("speaking", {"language": "en", "sentence": "Say it", "audio": None})]
    exercise = an_exercise(lesson, "Try", task=task, instructions_en="Read aloud")
    grant_page(actor=None, user=creator, page=lesson, permissions={"change"}, at=now())
    lesson = Lesson.objects.get(pk=lesson.pk)
    lesson.body_en = a_body(image, exercise)
    lesson.save_revision()

    browser = editor_of(creator, school)
    answer = browser.get(f"/admin/pages/{lesson.pk}/view_draft/", follow=True)

    shown = answer.content.decode()
    source = f"/api/v1/media/{image.uuid}/file"
    for part in (
        '<p dir="auto">A <b>bold</b> word, <a>linked</a>',
        f'src="{source}" alt="A toucan"',
        "<bdi>hola</bdi>",
        "<strong>Ana:</strong> Hi!",
        "Take <i>care</i>",
        "First",
        'href="https://youtu.be/x"',
        "&lt;b&gt;Film",
        "Read aloud",
        "Say it",
    ):
        assert part in shown, part
    assert "{%" not in shown
    assert "lyceum:" not in shown.split('<script id="first"')[0]
    assert browser.get(source).status_code == 200
    assert editor_of(learner, school).get(source).status_code == 404


def test_a_page_is_previewed_in_each_language_of_the_school(editor_of):
    school = a_school(languages=["en", "ar"])
    lesson = a_lesson(school, title="Hello", title_ar="مرحبا")
    browser = editor_of(a_member(school, "manager"), school)

    editor = browser.get(f"/admin/pages/{lesson.pk}/edit/").content.decode()
    shown = {
        language: browser.get(
            f"/admin/pages/{lesson.pk}/view_draft/", {"mode": language}, follow=True
        ).content.decode()
        for language in ("en", "ar", "fr")
    }

    offered = [f'<option value="{code}"' in editor for code in ("en", "ar", "fr")]
    assert offered == [True, True, False]
    assert '<html lang="en" dir="ltr">' in shown["en"]
    assert '<html lang="ar" dir="rtl">' in shown["ar"]
    assert "مرحبا" in shown["ar"]
    assert '<html lang="en"' in shown["fr"]


def test_a_lesson_is_previewed_with_its_exercises_as_they_were_last_saved(editor_of):
    school = a_school()
    manager = a_member(school, "manager")
    task = [("speaking", {"language": "en", "sentence": "Say it", "audio": None})]
    lesson = a_lesson(school)
    draft = an_exercise(lesson, "Draft", task=task, published=False)
    changed = an_exercise(lesson, "Published", task=task)
    changed.title_en = "Changed"
    changed.save_revision()
    an_exercise(a_lesson(school), "Elsewhere", task=task)
    token = make_preview(page=Lesson.objects.get(pk=lesson.pk), actor=manager, at=now())

    told = read_preview(token=token, school=school, language="en", at=now())

    titles = [exercise["title"] for exercise in told["exercises"]]
    assert titles == ["Draft", "Changed"]
    assert told["exercises"][0]["id"] == str(draft.uuid)
    assert told["exercises"][0]["task"]["sentence"] == "Say it"


def test_a_page_that_is_being_added_is_previewed_before_it_is_there(editor_of):
    school = a_school(languages=["en"])
    parent = a_subcategory(school)
    browser = editor_of(a_member(school, "manager"), school)
    address = f"/admin/pages/add/content_types/lesson/{parent.pk}/preview/"
    empty = {"objectives_en": streamfield([]), "prerequisites": inline_formset([])}
    body = streamfield([("callout", {"tone": "tip", "text": rich_text("<p>Not there yet</p>")})])
    fields = {"title_en": "New here", "slug": "new", "duration": "15", "tags": "", "body_en": body}

    kept = browser.post(address, nested_form_data({**empty, **fields}))
    answer = browser.get(address, follow=True)

    assert kept.json()["is_valid"]
    assert answer.redirect_chain[0][0].startswith("/preview?token=")
    assert "New here" in answer.content.decode()
    assert "Not there yet" in answer.content.decode()
    assert not Lesson.objects.exists()
