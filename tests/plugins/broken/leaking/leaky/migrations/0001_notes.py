import django.db.models.deletion
from django.db import migrations, models

import lyceum.plugin.identity


class Migration(migrations.Migration):
    initial = True

    dependencies = [("schools", "0002_plugins")]

    operations = [
        migrations.CreateModel(
            "Note",
            [
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "uuid",
                    models.UUIDField(
                        default=lyceum.plugin.identity.new_uuid, editable=False, unique=True
                    ),
                ),
                ("text", models.CharField(max_length=200)),
                ("seen", models.PositiveIntegerField(default=0)),
                (
                    "answers",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="leaky.note",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="schools.school",
                    ),
                ),
            ],
        ),
    ]
