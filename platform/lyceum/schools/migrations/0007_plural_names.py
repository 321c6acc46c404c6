from django.db import migrations


class Migration(migrations.Migration):
    """Call rows by their proper plurals. No table changes."""

    dependencies = [
        ('schools', '0006_look'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='pluginsettings',
            options={'verbose_name_plural': 'plugin settings'},
        ),
        migrations.AlterModelOptions(
            name='pluginswitch',
            options={'verbose_name_plural': 'plugin switches'},
        ),
    ]
