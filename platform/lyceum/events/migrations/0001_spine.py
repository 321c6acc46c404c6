
import django.db.models.deletion
import lyceum.kernel.clock
import lyceum.kernel.identity
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='AuditEntry',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('uuid', models.UUIDField(default=lyceum.kernel.identity.new_uuid, editable=False, unique=True)),
                ('action', models.CharField(max_length=100)),
                ('school', models.UUIDField(null=True)),
                ('actor', models.UUIDField(null=True)),
                ('target_type', models.CharField(blank=True, max_length=50)),
                ('target', models.UUIDField(null=True)),
                ('changes', models.JSONField(default=dict)),
                ('request_id', models.CharField(blank=True, max_length=64)),
                ('address', models.GenericIPAddressField(null=True)),
                ('at', models.DateTimeField(default=lyceum.kernel.clock.now)),
            ],
            options={
                'indexes': [models.Index(fields=['school', 'id'], name='audit_by_school')],
            },
        ),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('uuid', models.UUIDField(default=lyceum.kernel.identity.new_uuid, editable=False, unique=True)),
                ('type', models.CharField(max_length=100)),
                ('version', models.PositiveSmallIntegerField(default=1)),
                ('school', models.UUIDField(null=True)),
                ('actor', models.UUIDField(null=True)),
                ('subject', models.UUIDField(null=True)),
                ('data', models.JSONField(default=dict)),
                ('at', models.DateTimeField(default=lyceum.kernel.clock.now)),
            ],
            options={
                'indexes': [models.Index(fields=['school', 'type', 'id'], name='event_by_school_and_type'), models.Index(fields=['actor', 'id'], name='event_by_actor')],
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('consumer', models.CharField(max_length=100)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('due_at', models.DateTimeField(default=lyceum.kernel.clock.now)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='events.event')),
            ],
            options={
                'indexes': [models.Index(fields=['due_at', 'id'], name='delivery_by_due_time')],
                'constraints': [models.UniqueConstraint(fields=('event', 'consumer'), name='one_delivery_a_consumer')],
            },
        ),
    ]
