
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('content', '0003_libraries_and_documents'),
        ('schools', '0001_schools'),
    ]

    operations = [
        migrations.AddField(
            model_name='recording',
            name='school',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='schools.school'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.UniqueConstraint(fields=('page', 'language'), name='one_document_a_language'),
        ),
        migrations.AddIndex(
            model_name='documentreference',
            index=models.Index(fields=['kind', 'target'], name='reference_by_target'),
        ),
        migrations.AddConstraint(
            model_name='documentreference',
            constraint=models.UniqueConstraint(fields=('page', 'kind', 'target'), name='one_reference_a_thing'),
        ),
        migrations.AddConstraint(
            model_name='imagerendition',
            constraint=models.UniqueConstraint(fields=('image', 'filter_spec', 'focal_point_key'), name='one_rendition_a_filter'),
        ),
        migrations.AlterUniqueTogether(
            name='pagegrant',
            unique_together={('user', 'permission', 'content_object')},
        ),
        migrations.AddIndex(
            model_name='pagetag',
            index=models.Index(fields=['tag', 'page'], name='page_by_tag'),
        ),
        migrations.AddConstraint(
            model_name='pagetag',
            constraint=models.UniqueConstraint(fields=('page', 'tag'), name='one_row_a_tag'),
        ),
    ]
