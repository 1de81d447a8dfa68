"""What stood as a reason on the document becomes its recognition."""

from django.db import migrations

MOVE = """
INSERT INTO normative_docs_recognition
    (public_id, organisation_id, title, form, answers, is_normative, reason, recognised_by_id, recognised_on, document_id)
SELECT gen_random_uuid(), f.organisation_id, f.title, d.document_kind,
       '{"touches_rights": true, "binds_generally": true, "applies_repeatedly": true, "is_made_public": true,
         "is_no_internal_paper": true}'::jsonb,
       true, d.recognition_reason, f.opened_by_id, f.opened_on, d.casefile_ptr_id
FROM normative_docs_normativedocument d JOIN casefiles_casefile f ON f.id = d.casefile_ptr_id
WHERE d.recognition_reason <> ''
"""


class Migration(migrations.Migration):
    dependencies = [("normative_docs", "0002_drafting_and_registration")]
    operations = [migrations.RunSQL(MOVE, migrations.RunSQL.noop)]
