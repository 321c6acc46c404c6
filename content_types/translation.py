"""Which fields of the page types are kept in each language."""

from modeltranslation.translator import TranslationOptions, register

from content_types.models import Bank, Category, Course, Exercise, Lesson, Subcategory


@register([Category, Subcategory, Course, Bank])
class SectionTranslation(TranslationOptions):
    fields = ()


@register(Lesson)
class LessonTranslation(TranslationOptions):
    fields = ("objectives", "body")


@register(Exercise)
class ExerciseTranslation(TranslationOptions):
    fields = ("instructions", "hints", "explanation")
