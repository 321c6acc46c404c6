"""Writing pages in the editor: a tab a language, and what the form refuses."""

import pytest
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from content_types.models import Lesson, LessonPrerequisite
from tests.pages import a_category, a_lesson, a_subcategory
from tests.people import a_member, a_school

pytestmark = pytest.mark.django_db


def a_form(**fields):
    """Return what a browser sends for a lesson in English and Spanish."""
    empty = {
        f"{name}_{language}": streamfield([])
        for name in ("objectives", "body")
        for language in ("en", "es", "ar")
    }
    filled = {
        "title_en": "The present simple",
        "title_es": "El presente simple",
        "slug": "present-simple",
        "duration": "20",
        "level": "A1",
        "tags": "Grammar, verb forms , grammar",
        "prerequisites": inline_formset([]),
        "objectives_en": streamfield([("objective", "Speak of habits")]),
        "body_en": streamfield([("text", rich_text("<p>I <b>walk</b>.</p>"))]),
    }
    return nested_form_data({**empty, **filled, **fields})


def test_a_lesson_is_written_in_a_tab_a_language_of_the_school(editor_of):
    school = a_school(languages=["en", "es", "ar"])
    subcategory = a_subcategory(a_category(school))
    browser = editor_of(a_member(school, "manager"), school)

    form = browser.get(f"/admin/pages/add/content_types/lesson/{subcategory.pk}/").content.decode()

    assert all(f'name="title_{language}"' in form for language in ("en", "es", "ar"))
    assert 'name="title_tr"' not in form
    assert "Türkçe" not in form


def test_what_is_written_is_kept_in_every_language(editor_of):
    school = a_school()
    subcategory = a_subcategory(a_category(school))
    browser = editor_of(a_member(school, "manager"), school)

    answer = browser.post(
        f"/admin/pages/add/content_types/lesson/{subcategory.pk}/",
        a_form(**{"action-publish": "1"}),
    )

    assert answer.status_code == 302, answer.context["form"].errors
    lesson = Lesson.objects.get(slug="present-simple")
    assert (lesson.title_en, lesson.title_es) == ("The present simple", "El presente simple")
    assert lesson.tags == ["grammar", "verb-forms"]
    assert lesson.level == "A1"
    assert lesson.live
    assert "I <b>walk</b>.</p>" in lesson.body_en[0].value.source


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("title_en", "", "This field is required"),
        ("title_en", "x" * 201, "at most 200 characters"),
        ("level", "KG1", "Select a valid choice"),
        ("tags", "a&lt;b", "something else than letters"),
        ("tags", "x" * 51, "longer than 50 characters"),
        ("tags", ",".join(f"tag{n}" for n in range(21)), "20 tags at most"),
        ("duration", "-1", "greater than or equal to 0"),
    ],
)
def test_the_form_says_what_to_mend(editor_of, field, value, told):
    school = a_school()
    subcategory = a_subcategory(a_category(school))
    browser = editor_of(a_member(school, "manager"), school)

    answer = browser.post(
        f"/admin/pages/add/content_types/lesson/{subcategory.pk}/", a_form(**{field: value})
    )

    assert answer.status_code == 200
    assert told in str(answer.context["form"].errors[field])
    assert not Lesson.objects.filter(slug="present-simple").exists()


def test_prerequisites_never_go_round_in_a_circle(editor_of):
    school = a_school()
    subcategory = a_subcategory(a_category(school))
    first = a_lesson(school, subcategory=subcategory, title="First")
    second = a_lesson(school, subcategory=subcategory, title="Second")
    LessonPrerequisite.objects.create(lesson=second, required=first)
    browser = editor_of(a_member(school, "manager"), school)

    answer = browser.post(
        f"/admin/pages/{first.pk}/edit/",
        a_form(slug="first", prerequisites=inline_formset([{"required": second.pk, "ORDER": 1}])),
    )

    assert answer.status_code == 200
    assert "“First” → “Second” → “First”" in str(answer.context["form"].non_field_errors())


def test_another_schools_things_are_refused_wherever_they_are_named(editor_of):
    school, other = a_school(), a_school()
    lesson, foreign = a_lesson(school), a_lesson(other)
    browser = editor_of(a_member(school, "manager"), school)

    answer = browser.post(
        f"/admin/pages/{lesson.pk}/edit/",
        a_form(prerequisites=inline_formset([{"required": foreign.pk, "ORDER": 1}])),
    )

    assert answer.status_code == 200
    assert not answer.context["form"].formsets["prerequisites"].is_valid()
    assert foreign.title not in answer.content.decode()


def test_a_language_that_the_school_gave_up_keeps_what_was_written(editor_of):
    school = a_school(languages=["en"])
    lesson = a_lesson(school, title_fr="Le présent")
    browser = editor_of(a_member(school, "manager"), school)

    answer = browser.post(f"/admin/pages/{lesson.pk}/edit/", a_form(**{"action-publish": "1"}))

    assert answer.status_code == 302, answer.context["form"].errors
    lesson = Lesson.objects.get(pk=lesson.pk)
    assert (lesson.title_en, lesson.title_fr) == ("The present simple", "Le présent")
