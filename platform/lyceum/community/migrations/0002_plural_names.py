from django.db import migrations


class Migration(migrations.Migration):
    """Call rows by their proper plurals. No table changes."""

    dependencies = [
        ('community', '0001_community'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='caseentry',
            options={'verbose_name_plural': 'case entries'},
        ),
        migrations.AlterModelOptions(
            name='policy',
            options={'verbose_name_plural': 'policies'},
        ),
    ]
