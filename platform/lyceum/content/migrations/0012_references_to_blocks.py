"""A page that lacks a block, whose plugin was not in force, says which."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("content", "0011_places_by_title")]

    operations = [
        migrations.AlterField(
            model_name="documentreference",
            name="kind",
            field=models.CharField(
                choices=[
                    ("page", "Page"),
                    ("file", "File"),
                    ("texts", "Texts"),
                    ("plugin", "Plugin"),
                    ("awaited", "Awaited"),
                ],
                max_length=10,
            ),
        ),
    ]
