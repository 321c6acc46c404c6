"""What the probe hears and answers."""

from __future__ import annotations

from collections import Counter

from lyceum.plugin.community import Party
from lyceum.plugin.hooks import News, Refusal, hookimpl, on
from lyceum.plugin.learning import ActivityKind
from lyceum.plugin.schools import CurrentSchool
from plugins.probe.letters import LETTERS, STRANGE, unreachable
from plugins.probe.notes import NOTES

ACTIVITY_KINDS = {"note_written": ActivityKind(event="probe.noted")}

# What it heard in this process, with the school's slug; tests of the host look here.
heard: list[tuple[str, News]] = []
# How often it heard each of the platform's other events.
counted: Counter[str] = Counter()


@on("member_left", "probe.said", "absent.said")
def remember(school: CurrentSchool, news: News) -> None:
    if news.data.get("raise"):
        raise ValueError(news.data["raise"])
    heard.append((school.slug, news))


@on(
    "case_closed",
    "contact_suspended",
    "contact_suspension_lifted",
    "course_completed",
    "course_enrolled",
    "course_left",
    "exercise_attempted",
    "exercise_completed",
    "exercise_given_up",
    "filters_changed",
    "lesson_completed",
    "lesson_started",
    "member_changed",
    "member_joined",
    "page_granted",
    "page_revoked",
    "person_blocked",
    "person_signed_up",
    "person_unblocked",
    "person_warned",
    "plugin_disabled",
    "plugin_enabled",
    "plugin_purged",
    "plugin_settings_changed",
    "plugin_suspended",
    "profile_changed",
    "report_made",
    "thing_binned",
    "thing_deleted",
    "thing_held",
    "thing_hidden",
    "thing_restored",
)
def count(school: CurrentSchool, news: News) -> None:
    counted[news.type] += 1


@hookimpl
def register_reportables(school: CurrentSchool) -> list[object]:
    # What is none, or another plugin's, is left out by the host.
    return [LETTERS, NOTES, "a letter", STRANGE]


@hookimpl
def veto_contact(sender: Party, receiver: Party) -> Refusal | None:
    if receiver.uuid in unreachable:
        return Refusal("unreachable", "They are on holiday.")
    if sender.uuid in unreachable:
        raise RuntimeError("The probe does not know.")
    return None
