from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("schools", "0002_plugins")]

    operations = [
        migrations.AddField(
            model_name="plugininstall",
            name="files",
            field=models.JSONField(default=list),
        ),
    ]
