from django.db import migrations


class Migration(migrations.Migration):
    """Call rows by their proper plurals. No table changes."""

    dependencies = [
        ('accounts', '0007_child_born_on'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='tokenfamily',
            options={'verbose_name_plural': 'token families'},
        ),
    ]
