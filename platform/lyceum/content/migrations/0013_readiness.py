"""What pages still lack, for the creators' home. `manage.py documents rebuild` fills it."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("content", "0012_references_to_blocks")]

    operations = [
        migrations.CreateModel(
            name="Readiness",
            fields=[
                (
                    "page",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="readiness",
                        serialize=False,
                        to="content.basepage",
                    ),
                ),
                ("languages", models.CharField(blank=True, max_length=200)),
                ("sounds", models.PositiveIntegerField(default=0)),
            ],
            options={"verbose_name_plural": "readiness of pages"},
        ),
    ]
