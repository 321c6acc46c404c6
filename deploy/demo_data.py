"""The demo's database, content and people: made once, kept from then on."""

from __future__ import annotations

import fcntl
import hashlib
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.core.management import call_command
from django.db import connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from content_types.exchange.importing import import_folder
from content_types.exchange.school_tree import pages_of
from deploy.databases import make_cache_table
from deploy.demo_schools import OPERATOR, PASSWORD, SCHOOLS, DemoPerson, DemoSchool
from lyceum.accounts.managed.making import NewAccount, make_accounts
from lyceum.content.founding import found_school
from lyceum.content.rights.grants import grant_page
from lyceum.kernel.errors import DomainError
from lyceum.schools.current import CurrentSchool
from lyceum.schools.plugins.switching import enable_plugin

CONTENT = Path(__file__).parent / "demo"
Say = Callable[[str], None]


def prepare(say: Say) -> None:
    """Make what the demo lacks: tables, static files, schools. What is there stays as it is."""
    settings.DATA.mkdir(exist_ok=True)
    with locked(settings.DATA / "preparing.lock"):
        make_tables(say)
        gather_static_files(say)
        schools = apps.get_model("schools", "School").objects
        there = set(schools.values_list("slug", flat=True))
        for school in SCHOOLS:
            if school.slug not in there:
                make_school(school, say)
        make_operator()
    connections.close_all()


def make_tables(say: Say) -> None:
    executor = MigrationExecutor(connections["default"])
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        say("Making the database…")
        call_command("migrate", verbosity=0, interactive=False)
    make_cache_table()


def gather_static_files(say: Say) -> None:
    """Copy the admin's styles and scripts to where the server reads them, if they changed."""
    digest = hashlib.sha256()
    for file in (settings.ROOT / "deploy" / "requirements.lock", *own_static_files()):
        digest.update(file.read_bytes())
    wanted = digest.hexdigest()
    stamp = Path(settings.STATIC_ROOT) / ".stamp"
    if not stamp.exists() or stamp.read_text() != wanted:
        say("Gathering the admin's styles and scripts…")
        call_command("collectstatic", verbosity=0, interactive=False)
        stamp.write_text(wanted)


def own_static_files() -> list[Path]:
    """Return the styles and scripts that are the house's own, which no lock file tells of."""
    folders = ("content_types/static", "platform/lyceum/*/static", "plugins/*/static")
    found = [file for folder in folders for file in settings.ROOT.glob(f"{folder}/**/*")]
    return sorted(file for file in found if file.is_file())


@transaction.atomic
def make_school(demo: DemoSchool, say: Say) -> None:
    """Found a school with its content and people, wholly or not at all."""
    say(f"Founding {demo.name}, with its lessons…")
    school = found_school(
        slug=demo.slug,
        name=demo.name,
        host=demo.host,
        languages=demo.languages,
        **demo.rules,
    )
    import_folder(CONTENT / demo.slug, school=school)
    people = {person.word: make_person(demo, person, school) for person in demo.people}
    make_cohort(demo, school, people)
    make_children(demo, school, people)
    switch_plugins_on(demo, school, say)
    now = timezone.now()
    pages = pages_of(school)
    for word, path, permissions in (
        ("creator", (demo.category,), ("add", "change", "publish")),
        ("teacher", (demo.category, demo.subcategory), ("add", "change")),
    ):
        page = apps.get_model("content", "BasePage").objects.get(pk=pages[path].id)
        grant_page(actor=None, user=people[word], page=page, permissions=permissions, at=now)


def make_person(demo: DemoSchool, person: DemoPerson, school: CurrentSchool) -> Any:
    # No mail reaches a `.test` domain, so the address counts as proved.
    user = get_user_model().objects.create_user(
        demo.email(person.word),
        verified=True,
        language=person.language,
        first_name=person.first_name,
        last_name=person.last_name,
    )
    user.password = hashed_password()
    user.save(update_fields=["password"])
    apps.get_model("schools", "Membership").objects.create(
        school_id=school.id,
        user=user,
        roles=frozenset({person.role}),
        level=person.level,
        is_child=person.is_child,
    )
    return user


@cache
def hashed_password() -> str:
    """Return the hash of the one password that all have, and all may know: it takes a while."""
    return make_password(PASSWORD)


def make_operator() -> None:
    if not get_user_model().objects.filter(email=OPERATOR).exists():
        get_user_model().objects.create_superuser(
            OPERATOR, PASSWORD, first_name="Robin", last_name="Hale"
        )


def make_cohort(demo: DemoSchool, school: CurrentSchool, people: dict[str, Any]) -> None:
    memberships = apps.get_model("schools", "Membership").objects.filter(school_id=school.id)
    cohort = apps.get_model("schools", "Cohort").objects.create(
        school_id=school.id, name=demo.cohort
    )
    cohort.members.set(memberships.filter(user=people["learner"]))
    cohort.teachers.set(memberships.filter(user=people["teacher"]))


def make_children(demo: DemoSchool, school: CurrentSchool, people: dict[str, Any]) -> None:
    """Make the managed accounts of the class, as its teacher would in the admin."""
    cohorts = apps.get_model("schools", "Cohort").objects
    cohort = cohorts.get(school_id=school.id, name=demo.cohort)
    for child in demo.children:
        wanted = NewAccount(child.first_name, child.last_name, child.username, PASSWORD)
        make_accounts(
            actor=people["teacher"],
            school=school,
            wanted=[wanted],
            cohort=cohort.uuid,
            level=child.level,
            taught_by=people["teacher"],
            at=timezone.now(),
        )


def switch_plugins_on(demo: DemoSchool, school: CurrentSchool, say: Say) -> None:
    """Switch the school's plugins on; one that is not here, or broken, is said and left out."""
    for slug in demo.plugins:
        try:
            enable_plugin(actor=None, school=school, slug=slug, at=timezone.now())
        except DomainError as error:
            say(f"{demo.name} goes without the plugin {slug}: {error.message}")


def folder() -> str:
    """Return the folder of the demo's data as people are told it: from the project's, if within."""
    data = settings.DATA.resolve()
    inside = data.is_relative_to(settings.ROOT)
    return f"{data.relative_to(settings.ROOT) if inside else data}/"


def forget(say: Say) -> None:
    """Delete the demo's data, and nothing outside their folder; say what goes."""
    for entry in sorted(settings.DATA.iterdir()):
        if entry.suffix == ".lock":
            continue
        say(f"Deleting {folder()}{entry.name}")
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        else:
            entry.unlink()


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold a lock file for the length of a block, waiting for who holds it now."""
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def hold_while_serving() -> Any:
    """Return an open file whose lock says, until the process ends, that the demo is in use."""
    lock = (settings.DATA / "serving.lock").open("w")
    fcntl.flock(lock, fcntl.LOCK_SH)
    return lock


def claim_port(port: int) -> Any:
    """
    Return an open file whose lock keeps a port for this demo; None if another has it.

    Servers of one machine can share a port, so that two starts at once would both find it free.
    """
    settings.DATA.mkdir(exist_ok=True)
    claim = (settings.DATA / f"port-{port}.lock").open("w")
    try:
        fcntl.flock(claim, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        claim.close()
        return None
    return claim


def refuse_while_serving() -> None:
    """
    Make sure that no demo of this folder is running.

    :raises SystemExit: if one is
    """
    with (settings.DATA / "serving.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            sys.exit("The demo of this folder is running. Stop it first, then start over.")
