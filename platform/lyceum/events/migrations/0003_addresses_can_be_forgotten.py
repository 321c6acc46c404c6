"""Allow one change of an audit entry, and no other: that it forgets the address it came from."""

from django.db import migrations

TABLE = "events_auditentry"
COLUMNS = (
    "id",
    "uuid",
    "action",
    "school",
    "actor",
    "target_type",
    "target",
    "changes",
    "request_id",
    "at",
)


def replace_trigger(schema_editor, condition):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP TRIGGER {TABLE}_append_only ON {TABLE}")
        schema_editor.execute(
            f"CREATE TRIGGER {TABLE}_append_only BEFORE UPDATE ON {TABLE} "
            f"FOR EACH ROW {condition} EXECUTE FUNCTION {TABLE}_is_append_only()"
        )
    else:
        schema_editor.execute(f"DROP TRIGGER {TABLE}_append_only")
        schema_editor.execute(
            f"CREATE TRIGGER {TABLE}_append_only BEFORE UPDATE ON {TABLE} {condition} "
            f"BEGIN SELECT RAISE(ABORT, '{TABLE} is append-only'); END"
        )


def allow_forgetting(apps, schema_editor):
    differs = "IS DISTINCT FROM" if schema_editor.connection.vendor == "postgresql" else "IS NOT"
    changed = " OR ".join(f'NEW."{name}" {differs} OLD."{name}"' for name in COLUMNS)
    replace_trigger(schema_editor, f"WHEN (NEW.address IS NOT NULL OR {changed})")


def refuse_all(apps, schema_editor):
    replace_trigger(schema_editor, "")


class Migration(migrations.Migration):

    dependencies = [("events", "0002_append_only")]

    operations = [migrations.RunPython(allow_forgetting, refuse_all)]
