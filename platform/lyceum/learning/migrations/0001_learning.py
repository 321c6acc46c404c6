
import django.db.models.deletion
import lyceum.kernel.clock
import lyceum.kernel.identity
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Enrolment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=lyceum.kernel.identity.new_uuid, editable=False, unique=True)),
                ('enrolled_at', models.DateTimeField()),
                ('completed_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='ExerciseState',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('attempts', models.PositiveIntegerField(default=0)),
                ('best_score', models.FloatField(null=True)),
                ('best_points', models.PositiveIntegerField(default=0)),
                ('waiting', models.BooleanField(default=False, help_text='An attempt waits for review.')),
                ('solved_at', models.DateTimeField(null=True)),
                ('solution_shown_at', models.DateTimeField(null=True)),
                ('started_at', models.DateTimeField(help_text='Of a timed attempt under way.', null=True)),
            ],
        ),
        migrations.CreateModel(
            name='ExerciseTally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('school', models.UUIDField()),
                ('exercise', models.UUIDField(unique=True)),
                ('attempts', models.PositiveIntegerField(default=0)),
                ('marked', models.PositiveIntegerField(default=0)),
                ('correct', models.PositiveIntegerField(default=0)),
                ('score_total', models.FloatField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='LessonProgress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('score', models.FloatField(default=0, help_text="0 to 1, of the lesson's marked points.")),
                ('points', models.PositiveIntegerField(default=0)),
                ('attempts', models.PositiveIntegerField(default=0)),
                ('seconds', models.PositiveIntegerField(default=0)),
                ('position', models.CharField(blank=True, help_text="The reader's own mark.", max_length=100)),
                ('first_attempted_at', models.DateTimeField(null=True)),
                ('last_attempted_at', models.DateTimeField(null=True)),
                ('completed_at', models.DateTimeField(null=True)),
                ('updated_at', models.DateTimeField(default=lyceum.kernel.clock.now)),
            ],
        ),
        migrations.CreateModel(
            name='SchoolDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('school', models.UUIDField()),
                ('day', models.DateField()),
                ('attempts', models.PositiveIntegerField(default=0)),
                ('correct', models.PositiveIntegerField(default=0)),
                ('lessons_completed', models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='StudySession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('session_id', models.UUIDField()),
                ('seconds', models.PositiveIntegerField(default=0)),
                ('started_at', models.DateTimeField()),
                ('last_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='ActivityEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('event', models.UUIDField()),
                ('kind', models.CharField(max_length=50)),
                ('person', models.UUIDField()),
                ('school', models.UUIDField()),
                ('subject', models.UUIDField(null=True)),
                ('data', models.JSONField(default=dict)),
                ('at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['person', 'school', '-id'], name='activity_newest_first')],
                'constraints': [models.UniqueConstraint(fields=('event', 'kind'), name='one_activity_an_event')],
            },
        ),
        migrations.CreateModel(
            name='Attempt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=lyceum.kernel.identity.new_uuid, editable=False, unique=True)),
                ('kind', models.CharField(max_length=50)),
                ('client_id', models.UUIDField(null=True)),
                ('number', models.PositiveIntegerField(help_text="1 for a learner's first at this exercise.")),
                ('answer', models.JSONField()),
                ('status', models.CharField(choices=[('marked', 'Marked'), ('needs_review', 'Needs Review')], max_length=20)),
                ('correct', models.BooleanField(null=True)),
                ('score', models.FloatField(help_text='0 to 1.', null=True)),
                ('points', models.PositiveIntegerField(default=0)),
                ('result', models.JSONField(default=dict, help_text='Reasons, feedback, hint: as answered.')),
                ('seconds', models.PositiveIntegerField(default=0)),
                ('answered_at', models.DateTimeField(help_text='When the learner gave it, offline or on.')),
                ('received_at', models.DateTimeField(default=lyceum.kernel.clock.now)),
                ('exercise', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.WAGTAIL_PAGE_MODEL)),
                ('lesson', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.WAGTAIL_PAGE_MODEL)),
            ],
        ),
    ]
