import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0004_spent_tokens'),
        ('auth', '0012_alter_user_first_name_max_length'),
        ('schools', '0001_schools'),
    ]

    operations = [
        migrations.AddField(
            model_name='user',
            name='managed_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.school'),
        ),
        migrations.AddField(
            model_name='user',
            name='username',
            field=models.CharField(blank=True, db_default='', default='', max_length=30),
        ),
        migrations.AddField(
            model_name='user',
            name='username_key',
            field=models.CharField(blank=True, db_default='', default='', editable=False, max_length=60),
        ),
        migrations.AddConstraint(
            model_name='user',
            constraint=models.UniqueConstraint(fields=('managed_by', 'username_key'), name='user_name_once_a_school'),
        ),
        migrations.AddConstraint(
            model_name='user',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('managed_by', None), ('username_key', '')), models.Q(('email', None), ('is_superuser', False), ('managed_by__isnull', False), models.Q(('username_key', ''), _negated=True)), _connector='OR'), name='managed_accounts_have_a_user_name_and_no_address'),
        ),
    ]
