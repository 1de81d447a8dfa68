"""Documents published before this room existed get their first version: the published text."""

from django.db import migrations

FIRST_VERSIONS = """
    INSERT INTO normative_docs_in_force_textversion (
        document_id, number, source, text, digest, effective_from, is_matching, check_outcome, mismatch_reason,
        hidden_words, public_text, checklist, prepared_by_id, prepared_at, confirmed_at
    )
    SELECT d.casefile_ptr_id, 1, 'published', d.draft_text, encode(sha256(convert_to(d.draft_text, 'UTF8')), 'hex'),
        d.effective_on, true, '{}', '', '[]', '', '[]', NULL, now(), now()
    FROM normative_docs_normativedocument d
    WHERE d.stage IN ('filing', 'filed', 'recorded')
    ON CONFLICT DO NOTHING
"""


class Migration(migrations.Migration):
    dependencies = [("normative_docs_in_force", "0001_initial")]

    operations = [migrations.RunSQL(FIRST_VERSIONS, migrations.RunSQL.noop)]
