from django.db import migrations, models


class Migration(migrations.Migration):
    """Let a leaderboard's page be read from its index alone, those of one rank included."""

    dependencies = [
        ('badges', '0001_badges'),
    ]

    operations = [
        migrations.RemoveIndex(model_name='score', name='badges_all_time'),
        migrations.RemoveIndex(model_name='weekscore', name='badges_weekly'),
        migrations.AddIndex(
            model_name='score',
            index=models.Index(fields=['school', '-points', 'uuid'], name='badges_all_time'),
        ),
        migrations.AddIndex(
            model_name='weekscore',
            index=models.Index(fields=['school', 'monday', '-points', 'uuid'], name='badges_weekly'),
        ),
    ]
