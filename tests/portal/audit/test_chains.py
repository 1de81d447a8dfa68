"""The chains prove themselves: forgery, removal, insertion, reordering and a cut tail are all found."""

from itertools import pairwise

import pytest
from django.db import ProgrammingError, connection, transaction
from django.db.utils import InternalError

from portal.audit import verbs
from portal.audit.models import AuditEntry
from portal.audit.record import record
from portal.audit.verification import make_anchor, verify

REFUSED = (ProgrammingError, InternalError)


@pytest.fixture
def entries(world):
    return [
        record(verbs.EDITED, by=world["lt_clerk"], organisation=world.longtan, summary=f"第 {n} 次") for n in range(5)
    ]


def _tamper(as_owner, sql, *arguments):
    """What somebody with the owner's password could do: switch the guards off and write."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE audit_auditentry DISABLE TRIGGER USER")
        cursor.execute(sql, arguments)
        cursor.execute("ALTER TABLE audit_auditentry ENABLE TRIGGER USER")


def test_entries_of_a_chain_are_numbered_and_linked(entries):
    chain = list(AuditEntry.objects.filter(chain=entries[0].chain).order_by("sequence"))
    assert [entry.sequence for entry in chain] == list(range(1, len(chain) + 1))
    assert all(later.previous == earlier.digest for earlier, later in pairwise(chain))


def test_an_untouched_record_is_whole(entries):
    assert verify().is_whole


def test_a_forged_entry_is_named(entries, as_owner):
    _tamper(as_owner, "UPDATE audit_auditentry SET summary = '改过' WHERE id = %s", entries[2].pk)
    faults = verify().faults
    assert faults[0].entry == entries[2].pk
    assert "摘要值不符" in faults[0].what


def test_a_removed_entry_is_found_at_its_successor(entries, as_owner):
    _tamper(as_owner, "DELETE FROM audit_auditentry WHERE id = %s", entries[2].pk)
    assert verify().faults[0].entry == entries[3].pk


def test_reordered_entries_are_found(entries, as_owner):
    first, second = entries[1], entries[2]
    first.refresh_from_db()
    second.refresh_from_db()
    _tamper(
        as_owner,
        "UPDATE audit_auditentry SET sequence = -sequence WHERE id IN (%s, %s)", first.pk, second.pk,
    )  # fmt: skip
    assert not verify().is_whole


def test_a_cut_tail_is_caught_by_the_anchor(entries, as_owner):
    make_anchor()
    assert verify().is_whole
    _tamper(as_owner, "DELETE FROM audit_auditentry WHERE id = %s", entries[-1].pk)
    result = verify()
    assert [fault.chain for fault in result.faults] == ["anchor"]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_auditentry SET summary = 'x'",
        "DELETE FROM audit_auditentry",
        "TRUNCATE audit_auditentry CASCADE",
        "ALTER TABLE audit_auditentry DISABLE TRIGGER USER",
        "UPDATE audit_anchor SET digest = ''",
    ],
)
def test_the_web_role_can_change_nothing(entries, statement):
    with pytest.raises(REFUSED), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit_auditentry SET summary = 'x'", "DELETE FROM audit_auditentry", "TRUNCATE audit_auditentry CASCADE"],
)
def test_even_the_owner_is_refused_by_the_guards(entries, as_owner, statement):
    with pytest.raises(REFUSED), transaction.atomic(), as_owner(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_an_act_that_is_rolled_back_leaves_no_entry(world):
    before = AuditEntry.objects.count()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        record(verbs.EDITED, by=world["lt_clerk"], organisation=world.longtan)
        raise ZeroDivisionError
    assert AuditEntry.objects.count() == before


def test_a_verb_outside_the_vocabulary_is_refused(world):
    with pytest.raises(ValueError, match="not declared"):
        record("file.vanished", by=world["lt_clerk"])


def test_the_entry_names_the_post_of_that_day(entries):
    assert entries[0].person_name == "王建国"
    assert entries[0].post == "党政办主任"
