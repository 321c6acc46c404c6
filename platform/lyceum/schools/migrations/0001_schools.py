
import django.core.validators
import django.db.models.deletion
import lyceum.kernel.clock
import lyceum.kernel.identity
import lyceum.schools.roles
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('wagtailcore', '0098_apitoken'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=lyceum.kernel.identity.new_uuid, editable=False, unique=True)),
                ('roles', lyceum.schools.roles.RolesField(default=frozenset, max_length=200)),
                ('status', models.CharField(choices=[('active', 'Active'), ('pending', 'Waiting for approval'), ('inactive', 'Inactive')], default='active', max_length=20)),
                ('level', models.CharField(blank=True, max_length=10)),
                ('is_child', models.BooleanField(default=False)),
                ('joined_at', models.DateTimeField(default=lyceum.kernel.clock.now)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Cohort',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=lyceum.kernel.identity.new_uuid, editable=False, unique=True)),
                ('name', models.CharField(max_length=200)),
                ('created_at', models.DateTimeField(default=lyceum.kernel.clock.now, editable=False)),
                ('members', models.ManyToManyField(blank=True, related_name='cohorts', to='schools.membership')),
                ('teachers', models.ManyToManyField(blank=True, related_name='taught_cohorts', to='schools.membership')),
            ],
        ),
        migrations.CreateModel(
            name='School',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=lyceum.kernel.identity.new_uuid, editable=False, unique=True)),
                ('slug', models.SlugField(unique=True, validators=[django.core.validators.RegexValidator('^[a-z][a-z0-9-]*$')])),
                ('name', models.CharField(max_length=200)),
                ('status', models.CharField(choices=[('active', 'Active'), ('suspended', 'Suspended')], default='active', max_length=20)),
                ('listed', models.BooleanField(default=False, help_text='Shown in the public list of schools.')),
                ('signup_policy', models.CharField(choices=[('open', 'Anyone may join'), ('code', "With the school's code"), ('invitation', 'By invitation'), ('approval', 'After approval')], default='invitation', max_length=20)),
                ('join_code', models.CharField(blank=True, default=lyceum.kernel.identity.new_code, max_length=20)),
                ('catalogue', models.CharField(choices=[('public', 'Anyone may read'), ('members', 'Members only')], default='members', max_length=20)),
                ('level_scale', models.CharField(choices=[('cefr', 'A1–C2 (CEFR)'), ('kg', 'KG1–KG3'), ('none', 'No levels')], default='cefr', max_length=10)),
                ('languages', models.JSONField(default=list, help_text="Codes, the school's own language first.")),
                ('pass_mark', models.PositiveSmallIntegerField(default=80, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(100)])),
                ('allowed_origins', models.JSONField(blank=True, default=list, help_text='Origins of front ends on other hosts, https://…')),
                ('solution_at_once', models.BooleanField(default=False, help_text='Show the solution with the first answer, right or wrong.')),
                ('enforce_time', models.BooleanField(default=False, help_text="Refuse answers after an exercise's time limit.")),
                ('marking', models.JSONField(blank=True, default=dict, help_text='Marking rules: a rule to strict, warn or ignore.')),
                ('marking_by_kind', models.JSONField(blank=True, default=dict, help_text='The same for one exercise kind: kind to rules.')),
                ('epoch', models.PositiveBigIntegerField(default=0, editable=False)),
                ('created_at', models.DateTimeField(default=lyceum.kernel.clock.now, editable=False)),
                ('collection', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='school', to='wagtailcore.collection')),
                ('site', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='school', to='wagtailcore.site')),
            ],
        ),
        migrations.AddField(
            model_name='membership',
            name='school',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='schools.school'),
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=lyceum.kernel.identity.new_uuid, editable=False, unique=True)),
                ('email', models.EmailField(blank=True, help_text='If given, only this address may use it.', max_length=254)),
                ('roles', lyceum.schools.roles.RolesField(default=frozenset, max_length=200)),
                ('level', models.CharField(blank=True, max_length=10)),
                ('code_digest', models.CharField(max_length=64, unique=True)),
                ('created_at', models.DateTimeField(default=lyceum.kernel.clock.now)),
                ('expires_at', models.DateTimeField()),
                ('accepted_at', models.DateTimeField(null=True)),
                ('accepted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('cohort', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, to='schools.cohort')),
                ('invited_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='schools.school')),
            ],
        ),
        migrations.AddField(
            model_name='cohort',
            name='school',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='cohorts', to='schools.school'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.UniqueConstraint(fields=('school', 'user'), name='one_membership_a_school'),
        ),
        migrations.AddConstraint(
            model_name='cohort',
            constraint=models.UniqueConstraint(fields=('school', 'name'), name='cohort_name_once_a_school'),
        ),
    ]
