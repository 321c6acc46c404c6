"""One school's data never reach another, in every plugin that there is."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from lyceum.kernel.clock import now
from lyceum.schools.current import CurrentSchool
from lyceum.testing.isolation import assert_isolated
from lyceum.testing.people import a_learner
from lyceum.testing.plugins import set_up
from plugins.keeper.models import Folder, Paper, Word
from plugins.probe.models import Note, Reading
from tests.architecture.sources import ROOT

LEAKY = ROOT / "tests" / "plugins" / "broken" / "leaking" / "leaky"


def fill_keeper(school: CurrentSchool) -> None:
    folder = Folder.objects.create(school_id=school.id, name=f"Folder of {school.slug}")
    paper = Paper.objects.create(folder=folder)
    paper.words.add(Word.objects.create(text="a word"))


def fill_probe(school: CurrentSchool) -> None:
    set_up("probe", school, greeting=f"Hello at {school.slug}")
    Note.objects.create(
        school_id=school.id, author=a_learner(school), text=f"Of {school.slug}", written_at=now()
    )
    Reading.objects.create(school_id=school.id, person=a_learner(school).uuid, at=now())


@pytest.mark.django_db
def test_the_probe_keeps_one_schools_data_from_another() -> None:
    assert_isolated("probe", fill=fill_probe)


@pytest.mark.django_db
def test_the_keeper_keeps_one_schools_data_from_another() -> None:
    assert_isolated("keeper", fill=fill_keeper, of_the_instance={"keeper_word"})


@pytest.mark.django_db
def test_a_table_that_is_no_schools_must_be_meant_so() -> None:
    with pytest.raises(AssertionError, match=r"The rows of \['keeper_word'\] are no school's"):
        assert_isolated("keeper", fill=fill_keeper)


@pytest.mark.parametrize("slug", sorted(each.name for each in ROOT.glob("plugins/*/")))
def test_each_plugin_tries_it_with_data_of_its_own(slug: str) -> None:
    tests = (ROOT / "plugins" / slug / "tests").glob("test_*.py")

    assert any(f'assert_isolated("{slug}"' in file.read_text() for file in tests)


@pytest.mark.long
def test_each_way_to_leak_is_found_in_a_plugin_that_leaks() -> None:
    shelf = {"LYCEUM_PLUGIN_SHELVES": str(LEAKY.parent), "PLUGINS_STRICT": "1"}
    tried = subprocess.run(
        [sys.executable, "manage.py", "test", "-q", str(LEAKY / "proof.py")],
        cwd=ROOT,
        env={**os.environ, **shelf},
        capture_output=True,
        text=True,
    )

    assert tried.returncode == 0, tried.stdout + tried.stderr
    assert "12 passed" in tried.stdout
