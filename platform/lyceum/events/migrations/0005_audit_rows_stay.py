"""Refuse in the database itself that rows of the audit are deleted: nothing in the house does it."""

from django.db import migrations

TABLE = "events_auditentry"


def refuse_deletion(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        schema_editor.execute(
            f"CREATE TRIGGER {TABLE}_stays BEFORE DELETE ON {TABLE} "
            f"BEGIN SELECT RAISE(ABORT, '{TABLE} is append-only'); END"
        )
        return
    for name, what, each in (("stays", "DELETE", "ROW"), ("stays_whole", "TRUNCATE", "STATEMENT")):
        schema_editor.execute(
            f"CREATE TRIGGER {TABLE}_{name} BEFORE {what} ON {TABLE} "
            f"FOR EACH {each} EXECUTE FUNCTION {TABLE}_is_append_only()"
        )


def allow_deletion(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        schema_editor.execute(f"DROP TRIGGER {TABLE}_stays")
        return
    for name in ("stays", "stays_whole"):
        schema_editor.execute(f"DROP TRIGGER {TABLE}_{name} ON {TABLE}")


class Migration(migrations.Migration):

    dependencies = [("events", "0004_audit_by_what_is_asked")]

    operations = [migrations.RunPython(refuse_deletion, allow_deletion)]
