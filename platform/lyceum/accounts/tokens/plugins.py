"""Scopes of plugins, taken from tokens with all else that a plugin leaves in a school."""

from __future__ import annotations

from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

from lyceum.accounts.models import PersonalToken
from lyceum.schools.current import CurrentSchool
from lyceum.schools.plugins.elsewhere import Elsewhere, elsewhere

NAME = "scopes of personal tokens"


def connect() -> None:
    """Let scopes be deleted with what a plugin keeps. Called in `AppConfig.ready()`."""
    elsewhere.register("scopes", Elsewhere(NAME, count=_count, delete=_take_back))


def _tokens(school: CurrentSchool, slug: str) -> QuerySet[PersonalToken]:
    as_text = PersonalToken.objects.annotate(as_text=Cast("scopes", TextField()))
    return as_text.filter(school_id=school.id, as_text__contains=f'"{slug}:')


def _count(school: CurrentSchool, slug: str) -> int:
    return _tokens(school, slug).count()


def _take_back(school: CurrentSchool, slug: str) -> int:
    tokens = list(_tokens(school, slug).select_for_update(of=("self",)))
    for token in tokens:
        token.scopes = [scope for scope in token.scopes if not scope.startswith(f"{slug}:")]
    PersonalToken.objects.bulk_update(tokens, ["scopes"], batch_size=500)
    return len(tokens)
