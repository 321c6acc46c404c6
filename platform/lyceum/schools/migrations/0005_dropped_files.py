from django.db import migrations, models

import lyceum.kernel.clock


class Migration(migrations.Migration):
    dependencies = [("schools", "0004_roles_of_any_length")]

    operations = [
        migrations.CreateModel(
            name="DroppedFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=500)),
                ("attempts", models.PositiveIntegerField(default=0)),
                ("dropped_at", models.DateTimeField(default=lyceum.kernel.clock.now)),
            ],
        ),
    ]
