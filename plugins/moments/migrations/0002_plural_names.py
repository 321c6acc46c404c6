from django.db import migrations


class Migration(migrations.Migration):
    """Call rows by their proper plurals. No table changes."""

    dependencies = [
        ('moments', '0001_moments'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='activity',
            options={'verbose_name': 'activity', 'verbose_name_plural': 'activities'},
        ),
        migrations.AlterModelOptions(
            name='comment',
            options={'verbose_name': 'comment', 'verbose_name_plural': 'comments'},
        ),
        migrations.AlterModelOptions(
            name='commentlike',
            options={'verbose_name': 'like of a comment', 'verbose_name_plural': 'likes of comments'},
        ),
        migrations.AlterModelOptions(
            name='follow',
            options={'verbose_name': 'person followed', 'verbose_name_plural': 'people followed'},
        ),
        migrations.AlterModelOptions(
            name='like',
            options={'verbose_name': 'like', 'verbose_name_plural': 'likes'},
        ),
        migrations.AlterModelOptions(
            name='media',
            options={'verbose_name': 'image or video', 'verbose_name_plural': 'images and videos'},
        ),
        migrations.AlterModelOptions(
            name='mention',
            options={'verbose_name': 'mention', 'verbose_name_plural': 'mentions'},
        ),
        migrations.AlterModelOptions(
            name='moment',
            options={'verbose_name': 'moment', 'verbose_name_plural': 'moments'},
        ),
        migrations.AlterModelOptions(
            name='participant',
            options={'verbose_name': 'participant', 'verbose_name_plural': 'participants'},
        ),
        migrations.AlterModelOptions(
            name='tagging',
            options={'verbose_name': 'tag of a moment', 'verbose_name_plural': 'tags of moments'},
        ),
    ]
