"""The images of slides have alternative texts of their own, at first those that were told of them."""

import json

from django.db import migrations
from django.db.models import TextField
from django.db.models.functions import Cast
from wagtail.blocks import StreamValue


def describe_slides(apps, schema_editor):
    """Give the images of slides what the library says of them, in lessons and their versions."""
    images = apps.get_model('content', 'LibraryImage').objects.exclude(description='')
    told = dict(images.values_list('pk', 'description'))
    if told:
        _in_lessons(apps.get_model('content_types', 'Lesson'), told)
        _in_versions(apps.get_model('wagtailcore', 'Revision'), told)


def _in_lessons(Lesson, told):
    for field in Lesson._meta.get_fields():
        if not field.name.startswith('body'):
            continue
        rows = Lesson.objects.annotate(raw=Cast(field.name, TextField()))
        for pk, raw in rows.filter(raw__contains='"slides"').values_list('pk', 'raw').iterator():
            body = json.loads(raw)
            if _described(body, told):
                value = StreamValue(field.stream_block, body, is_lazy=True)
                Lesson.objects.filter(pk=pk).update(**{field.name: value})


def _in_versions(Revision, told):
    of_lessons = Revision.objects.filter(
        content_type__app_label='content_types', content_type__model='lesson'
    )
    for revision in of_lessons.iterator():
        changed = False
        for name, raw in revision.content.items():
            if name.startswith('body') and raw and '"slides"' in raw:
                body = json.loads(raw)
                if _described(body, told):
                    revision.content[name] = json.dumps(body)
                    changed = True
        if changed:
            revision.save(update_fields=['content'])


def _described(body, told):
    """Fill in what is missing in a body; return whether anything was."""
    changed = False
    for block in body or []:
        if block['type'] != 'slides':
            continue
        for row in block['value'].get('slides') or []:
            # Rows were kept without an id and a type once, and are as they were where nobody saved.
            slide = row['value'] if row.get('type') == 'item' else row
            if slide.get('image') in told and not slide.get('alt'):
                slide['alt'] = told[slide['image']]
                changed = True
    return changed


class Migration(migrations.Migration):
    dependencies = [
        ('content_types', '0003_words_of_the_editor'),
    ]

    operations = [
        # Backwards there is nothing to do: what is not asked for any more is not read.
        migrations.RunPython(describe_slides, migrations.RunPython.noop),
    ]
