"""All that the editor says is there in each of its languages, whole and as it was compiled."""

from __future__ import annotations

import gettext
from importlib import import_module
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

from deploy.management.commands.words import folders_with_words, supplement_of_wagtail
from lyceum.kernel.catalogues.files import compiled, read, written
from lyceum.kernel.catalogues.keeping import PLURALS, check_catalogues, write_catalogues
from lyceum.kernel.catalogues.supplement import check_supplement

FOLDERS = list(folders_with_words(settings.ROOT))
WAGTAIL = supplement_of_wagtail(settings.ROOT)
TOLD = (
    "Run `python3 manage.py words`, write what it lists as not translated into the .po files "
    "named, run it again, and commit the .po and .mo files."
)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_nothing_that_is_marked_is_untranslated_broken_or_not_compiled(folder: Path) -> None:
    for state in check_catalogues(folder):
        where = state.file.relative_to(settings.ROOT)
        assert not state.missing, f"{where} lacks {state.missing}. {TOLD}"
        assert not state.broken, f"{where}: {state.broken}. Mend them. {TOLD}"
        assert not state.is_stale, f"{where} or its .mo is not what the code says. {TOLD}"


def test_nothing_that_wagtail_leaves_untranslated_is_untranslated_and_nothing_else_is_there() -> (
    None
):
    for state in check_supplement(WAGTAIL):
        where = state.file.relative_to(settings.ROOT)
        assert not state.missing, f"{where} lacks {state.missing}. {TOLD}"
        assert not state.broken, f"{where}: {state.broken}. Mend them. {TOLD}"
        assert not state.is_stale, f"{where} or its .mo is not what Wagtail leaves. {TOLD}"


@pytest.mark.parametrize("language", WAGTAIL.corrected)
def test_what_is_corrected_of_wagtail_is_still_said_there_and_otherwise(language: str) -> None:
    file = Path(language) / "LC_MESSAGES" / "django.po"
    theirs = [
        (key, entry.told)
        for package in WAGTAIL.packages
        for key, entry in read(Path(import_module(package).__path__[0], "locale", file)).items()
        if entry.is_done
    ]
    ours = [(key, entry.told) for key, entry in read(WAGTAIL.folder / file).items()]

    for text in WAGTAIL.corrected[language]:
        said = [told for key, told in theirs if key[1] == text]
        mended = [told for key, told in ours if key[1] == text]
        assert said, f"Wagtail has no {text!r} any more: take it off the list."
        assert mended[0] not in said, f"Wagtail says {text!r} well now: take it off the list."


def test_the_editor_speaks_for_wagtail_where_it_is_silent_or_wrong() -> None:
    one, many = "%(num_child_objects)d child page", "%(num_child_objects)d child pages"
    with translation.override("es"):
        assert translation.gettext("There are no results.") == "No hay resultados."
        assert translation.gettext("live") == "Publicada"
        told = [translation.ngettext(one, many, number) for number in (1, 2, 1_000_000)]
        assert [each.removeprefix("%(num_child_objects)d ") for each in told] == [
            "página hija",
            *["páginas hijas"] * 2,
        ]
    with translation.override("ar"):
        assert translation.gettext("Choose a media item") == "اختيار وسائط"


def test_the_editor_has_the_languages_that_there_are_catalogues_of() -> None:
    offered = {code for code, _ in settings.WAGTAILADMIN_PERMITTED_LANGUAGES}

    assert offered == {"en", *PLURALS}


def a_folder(tmp_path: Path) -> Path:
    (tmp_path / "told.py").write_text(
        "from django.utils.translation import gettext, ngettext\n"
        "def told(n):\n"
        "    return gettext('Hello %(name)s') + ngettext('%(n)s day', '%(n)s days', n)\n"
    )
    (tmp_path / "shown.html").write_text(
        "{% load i18n %}{% trans 'It’s \"here\"' %}"
        "{% blocktrans trimmed with a=b %}\n  One {{ a }}\n  line{% endblocktrans %}"
    )
    (tmp_path / "plugin.toml").write_text('name = "Stars"\nsummary = "Gives stars."\n')
    return tmp_path


def test_what_is_marked_is_found_in_python_templates_and_manifests(tmp_path: Path) -> None:
    left = next(write_catalogues(a_folder(tmp_path)))

    assert set(left.missing) == {
        *("Hello %(name)s", "%(n)s day", "One %(a)s line", "Stars", "Gives stars."),
        'It’s "here"',
    }


def test_a_placeholder_that_is_lost_and_a_form_that_lacks_are_told(tmp_path: Path) -> None:
    list(write_catalogues(a_folder(tmp_path)))
    file = tmp_path / "locale" / "es" / "LC_MESSAGES" / "django.po"
    catalogue = read(file)
    catalogue["", "Hello %(name)s", ""].told = ["Hola"]
    catalogue["", "%(n)s day", "%(n)s days"].told = ["un día", "%(n)s días"]
    file.write_text(written(catalogue))

    spanish = next(check_catalogues(tmp_path))

    assert spanish.broken == ["'Hello %(name)s': 'Hola' does not have %(name)s"]
    assert spanish.is_stale


def test_what_is_compiled_is_read_by_gettext_itself(tmp_path: Path) -> None:
    list(write_catalogues(a_folder(tmp_path)))
    catalogue = read(tmp_path / "locale" / "ar" / "LC_MESSAGES" / "django.po")
    days = ["لا أيام", "يوم", "يومان", "%(n)s أيام", "%(n)s يومًا", "%(n)s يوم"]
    catalogue["", "%(n)s day", "%(n)s days"].told = days

    told = gettext.GNUTranslations(BytesIO(compiled(catalogue)))

    assert [told.ngettext("%(n)s day", "%(n)s days", n) for n in (0, 1, 2, 3, 11, 100)] == days
    assert told.gettext("Stars") == "Stars", "what is not translated yet stays as it is"
