from django.db import migrations, models

import lyceum.schools.models.school


class Migration(migrations.Migration):
    dependencies = [("schools", "0007_plural_names")]

    operations = [
        migrations.AddField(
            model_name="school",
            name="logo",
            field=models.FileField(
                blank=True, editable=False, upload_to=lyceum.schools.models.school.logo_path
            ),
        ),
    ]
