"""What PostgreSQL itself refuses, by plain SQL with the rights of the web role."""

import pytest
from django.db import Error, connection, transaction

from normative_docs.models import NormativeDocument
from portal.oversight.models import Filing
from portal.workflow.perform import perform
from tests.normative_docs.scenarios import begin

TABLE = "normative_docs_normativedocument"


def _refused(sql, *arguments):
    """The statement fails at once or at the end of its transaction."""
    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, arguments)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.fixture
def drafted(world):
    journey = begin(world)
    journey.open()
    return journey


def test_an_undeclared_arc_is_refused(drafted):
    _refused(f"UPDATE {TABLE} SET stage = 'filed' WHERE casefile_ptr_id = %s", drafted.document.pk)


def test_a_declared_arc_without_its_record_is_refused(drafted):
    _refused(f"UPDATE {TABLE} SET stage = 'consultation' WHERE casefile_ptr_id = %s", drafted.document.pk)


def test_an_update_through_the_orm_is_refused_too(drafted):
    with pytest.raises(Error), transaction.atomic():
        NormativeDocument.objects.filter(pk=drafted.document.pk).update(stage="consultation")
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_row_that_does_not_start_at_the_beginning_is_refused(drafted):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT column_name FROM information_schema.columns WHERE table_name = '{TABLE}'")
        columns = [row[0] for row in cursor.fetchall() if row[0] not in ("stage", "casefile_ptr_id")]
    names = ", ".join(f'"{column}"' for column in columns)
    _refused(
        f"INSERT INTO {TABLE} (casefile_ptr_id, stage, {names}) SELECT 999999, 'filed', {names} FROM {TABLE} "
        "WHERE casefile_ptr_id = %s",
        drafted.document.pk,
    )


def test_records_of_steps_never_change(world):
    journey = begin(world)
    journey.walk("consult")
    record = journey.document.last_record()
    for statement in (
        "UPDATE workflow_transitionrecord SET note = 'x' WHERE id = %s",
        "DELETE FROM workflow_transitionrecord WHERE id = %s",
    ):
        _refused(statement, record.pk)


def test_nothing_is_past_deliberation_without_a_lawful_opinion(world):
    journey = begin(world)
    journey.walk("deliberate")
    _refused(f"UPDATE {TABLE} SET lawful_review_id = NULL WHERE casefile_ptr_id = %s", journey.document.pk)


def test_an_opinion_of_another_file_is_no_opinion(world):
    journey, other = begin(world), begin(world, town="qinghe")
    journey.walk("deliberate")
    other.walk("deliberate")
    _refused(
        f"UPDATE {TABLE} SET lawful_review_id = %s WHERE casefile_ptr_id = %s",
        other.document.lawful_review_id, journey.document.pk,
    )  # fmt: skip


def test_an_issued_document_keeps_its_numbers(world):
    journey = begin(world)
    journey.walk("sign")
    for column in ("document_number", "registration_number"):
        _refused(f"UPDATE {TABLE} SET {column} = '' WHERE casefile_ptr_id = %s", journey.document.pk)


def test_nothing_is_filed_twice(world):
    journey = begin(world)
    journey.walk("publish")
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'filed_once'")
        assert "UNIQUE" in cursor.fetchone()[0]
    assert Filing.objects.filter(subject_id=journey.document.pk).count() == 1


def test_a_closed_file_is_not_edited(drafted, world):
    with drafted.on():
        perform(drafted.document, "terminate", by=world["lt_head"], note="不再需要")
    _refused(f"UPDATE {TABLE} SET topic = 'x' WHERE casefile_ptr_id = %s", drafted.document.pk)
    _refused("UPDATE casefiles_casefile SET title = 'x' WHERE id = %s", drafted.document.pk)


def test_a_file_is_never_deleted(drafted):
    _refused("DELETE FROM casefiles_casefile WHERE id = %s", drafted.document.pk)


def test_an_issued_opinion_never_changes(world):
    journey = begin(world)
    journey.walk("opinion")
    _refused("UPDATE legal_review_legalityreview SET opinion = 'x' WHERE file_id = %s", journey.document.pk)


def test_sealed_minutes_never_change(world):
    journey = begin(world)
    journey.walk("deliberate")
    for statement in (
        "UPDATE meetings_statement SET words = 'x'", "DELETE FROM meetings_attendance",
        "UPDATE meetings_meeting SET place = 'x'", "UPDATE meetings_deliberationitem SET decision = 'x'",
    ):  # fmt: skip
        _refused(statement)


def test_a_citizens_words_never_change(world):
    journey = begin(world)
    journey.walk("consult", comments=(("第二条", "意见", ""),))
    _refused("UPDATE consultation_publiccomment SET content = 'x'")
