"""Give every question that the audit is asked its index, the newest first."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("events", "0003_addresses_can_be_forgotten")]

    operations = [
        migrations.RemoveIndex("auditentry", "audit_by_school"),
        migrations.AddIndex(
            "auditentry",
            models.Index(fields=["school", "at", "id"], name="audit_by_time"),
        ),
        migrations.AddIndex(
            "auditentry",
            models.Index(fields=["school", "action", "at", "id"], name="audit_by_action"),
        ),
        migrations.AddIndex(
            "auditentry",
            models.Index(fields=["actor", "at", "id"], name="audit_by_actor"),
        ),
        migrations.AddIndex(
            "auditentry",
            models.Index(fields=["target", "at", "id"], name="audit_by_target"),
        ),
    ]
