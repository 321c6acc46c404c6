from django.apps import AppConfig


class HttpConfig(AppConfig):
    name = "lyceum.http"
    label = "http"
