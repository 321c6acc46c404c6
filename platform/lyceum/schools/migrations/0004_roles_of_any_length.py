from django.db import migrations

import lyceum.schools.roles


class Migration(migrations.Migration):
    """Roles of plugins have longer names, and there may be any number of them."""

    dependencies = [("schools", "0003_files_of_plugins")]

    operations = [
        migrations.AlterField(
            model_name="membership",
            name="roles",
            field=lyceum.schools.roles.RolesField(default=frozenset),
        ),
        migrations.AlterField(
            model_name="invitation",
            name="roles",
            field=lyceum.schools.roles.RolesField(default=frozenset),
        ),
    ]
