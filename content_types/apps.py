from django.apps import AppConfig


class ContentTypesConfig(AppConfig):
    name = "content_types"
    label = "content_types"
    default_auto_field = "django.db.models.BigAutoField"
