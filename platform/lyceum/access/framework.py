"""Which permission codes are Django's own: those of the models, held by operators alone."""

from __future__ import annotations

from functools import cache

from django.apps import apps
from django.contrib.auth import get_permission_codename


def is_framework_permission(code: str) -> bool:
    """Return whether a code (`app_label.codename`) belongs to a model of the installed apps."""
    return code in _model_permissions()


@cache
def _model_permissions() -> frozenset[str]:
    return frozenset(
        f"{model._meta.app_label}.{codename}"
        for model in apps.get_models()
        for codename in (
            *(get_permission_codename(action, model._meta) for action in _actions(model._meta)),
            *(codename for codename, _ in model._meta.permissions),
        )
    )


def _actions(options: object) -> tuple[str, ...]:
    return tuple(getattr(options, "default_permissions", ()))
