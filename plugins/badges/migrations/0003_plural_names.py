from django.db import migrations


class Migration(migrations.Migration):
    """Call rows by their proper plurals. No table changes."""

    dependencies = [
        ('badges', '0002_places_in_order'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='activeday',
            options={'verbose_name': 'active day', 'verbose_name_plural': 'active days'},
        ),
        migrations.AlterModelOptions(
            name='award',
            options={'verbose_name': 'award', 'verbose_name_plural': 'awards'},
        ),
        migrations.AlterModelOptions(
            name='earned',
            options={'verbose_name': 'badge earned', 'verbose_name_plural': 'badges earned'},
        ),
        migrations.AlterModelOptions(
            name='milestone',
            options={'verbose_name': 'milestone', 'verbose_name_plural': 'milestones'},
        ),
        migrations.AlterModelOptions(
            name='rule',
            options={'verbose_name': 'rule for a badge', 'verbose_name_plural': 'rules for badges'},
        ),
        migrations.AlterModelOptions(
            name='score',
            options={'verbose_name': 'score', 'verbose_name_plural': 'scores'},
        ),
        migrations.AlterModelOptions(
            name='shelf',
            options={'verbose_name': 'set of rules to begin with', 'verbose_name_plural': 'sets of rules to begin with'},
        ),
        migrations.AlterModelOptions(
            name='weekscore',
            options={'verbose_name': 'score of a week', 'verbose_name_plural': 'scores of weeks'},
        ),
    ]
