"""A school's own settings, as its managers change them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from lyceum.events.services import record_audit
from lyceum.kernel.errors import Invalid
from lyceum.kernel.registries import Registry
from lyceum.schools.current import CurrentSchool, school_by_id
from lyceum.schools.models import School

if TYPE_CHECKING:
    from lyceum.accounts.models import User

# Checks of settings whose meaning a higher room knows. Each raises `Invalid`.
setting_checks: Registry[Callable[[School], None]] = Registry("checks of a school's settings")
# Who knows them gets in: the audit tells that they changed, and not to what.
SECRETS = frozenset({"join_code"})


@transaction.atomic
def change_school(*, actor: User, school: CurrentSchool, changes: dict[str, Any]) -> CurrentSchool:
    """
    Change a school's settings to what `changes` holds. Seen by the next request.

    Only what differs is changed, and told.

    :raises Invalid: naming each field that has a value it cannot have
    """
    row = School.objects.select_for_update().get(id=school.id)
    before = {name: getattr(row, name) for name in changes}
    for name, value in changes.items():
        setattr(row, name, value)
    check_settings(row)
    changed = [name for name in changes if before[name] != getattr(row, name)]
    if not changed:
        return school
    row.save()
    record_audit(
        action="school.settings_changed",
        school=school.uuid,
        actor=actor.uuid,
        target=school.uuid,
        target_type="school",
        changes={
            name: "changed" if name in SECRETS else [before[name], changes[name]]
            for name in changed
        },
    )
    return school_by_id(school.id)


def check_settings(school: School) -> None:
    """
    Refuse a school whose settings do not hold together.

    :raises Invalid: naming each field that has a value it cannot have
    """
    _check_languages(school.languages)
    _check_origins(school.allowed_origins)
    for check in setting_checks:
        check(school)
    try:
        school.full_clean()
    except ValidationError as error:
        raise Invalid(fields=error.message_dict) from error


def _check_languages(languages: list[str]) -> None:
    known = dict(settings.LANGUAGES)
    unknown = [code for code in languages if code not in known]
    if unknown or not languages or len(set(languages)) != len(languages):
        message = gettext("One or more of %(known)s, each once; the school's own first.") % {
            "known": ", ".join(known)
        }
        raise Invalid(fields={"languages": [message]})


def _check_origins(origins: list[str]) -> None:
    for origin in origins:
        parts = urlsplit(origin)
        is_local = parts.hostname in {"localhost", "127.0.0.1"}
        if (
            parts.scheme not in {"https", "http"}
            or (parts.scheme == "http" and not is_local)
            or not parts.hostname
            or origin != f"{parts.scheme}://{parts.netloc}"
            or "@" in parts.netloc
        ):
            message = gettext(
                "%(origin)s is no origin: write https://host, with its port if it has one."
            ) % {"origin": repr(origin)}
            raise Invalid(fields={"allowed_origins": [message]})
