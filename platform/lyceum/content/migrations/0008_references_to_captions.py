"""A page that tells a file's captions says so, apart from showing the file."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("content", "0007_school_review")]

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
                ],
                max_length=10,
            ),
        ),
    ]
