"""The reason has moved to the recognition; numbers given so far get their serials."""

from django.db import migrations

# Only numbers that the portal gave: existing documents keep what was printed on them, outside every series.
SERIALS = """
UPDATE normative_docs_normativedocument SET
    document_year = substring(document_number from '〔([0-9]{4})〕')::int,
    document_serial = substring(document_number from '〕([0-9]+)号')::int,
    registration_serial = substring(registration_number from '〕([0-9]+)号')::int,
    registered_on = issued_on
WHERE signed_by_id IS NOT NULL AND document_number <> ''
"""


class Migration(migrations.Migration):
    dependencies = [("normative_docs", "0003_recognitions_of_drafts")]
    operations = [
        migrations.RemoveField(model_name="normativedocument", name="recognition_reason"),
        migrations.RemoveField(model_name="normativedocumentevent", name="recognition_reason"),
        migrations.RunSQL(SERIALS, migrations.RunSQL.noop),
    ]
