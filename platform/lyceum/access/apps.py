from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "lyceum.access"
    label = "access"
