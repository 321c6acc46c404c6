"""Which fields of the base page are kept in each language."""

from modeltranslation.translator import TranslationOptions, register

from lyceum.content.models import BasePage, SchoolPage


@register(BasePage)
class BasePageTranslation(TranslationOptions):
    fields = ("title", "description")


@register(SchoolPage)
class SchoolPageTranslation(TranslationOptions):
    fields = ()
