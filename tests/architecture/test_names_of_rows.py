"""What rows are called where people read of them."""

from __future__ import annotations

import re

from django.apps import apps

OURS = ("lyceum.", "content_types.", "plugins.")
# Where English has another plural than one more s.
NOT_BY_AN_S = re.compile(r"([^aeiou]y|s|x|z|ch|sh|lf|ed|media)$")


def test_nothing_has_a_plural_that_a_machine_made_wrong() -> None:
    wrong = [
        f"{model._meta.label}: {model._meta.verbose_name_plural}"
        for model in apps.get_models()
        if model.__module__.startswith(OURS)
        and model._meta.verbose_name_plural == f"{model._meta.verbose_name}s"
        and NOT_BY_AN_S.search(str(model._meta.verbose_name))
    ]

    assert not wrong, f"Give these a verbose_name_plural: {wrong}"
