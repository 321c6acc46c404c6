"""Reports, and what moderators do with them: within their standing, once, and written down."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core import mail

from lyceum.accounts.models import User
from lyceum.community.bin import bin_of, bin_thing, empty_bins, restore_thing
from lyceum.community.cases import case_views, queue_of, read_case
from lyceum.community.contact import suspended_until
from lyceum.community.distance import NotOneself, block
from lyceum.community.models import BinnedThing, Case, Report, Sanction
from lyceum.community.moderation import Act, CaseClosed, NoAuthor, NotForPeople, moderate
from lyceum.community.reportables import NotReportable, ThingUnavailable
from lyceum.community.reports import ReportView, report
from lyceum.community.sanctions import SuspensionEndsWrong, sanction_view, sanctions_of
from lyceum.community.urgency import mail_staff
from lyceum.events.models import AuditEntry, Event
from lyceum.kernel.errors import Invalid, NotFound
from lyceum.kernel.identity import new_uuid
from lyceum.schools.current import CurrentSchool
from lyceum.schools.plugins.switching import disable_plugin
from tests.at_once import at_once, kinds
from tests.letters import (
    SLUG,
    TYPE,
    a_letter,
    a_school_with_letters,
    written,
)
from tests.people import a_member, a_person, a_school

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("letters")]

AT = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.fixture
def toto() -> CurrentSchool:
    return a_school_with_letters("toto")


def reported(
    school: CurrentSchool, reporter: User, thing: UUID, type: str = TYPE, kind: str = "spam"
) -> ReportView:
    return report(
        reporter=reporter, school=school, type=type, thing=thing, kind=kind, text="Look", at=AT
    )


def a_case(school: CurrentSchool, author: User | None = None, text: str = "Hello") -> Case:
    """Have a letter reported; return its case."""
    letter = a_letter(school, author or a_member(school), text)
    reported(school, a_member(school), letter)
    return Case.objects.get(thing=letter)


def act(moderator: User, school: CurrentSchool, case: Case, action: str, **told: Any) -> Case:
    moderate(moderator=moderator, school=school, case_id=case.uuid, act=Act(action, **told), at=AT)
    case.refresh_from_db()
    return case


def test_reports_of_one_thing_are_one_case_that_keeps_what_was_to_be_seen(
    toto: CurrentSchool,
) -> None:
    author, ana, ben = (a_member(toto) for _ in range(3))
    letter = a_letter(toto, author, "You are stupid.")
    moderator = a_member(toto, "moderator")

    first = reported(toto, ana, letter, kind="harassment")
    again = reported(toto, ana, letter, kind="spam")
    reported(toto, ben, letter, kind="other")
    written[letter].text = "You are nice."

    [case] = queue_of(toto, moderator=moderator)
    told = read_case(moderator=moderator, school=toto, case_id=case.uuid, at=AT)
    assert (first.id, first.kind) == (again.id, again.kind)
    assert (told.excerpt, told.address) == ("You are stupid.", f"/letters/{letter}")
    assert (told.label, told.reports, told.kinds) == ("Letter", 2, {"harassment": 1, "other": 1})
    assert [row.reporter and row.reporter.id for row in told.reported] == [ana.uuid, ben.uuid]
    assert told.state == "pending"


def test_the_reported_are_told_nothing_of_who_reported_them(toto: CurrentSchool) -> None:
    author, ana, moderator = a_member(toto), a_member(toto), a_member(toto, "moderator")
    letter = a_letter(toto, author)
    reported(toto, ana, letter)
    case = Case.objects.get()

    act(moderator, toto, case, "warn", message="Be kind.")
    act(moderator, toto, case, "hide", note="Ana is right.")

    rows = [sanction_view(row) for row in sanctions_of(author, toto)]
    events = Event.objects.values("type", "actor", "subject", "data")
    about = [each for each in events if each["subject"] in (author.uuid, letter)]
    assert {each["type"] for each in about} == {"report_made", "person_warned", "thing_hidden"}
    assert str(ana.uuid) not in f"{rows} {about}"
    assert str(moderator.uuid) not in f"{rows} {about}"
    assert [row.message for row in rows] == ["Be kind."]


def test_what_a_reporter_cannot_see_cannot_be_reported(toto: CurrentSchool) -> None:
    campus = a_school_with_letters("campus")
    ana, stranger = a_member(toto), a_member(campus)
    hidden, theirs = a_letter(toto, a_member(toto), state="hidden"), a_letter(campus, stranger)

    for thing, type in (
        (hidden, TYPE),
        (theirs, TYPE),
        (new_uuid(), TYPE),
        (stranger.uuid, "person"),
        (a_member(toto, is_child=True).uuid, "person"),
    ):
        with pytest.raises(NotFound):
            reported(toto, ana, thing, type)
    for type in ("probe.other", "moments.moment", "person ", ""):
        with pytest.raises(NotReportable, match="type"):
            reported(toto, ana, new_uuid(), type)
    own = a_letter(toto, ana)
    for thing, type in ((own, TYPE), (ana.uuid, "person")):
        with pytest.raises(NotOneself):
            reported(toto, ana, thing, type)
    with pytest.raises(ThingUnavailable):
        reported(toto, ana, a_letter(toto, a_member(toto), "broken"))
    assert not Case.objects.exists()


def test_to_block_first_is_no_way_to_escape_a_report(toto: CurrentSchool) -> None:
    ana, ben = a_member(toto), a_member(toto)
    block(actor=ben, school=toto, person=ana.uuid, at=AT)

    told = reported(toto, ana, ben.uuid, "person")

    assert (told.type, told.state) == ("person", "pending")


def test_a_thing_of_a_plugin_that_is_off_waits_in_the_queue(toto: CurrentSchool) -> None:
    moderator, ana = a_member(toto, "moderator"), a_member(toto)
    case = a_case(toto)
    off = disable_plugin(actor=None, school=toto, slug=SLUG, at=AT)

    with pytest.raises(NotReportable):
        reported(off, ana, a_letter(toto, a_member(toto)))
    with pytest.raises(ThingUnavailable):
        act(moderator, off, case, "hide")
    assert [case_views(off)(each).label for each in queue_of(off, moderator=moderator)] == [TYPE]
    assert act(moderator, off, case, "dismiss").state == "dismissed"


def test_a_moderator_hides_restores_and_bins_a_thing(toto: CurrentSchool) -> None:
    moderator, case = a_member(toto, "moderator"), a_case(toto)
    letter = written[case.thing]

    states = []
    for action in ("hide", "restore", "bin", "restore", "bin", "hide"):
        act(moderator, toto, case, action)
        states.append((letter.state, case.thing_state, BinnedThing.objects.count()))

    assert states == [
        ("hidden", "hidden", 0),
        ("shown", "shown", 0),
        ("hidden", "binned", 1),
        ("shown", "shown", 0),
        ("hidden", "binned", 1),
        ("hidden", "hidden", 0),
    ]
    assert case.state == "reviewed"
    entries = AuditEntry.objects.filter(action__startswith="moderation.").order_by("id")
    assert [(row.actor, row.target) for row in entries] == [(moderator.uuid, case.thing)] * 6
    assert entries[0].changes["thing"] == ["shown", "hidden"]
    assert entries[0].changes["state"] == ["pending", "reviewed"]


def test_an_act_that_the_plugin_breaks_in_leaves_everything_as_it_was(toto: CurrentSchool) -> None:
    moderator, case = a_member(toto, "moderator"), a_case(toto)
    written[case.thing].text = "broken"

    for action in ("hide", "bin", "restore"):
        with pytest.raises(ThingUnavailable):
            act(moderator, toto, case, action)

    case.refresh_from_db()
    assert (case.state, case.thing_state) == ("pending", "shown")
    assert not BinnedThing.objects.exists()
    assert not case.entries.exists()


def test_a_closed_case_takes_notes_and_what_undoes(toto: CurrentSchool) -> None:
    moderator, case = a_member(toto, "moderator"), a_case(toto)
    act(moderator, toto, case, "hide")
    act(moderator, toto, case, "resolve", note="Done.")

    for action in ("hide", "bin", "warn", "suspend", "review", "resolve", "dismiss"):
        with pytest.raises(CaseClosed):
            act(moderator, toto, case, action, message="x")
    act(moderator, toto, case, "note", note="Wrong after all.")
    assert act(moderator, toto, case, "restore").thing_state == "shown"
    assert case.state == "resolved"
    history = read_case(moderator=moderator, school=toto, case_id=case.uuid, at=AT).history
    assert [(row.action, row.note) for row in history] == [
        ("hide", ""),
        ("resolve", "Done."),
        ("note", "Wrong after all."),
        ("restore", ""),
    ]


def test_what_is_reported_after_a_case_is_closed_opens_another(toto: CurrentSchool) -> None:
    moderator, ana = a_member(toto, "moderator"), a_member(toto)
    letter = a_letter(toto, a_member(toto))
    first = reported(toto, ana, letter)
    act(moderator, toto, Case.objects.get(), "dismiss")

    second = reported(toto, ana, letter)

    assert first.id != second.id
    states = sorted(Case.objects.values_list("state", flat=True))
    assert states == ["dismissed", "pending"]


def test_a_suspension_is_replaced_lifted_and_told(toto: CurrentSchool) -> None:
    moderator, author = a_member(toto, "moderator"), a_member(toto)
    case = a_case(toto, author)
    day, week = AT + timedelta(days=1), AT + timedelta(days=7)

    act(moderator, toto, case, "suspend", until=day, message="A day.")
    act(moderator, toto, case, "suspend", until=week, message="A week.")
    assert suspended_until(person=author, school=toto, at=AT) == week
    act(moderator, toto, case, "lift")
    act(moderator, toto, case, "lift")

    assert suspended_until(person=author, school=toto, at=AT) is None
    told = [sanction_view(row) for row in sanctions_of(author, toto).order_by("id")]
    assert [(row.message, row.until, row.lifted_at) for row in told] == [
        ("A day.", day, AT),
        ("A week.", week, AT),
    ]
    changes = AuditEntry.objects.filter(target=author.uuid).order_by("id")
    assert [row.changes["until"] for row in changes] == [
        [None, day.isoformat()],
        [day.isoformat(), week.isoformat()],
        [week.isoformat(), None],
    ]


def test_an_act_that_cannot_be_is_refused_and_changes_nothing(toto: CurrentSchool) -> None:
    moderator, author = a_member(toto, "moderator"), a_member(toto)
    case = a_case(toto, author)
    reported(toto, a_member(toto), author.uuid, "person")
    person = Case.objects.get(type="person")

    for until in (None, AT, AT - timedelta(days=1), AT + timedelta(days=366)):
        with pytest.raises(SuspensionEndsWrong):
            act(moderator, toto, case, "suspend", until=until)
    for action in ("warn", "note", "shout"):
        with pytest.raises(Invalid):
            act(moderator, toto, case, action)
    for action in ("hide", "restore", "bin"):
        with pytest.raises(NotForPeople):
            act(moderator, toto, person, action)
    Case.objects.filter(pk=case.pk).update(author=None)
    for action in ("warn", "suspend", "lift"):
        with pytest.raises(NoAuthor):
            act(moderator, toto, case, action, message="x", until=AT + timedelta(days=1))
    assert not Sanction.objects.exists()
    assert set(Case.objects.values_list("state", flat=True)) == {"pending"}


def test_nobody_moderates_themselves_above_their_standing_or_in_another_school(
    toto: CurrentSchool,
) -> None:
    people = {role: a_member(toto, role) for role in ("student", "moderator", "manager", "admin")}
    operator = people["operator"] = a_person(is_superuser=True)
    other = a_member(toto, "moderator")
    campus = a_school_with_letters("campus")
    stranger = a_member(campus, "admin")
    cases = {name: a_case(toto, person) for name, person in people.items()}

    def reach(person: User, school: CurrentSchool = toto) -> set[str]:
        """Return whose cases a person can read and act upon, which is the same."""
        found = set()
        for name, case in cases.items():
            try:
                act(person, school, case, "note", note="x")
            except NotFound:
                with pytest.raises(NotFound):
                    read_case(moderator=person, school=school, case_id=case.uuid, at=AT)
            else:
                found.add(name)
        listed = {case.pk for case in queue_of(school, moderator=person)}
        assert listed == {cases[name].pk for name in found}
        return found

    assert reach(other) == {"student", "moderator"}
    assert reach(people["moderator"]) == {"student"}
    assert reach(people["manager"]) == {"student", "moderator"}
    assert reach(a_member(toto, "manager")) == {"student", "moderator", "manager"}
    assert reach(a_member(toto, "admin")) == {"student", "moderator", "manager", "admin"}
    assert reach(operator) == {"student", "moderator", "manager", "admin"}
    assert reach(stranger, campus) == set()


def test_what_concerns_a_child_comes_first_and_is_mailed_to_who_may_handle_it(
    toto: CurrentSchool, django_capture_on_commit_callbacks: Any
) -> None:
    moderator = a_member(toto, "moderator", email="mo@example.test")
    a_member(toto, "teacher", email="te@example.test")
    manager = a_member(toto, "manager", email="ma@example.test")
    manager.profile.language = "es"
    manager.profile.save()
    a_member(a_school("campus"), "admin", email="st@example.test")
    ordinary = a_case(toto)

    child = a_member(toto, is_child=True)
    letter = a_letter(toto, manager, "Secret words")
    reported(toto, child, letter)
    reporters_case = Case.objects.get(thing=letter)
    theirs = a_letter(toto, child)
    with django_capture_on_commit_callbacks(execute=True):
        reported(toto, a_member(toto, "teacher"), theirs)
        reported(toto, a_member(toto, "teacher"), theirs)
    childs_case = Case.objects.get(thing=theirs)

    assert sorted(sent.to[0] for sent in mail.outbox) == ["ma@example.test", "mo@example.test"]
    bodies = " ".join(f"{sent.subject} {sent.body}" for sent in mail.outbox)
    assert f"/admin/moderation/{childs_case.uuid}/" in bodies
    assert "afecta a un menor" in bodies
    assert str(child) not in bodies
    mail.outbox.clear()
    # The manager, whose letter it is, is not told; nor is a moderator, who stands below.
    mail_staff(case_id=reporters_case.pk)
    assert mail.outbox == []
    admin = a_member(toto, "admin")
    listed = list(queue_of(toto, moderator=admin).order_by("-urgency", "id"))
    assert listed == [reporters_case, childs_case, ordinary]
    assert set(queue_of(toto, moderator=moderator)) == {ordinary, childs_case}


def test_the_bin_keeps_what_was_deleted_for_some_days(toto: CurrentSchool) -> None:
    campus = a_school_with_letters("campus")
    author, moderator = a_member(toto), a_member(toto, "moderator")
    stranger = a_member(campus, "admin")
    kept, old, broken = (a_letter(toto, author, text) for text in ("Kept", "Old", "broken"))

    for letter in (kept, old, broken):
        for _ in range(2):
            bin_thing(
                school=toto,
                type=TYPE,
                thing=letter,
                author=author,
                excerpt=written[letter].text,
                by=author,
                at=AT,
            )
    row = BinnedThing.objects.get(thing=kept)
    assert row.kept_until == AT + timedelta(days=30)
    assert bin_of(toto, moderator=moderator).count() == 3
    assert bin_of(toto, moderator=author).count() == 0
    for person, school in ((stranger, campus), (author, toto)):
        with pytest.raises(NotFound):
            restore_thing(moderator=person, school=school, binned_id=row.uuid, at=AT)
    written[kept].state = "hidden"
    restore_thing(moderator=moderator, school=toto, binned_id=row.uuid, at=AT)

    assert empty_bins(at=AT + timedelta(days=29)) == 0
    assert empty_bins(at=AT + timedelta(days=30)) == 1
    assert (written[kept].state, written[old].state, written[broken].state) == (
        "shown",
        "erased",
        "shown",
    )
    assert list(BinnedThing.objects.values_list("thing", flat=True)) == [broken]
    entry = AuditEntry.objects.get(action="moderation.restore")
    assert (entry.actor, entry.changes) == (moderator.uuid, {"thing": ["binned", "shown"]})


def test_a_case_and_a_page_of_the_queue_cost_the_same_however_much_there_is(
    toto: CurrentSchool, django_assert_num_queries: Any
) -> None:
    moderator = a_member(toto, "moderator")
    letter = a_letter(toto, a_member(toto))
    for _ in range(5):
        reported(toto, a_member(toto), letter)
        a_case(toto)
    case = Case.objects.get(thing=letter)
    act(moderator, toto, case, "note", note="x")
    act(moderator, toto, case, "note", note="y")

    with django_assert_num_queries(2):
        shown = [case_views(toto)(each) for each in queue_of(toto, moderator=moderator)]
    with django_assert_num_queries(6):
        read_case(moderator=moderator, school=toto, case_id=case.uuid, at=AT)

    assert len(shown) == 6


def test_who_is_deleted_leaves_their_case_without_a_name(toto: CurrentSchool) -> None:
    author, moderator = a_member(toto), a_member(toto, "moderator")
    case = a_case(toto, author)
    reporter = Report.objects.get().reporter
    act(moderator, toto, case, "note", note="x")
    assert reporter is not None

    for person in (author, reporter):
        person.delete()

    told = read_case(moderator=moderator, school=toto, case_id=case.uuid, at=AT)
    assert (told.author, told.reported[0].reporter) == (None, None)


@pytest.mark.django_db(transaction=True)
def test_a_thing_reported_by_many_at_once_is_one_case_with_each_report_once() -> None:
    toto = a_school_with_letters("toto")
    letter = a_letter(toto, a_member(toto))
    people = [a_member(toto) for _ in range(6)]

    made = at_once(lambda n: reported(toto, people[n // 2], letter), threads=12)

    assert kinds(made) == {"ReportView": 12}
    case = Case.objects.get()
    assert case.kinds == {"spam": 6}
    assert Report.objects.count() == 6
    assert len({view.id for view in made}) == 6


@pytest.mark.django_db(transaction=True)
def test_a_case_that_two_close_at_once_is_closed_once() -> None:
    toto = a_school_with_letters("toto")
    case = a_case(toto)
    moderators = [a_member(toto, "moderator") for _ in range(6)]

    made = at_once(
        lambda n: act(moderators[n], toto, Case.objects.get(pk=case.pk), "resolve"), threads=6
    )

    assert kinds(made) == {"Case": 1, "CaseClosed": 5}
    assert Event.objects.filter(type="case_closed").count() == 1
