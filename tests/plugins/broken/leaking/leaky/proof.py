"""That the author's kit finds each leak, and none where there is none."""

from __future__ import annotations

import pytest

from lyceum.plugin.schools import CurrentSchool
from lyceum.testing.isolation import assert_isolated
from plugins.leaky.leaks import open_now
from plugins.leaky.models import Note

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def closed(monkeypatch: pytest.MonkeyPatch) -> None:
    open_now.clear()


def fill(school: CurrentSchool) -> None:
    Note.objects.create(school_id=school.id, text=f'A "note" of {school.slug} — & so on')


def test_where_nothing_leaks_nothing_is_found(plugin: str) -> None:
    assert_isolated(plugin, fill=fill)


@pytest.mark.parametrize(
    ("leak", "told"),
    [
        ("list", r"GET /api/v1/leaky as a learner tells what is of another school alone"),
        ("query", r"GET /api/v1/leaky/one\?id=\S+ as a member of both tells what is of another"),
        ("detail", r"GET /api/v1/leaky/\S+ as a member of both with an id of another school"),
        ("write", r"What was done at one school changed \['leaky_note'\] of another"),
        ("delete", r"What was done at one school changed \['leaky_note'\] of another"),
        ("link", r"Rows of one school point to rows of another, in \['leaky_note.answers_id'\]"),
        ("job", r"What was done at one school changed \['leaky_note'\] of another"),
        ("export", r"leaky/all.json in the school's export tells what is of another"),
    ],
)
def test_each_leak_is_found(plugin: str, leak: str, told: str) -> None:
    open_now.add(leak)

    with pytest.raises(AssertionError, match=told):
        assert_isolated(plugin, fill=fill)


def test_a_link_that_was_there_before_is_found(plugin: str) -> None:
    def answer(school: CurrentSchool) -> None:
        Note.objects.create(school_id=school.id, text="An answer", answers=Note.objects.last())

    with pytest.raises(AssertionError, match="point to rows of another"):
        assert_isolated(plugin, fill=answer)


def test_tables_in_which_nothing_is_prove_nothing(plugin: str) -> None:
    with pytest.raises(AssertionError, match=r"`fill` left no row in \['leaky_note'\]"):
        assert_isolated(plugin)


def test_a_table_of_a_school_cannot_be_said_to_be_of_none(plugin: str) -> None:
    with pytest.raises(AssertionError, match=r"\['leaky_note'\] are a school's"):
        assert_isolated(plugin, fill=fill, of_the_instance={"leaky_note"})
