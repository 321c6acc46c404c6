
import lyceum.kernel.clock
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='StoredAnswer',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('person', models.UUIDField()),
                ('path', models.CharField(max_length=300)),
                ('key', models.CharField(max_length=100)),
                ('school', models.CharField(blank=True, max_length=50)),
                ('body_digest', models.CharField(max_length=64)),
                ('status', models.PositiveSmallIntegerField(default=0)),
                ('body', models.TextField(blank=True)),
                ('location', models.CharField(blank=True, max_length=300)),
                ('created_at', models.DateTimeField(default=lyceum.kernel.clock.now)),
            ],
            options={
                'indexes': [models.Index(fields=['created_at'], name='answer_by_age')],
                'constraints': [models.UniqueConstraint(fields=('person', 'school', 'path', 'key'), name='one_answer_a_key')],
            },
        ),
    ]
