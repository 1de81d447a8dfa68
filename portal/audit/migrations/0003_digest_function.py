"""The digest of an audit entry, in one place: the sealing trigger and ``verify_audit`` both call it."""

from django.db import migrations

CREATE = """
CREATE FUNCTION audit_entry_digest(entry audit_auditentry) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT encode(sha256(convert_to(concat_ws(E'\\x1f',
        entry.previous, entry.chain, entry.sequence::text, entry.verb,
        COALESCE(entry.person_id::text, ''), entry.person_name, entry.post,
        COALESCE(entry.organisation_id::text, ''), COALESCE(entry.file_id::text, ''),
        entry.summary, entry.payload::text, entry.request_id,
        to_char(entry.occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
        to_char(entry.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US')
    ), 'UTF8')), 'hex')
$$
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_initial")]

    operations = [
        migrations.RunSQL(CREATE, reverse_sql="DROP FUNCTION audit_entry_digest(audit_auditentry)"),
    ]
