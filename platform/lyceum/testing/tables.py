"""What a plugin keeps: that its tables come and go, and that people are told of them."""

from __future__ import annotations

from django.core.management import call_command
from django.db import connection
from django.db.migrations.exceptions import IrreversibleError

from lyceum.kernel.completeness import undeclared_columns, undeclared_tables_of_schools
from lyceum.kernel.plugins.host import host
from lyceum.kernel.plugins.schema import migration_names
from lyceum.kernel.privacy import providers


def assert_migrations_reversible(plugin: str) -> None:
    """
    Take a plugin's migrations back and make them again, and hold its models to them.

    For tests with `django_db(transaction=True)`: it changes tables.

    :param plugin: its slug
    :raises AssertionError: naming the tables that stay, or the migration that has no way back
    """
    if not migration_names(host.plugins[plugin]):
        return
    try:
        call_command("makemigrations", plugin, check=True, dry_run=True, verbosity=0)
    except SystemExit as error:
        raise AssertionError(f"The models of {plugin} are not what its migrations make.") from error
    made = _tables_of(plugin)
    assert made, f"The migrations of {plugin} make no table named after it."
    try:
        call_command("migrate", plugin, "zero", verbosity=0)
    except IrreversibleError as error:
        raise AssertionError(str(error)) from error
    left = _tables_of(plugin)
    call_command("migrate", plugin, verbosity=0)
    assert not left, f"Taken back, the migrations of {plugin} leave {sorted(left)}."
    assert _tables_of(plugin) == made, f"Made again, the tables of {plugin} are others."


def assert_privacy_complete(plugin: str) -> None:
    """
    Look whether a plugin tells of every column that names a person or a school.

    :param plugin: its slug
    :raises AssertionError: naming the columns, as `plugin.Model.column`
    """
    told = host.plugins[plugin].told.privacy
    assert told != "provider" or plugin in providers, f"{plugin} has no privacy provider."
    missing = [*undeclared_columns(app=plugin), *undeclared_tables_of_schools(app=plugin)]
    assert not missing, f"No provider tells of {missing}."


def _tables_of(plugin: str) -> set[str]:
    names = connection.introspection.table_names()
    return {name for name in names if name.startswith(f"{plugin}_")}
