from django.db import migrations


class Migration(migrations.Migration):
    """Call rows by their proper plurals. No table changes."""

    dependencies = [
        ('learning', '0003_resends_hints_and_whole_scores'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='activityentry',
            options={'verbose_name_plural': 'activity entries'},
        ),
        migrations.AlterModelOptions(
            name='exercisetally',
            options={'verbose_name_plural': 'exercise tallies'},
        ),
        migrations.AlterModelOptions(
            name='lessonprogress',
            options={'verbose_name_plural': 'progress of lessons'},
        ),
    ]
