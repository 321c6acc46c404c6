"""What the moderators' pages call what is kept by codes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from lyceum.community.filtering.review import FIRST_POST, LINK, WORD
from lyceum.community.models import Case, Report

DEEDS = {
    "review": _("Looked at it"),
    "hide": _("Hid it"),
    "restore": _("Showed it again, or let it through"),
    "bin": _("Deleted it"),
    "warn": _("Warned the author"),
    "suspend": _("Suspended the author from contact"),
    "lift": _("Ended the author’s suspension"),
    "note": _("Noted something"),
    "resolve": _("Resolved the case"),
    "dismiss": _("Dismissed the case"),
}
REASONS = {
    WORD: _("a word of the school’s list"),
    LINK: _("a link"),
    FIRST_POST: _("among the first of a newcomer"),
    "held": _("by a rule of its plugin"),
}
WORDS: Mapping[str, Mapping[Any, Any]] = {
    "deed": DEEDS,
    "reason": REASONS,
    "state": dict(Case.State.choices),
    "thing": dict(Case.ThingState.choices),
    "report": dict(Report.Kind.choices),
}
