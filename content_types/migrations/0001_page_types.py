
import content_types.fields
import django.core.validators
import django.db.models.deletion
import lyceum.kernel.identity
import modelcluster.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('content', '0003_libraries_and_documents'),
    ]

    operations = [
        migrations.CreateModel(
            name='Bank',
            fields=[
                ('basepage_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('exercises_count', models.PositiveIntegerField(default=0, editable=False)),
            ],
            options={
                'verbose_name': 'exercise bank',
            },
            bases=('content.basepage',),
        ),
        migrations.CreateModel(
            name='Exercise',
            fields=[
                ('basepage_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('instructions', models.TextField(blank=True, max_length=2000)),
                ('instructions_en', models.TextField(blank=True, max_length=2000, null=True)),
                ('instructions_es', models.TextField(blank=True, max_length=2000, null=True)),
                ('instructions_ar', models.TextField(blank=True, max_length=2000, null=True)),
                ('instructions_fr', models.TextField(blank=True, max_length=2000, null=True)),
                ('instructions_de', models.TextField(blank=True, max_length=2000, null=True)),
                ('instructions_pt', models.TextField(blank=True, max_length=2000, null=True)),
                ('instructions_tr', models.TextField(blank=True, max_length=2000, null=True)),
                ('hints', content_types.fields.RegistryStreamField([], blank=True)),
                ('hints_en', content_types.fields.RegistryStreamField([], blank=True, null=True)),
                ('hints_es', content_types.fields.RegistryStreamField([], blank=True, null=True)),
                ('hints_ar', content_types.fields.RegistryStreamField([], blank=True, null=True)),
                ('hints_fr', content_types.fields.RegistryStreamField([], blank=True, null=True)),
                ('hints_de', content_types.fields.RegistryStreamField([], blank=True, null=True)),
                ('hints_pt', content_types.fields.RegistryStreamField([], blank=True, null=True)),
                ('hints_tr', content_types.fields.RegistryStreamField([], blank=True, null=True)),
                ('explanation', models.TextField(blank=True, max_length=5000)),
                ('explanation_en', models.TextField(blank=True, max_length=5000, null=True)),
                ('explanation_es', models.TextField(blank=True, max_length=5000, null=True)),
                ('explanation_ar', models.TextField(blank=True, max_length=5000, null=True)),
                ('explanation_fr', models.TextField(blank=True, max_length=5000, null=True)),
                ('explanation_de', models.TextField(blank=True, max_length=5000, null=True)),
                ('explanation_pt', models.TextField(blank=True, max_length=5000, null=True)),
                ('explanation_tr', models.TextField(blank=True, max_length=5000, null=True)),
                ('task', content_types.fields.RegistryStreamField([])),
                ('points', models.PositiveSmallIntegerField(default=10, validators=[django.core.validators.MaxValueValidator(1000)])),
                ('time_limit', models.PositiveIntegerField(blank=True, help_text='In seconds.', null=True)),
                ('max_attempts', models.PositiveSmallIntegerField(blank=True, help_text='Empty for as many as the learner likes.', null=True)),
                ('marking', models.JSONField(blank=True, default=dict)),
                ('seed', models.CharField(default=lyceum.kernel.identity.new_secret, editable=False, max_length=32)),
            ],
            options={
                'verbose_name': 'exercise',
            },
            bases=('content.basepage',),
        ),
        migrations.CreateModel(
            name='Lesson',
            fields=[
                ('basepage_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('objectives', content_types.fields.RegistryStreamField([], blank=True)),
                ('objectives_en', content_types.fields.RegistryStreamField([], blank=True, null=True)),
                ('objectives_es', content_types.fields.RegistryStreamField([], blank=True, null=True)),
                ('objectives_ar', content_types.fields.RegistryStreamField([], blank=True, null=True)),
                ('objectives_fr', content_types.fields.RegistryStreamField([], blank=True, null=True)),
                ('objectives_de', content_types.fields.RegistryStreamField([], blank=True, null=True)),
                ('objectives_pt', content_types.fields.RegistryStreamField([], blank=True, null=True)),
                ('objectives_tr', content_types.fields.RegistryStreamField([], blank=True, null=True)),
                ('duration', models.PositiveSmallIntegerField(default=15, help_text='In minutes.')),
                ('body', content_types.fields.RegistryStreamField([], blank=True)),
                ('body_en', content_types.fields.RegistryStreamField([], blank=True, null=True)),
                ('body_es', content_types.fields.RegistryStreamField([], blank=True, null=True)),
                ('body_ar', content_types.fields.RegistryStreamField([], blank=True, null=True)),
                ('body_fr', content_types.fields.RegistryStreamField([], blank=True, null=True)),
                ('body_de', content_types.fields.RegistryStreamField([], blank=True, null=True)),
                ('body_pt', content_types.fields.RegistryStreamField([], blank=True, null=True)),
                ('body_tr', content_types.fields.RegistryStreamField([], blank=True, null=True)),
                ('exercises_count', models.PositiveIntegerField(default=0, editable=False)),
            ],
            options={
                'verbose_name': 'lesson',
            },
            bases=('content.basepage',),
        ),
        migrations.CreateModel(
            name='Subcategory',
            fields=[
                ('basepage_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('difficulty', models.CharField(choices=[('beginner', 'Beginner'), ('intermediate', 'Intermediate'), ('advanced', 'Advanced')], default='beginner', max_length=20)),
                ('duration', models.PositiveSmallIntegerField(default=30, help_text='In minutes.')),
                ('lessons_count', models.PositiveIntegerField(default=0, editable=False)),
                ('exercises_count', models.PositiveIntegerField(default=0, editable=False)),
            ],
            options={
                'verbose_name': 'subcategory',
                'verbose_name_plural': 'subcategories',
            },
            bases=('content.basepage',),
        ),
        migrations.CreateModel(
            name='Category',
            fields=[
                ('basepage_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('colour', models.CharField(default='#3B82F6', max_length=7, validators=[django.core.validators.RegexValidator('^#[0-9A-Fa-f]{6}$', 'Write a colour as #RRGGBB.')])),
                ('icon', models.CharField(blank=True, help_text='One emoji.', max_length=10)),
                ('lessons_count', models.PositiveIntegerField(default=0, editable=False)),
                ('exercises_count', models.PositiveIntegerField(default=0, editable=False)),
                ('image', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='content.libraryimage')),
            ],
            options={
                'verbose_name': 'category',
                'verbose_name_plural': 'categories',
            },
            bases=('content.basepage',),
        ),
        migrations.CreateModel(
            name='Course',
            fields=[
                ('basepage_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('cover', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='content.libraryimage')),
            ],
            options={
                'verbose_name': 'course',
            },
            bases=('content.basepage',),
        ),
        migrations.CreateModel(
            name='CourseLesson',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('course', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='course_lessons', to='content_types.course')),
                ('lesson', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='content_types.lesson')),
            ],
            options={
                'ordering': ['sort_order'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('course', 'lesson'), name='a_lesson_once_a_course')],
            },
        ),
        migrations.CreateModel(
            name='LessonPrerequisite',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('lesson', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='prerequisites', to='content_types.lesson')),
                ('required', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='required_by', to='content_types.lesson')),
            ],
            options={
                'ordering': ['sort_order'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('lesson', 'required'), name='one_prerequisite_a_lesson')],
            },
        ),
    ]
