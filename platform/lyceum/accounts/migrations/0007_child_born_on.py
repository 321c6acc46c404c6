from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0006_exports'),
    ]

    operations = [
        migrations.AddField(
            model_name='profile',
            name='child_born_on',
            field=models.DateField(blank=True, editable=False, null=True),
        ),
    ]
