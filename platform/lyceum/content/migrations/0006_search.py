"""The table of full-text search, in the database's own kind."""

from django.db import migrations

SQLITE = """
CREATE VIRTUAL TABLE content_search USING fts5(
    title, description, body, tags, text UNINDEXED,
    tokenize = "unicode61 remove_diacritics 0", prefix = '2 3'
)
"""
POSTGRESQL = """
CREATE TABLE content_search (id bigint PRIMARY KEY, words tsvector NOT NULL, text text NOT NULL);
CREATE INDEX content_search_words ON content_search USING gin (words);
"""


def make(apps, editor):
    statements = SQLITE if editor.connection.vendor == "sqlite" else POSTGRESQL
    for statement in filter(str.strip, statements.split(";")):
        editor.execute(statement)


def drop(apps, editor):
    editor.execute("DROP TABLE content_search")


class Migration(migrations.Migration):

    dependencies = [("content", "0005_media_by_contents")]

    operations = [migrations.RunPython(make, drop)]
