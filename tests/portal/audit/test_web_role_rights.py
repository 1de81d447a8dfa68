"""What the web role may do: read and write the year's work, add to the evidence, and never change or remove it."""

import psycopg2
import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from portal.audit.management.commands.grant_web_role import append_only_tables
from portal.supervisor.layout import WEB_ROLE


def rights(table):
    """Return which rights the web role has on a table."""
    words = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "TRIGGER", "REFERENCES")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT right_name FROM unnest(%s) AS right_name WHERE has_table_privilege(%s, %s, right_name)",
            [list(words), WEB_ROLE, table],
        )
        return {row[0] for row in cursor.fetchall()}


@pytest.mark.django_db
def test_evidence_may_only_be_read_and_added_to():
    assert "audit_auditentry" in append_only_tables()
    for table in append_only_tables():
        assert rights(table) == {"SELECT", "INSERT"}, table


@pytest.mark.django_db
def test_ordinary_rows_may_be_written_but_tables_not_altered():
    assert rights("casefiles_casefile") == {"SELECT", "INSERT", "UPDATE", "DELETE"}


@pytest.mark.django_db
def test_the_record_of_the_schema_may_only_be_read():
    assert rights("django_migrations") == {"SELECT"}


@pytest.mark.django_db
def test_the_web_role_owns_nothing():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_class WHERE pg_get_userbyid(relowner) = %s", [WEB_ROLE])
        assert cursor.fetchone() == (0,)


@pytest.mark.django_db
def test_tests_run_with_the_web_roles_rights(as_owner):
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE audit_auditentry")
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege('audit_auditentry', 'TRUNCATE')")
        assert cursor.fetchone() == (True,)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_auditentry SET id = id",
        "DELETE FROM audit_auditentry",
        "TRUNCATE audit_auditentry",
        "ALTER TABLE audit_auditentry DISABLE TRIGGER ALL",
        "DROP TABLE audit_auditentry",
        "CREATE TABLE mine (id int)",
        "SET session_replication_role = replica",
    ],
)
def test_plain_sql_past_the_programme_is_refused(web_role_connection, statement):
    with pytest.raises(psycopg2.errors.InsufficientPrivilege), web_role_connection.cursor() as cursor:
        cursor.execute(statement)
