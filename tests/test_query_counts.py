"""A page asks the database as often for many rows as for few, and stays within its budget."""

from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.test import Client

from normative_docs.demo import texts
from normative_docs.demo.journey import Journey
from portal.casefiles.models import CaseFile
from portal.consultation.models import PublicConsultation
from portal.demo.walking import cast_of
from portal.documents.attach import attach
from portal.moment import now, today
from portal.workflow.models import WorkItem
from tests.bulk import FIRST, load_documents
from tests.plans import scanned, statements_of
from tests.portal.oversight.filings import submitted

FEW, MANY = 2, 60


@pytest.fixture
def load_only(world, as_owner):
    """Put that many documents on file and before the public."""

    def loaded(count: int) -> None:
        with as_owner(), connection.cursor() as cursor:
            load_documents(cursor, count, [world.longtan], world["lt_clerk"])

    return loaded


@pytest.fixture
def load(world, load_only):
    """The same, each waiting for the clerk and open for comment."""

    def loaded(count: int) -> None:
        load_only(count)
        files = CaseFile.objects.filter(pk__gt=FIRST)
        WorkItem.objects.bulk_create(
            WorkItem(
                file=file, organisation=world.longtan, authority="normative_docs.draft", stage_label="起草",
                opened_at=now(),
            )
            for file in files
        )  # fmt: skip
        PublicConsultation.objects.bulk_create(
            PublicConsultation(
                file=file, title=file.title, summary="征求意见", draft_text="第一条", notes_text="说明",
                opened_on=today(), closes_on=today() + timedelta(days=30), minimum_end=today() + timedelta(days=30),
                rule_basis="依据", contact_unit="党政办", contact_phone="0000-6128001", opened_by=world["lt_clerk"],
            )
            for file in files
        )  # fmt: skip

    return loaded


def asked(world, username: str, path: str) -> list[str]:
    """Statements of the page, in a session that has been used before."""
    client = Client()
    if username:
        client.force_login(world[username], backend="django.contrib.auth.backends.ModelBackend")

    def page():
        cache.clear()
        return client.get(path)

    page()
    statements, answer = statements_of(page)
    assert answer.status_code == 200
    return statements


def counted_for(rows: int, fill, world, username: str, path: str) -> int:
    with transaction.atomic():
        fill(rows)
        count = len(asked(world, username, path))
        transaction.set_rollback(True)
    return count


@pytest.mark.parametrize(
    ("username", "path", "budget"),
    [
        ("lt_clerk", "/staff/", 12),
        ("lt_clerk", "/staff/cases/", 12),
        ("lt_clerk", "/staff/registers/normative_docs/", 14),
        ("lt_clerk", "/api/v1/normative-documents/", 12),
        ("", "/docs/", 6),
        ("", "/consultations/", 6),
        ("", "/search/?q=管理", 6),
    ],
)
def test_a_list_asks_as_often_for_many_rows_as_for_few(world, load, username, path, budget):
    few, many = (counted_for(rows, load, world, username, path) for rows in (FEW, MANY))
    assert many == few
    assert many <= budget


def test_the_inbox_of_the_county_asks_as_often_for_many_filings_as_for_few(world):
    def fill(rows):
        for number in range(rows):
            submitted(world, title=f"龙潭镇公共设施管护办法（第{number}件）")

    few, many = (counted_for(rows, fill, world, "county_reviewer", "/county/filings/") for rows in (1, 4))
    assert many == few
    assert many <= 14


def test_a_case_page_asks_as_often_for_many_papers_as_for_few(world):
    journey = Journey(cast_of(world, "longtan"), texts.parking("龙潭镇"), date(2026, 6, 1))
    document = journey.open()

    def fill(rows):
        for number in range(rows):
            attach(document, "other", ContentFile(b"paper", name=f"{number}.txt"), world["lt_clerk"])

    path = f"/staff/cases/{document.public_id}/"
    few, many = (counted_for(rows, fill, world, "lt_clerk", path) for rows in (1, 6))
    assert many == few
    assert many <= 24


def test_no_plan_reads_a_large_table_from_end_to_end(world, load_only):
    found = {}
    with transaction.atomic():
        load_only(3_000)
        for path in ("/docs/", "/docs/?organisation=longtan", "/search/?q=管理", "/search/?q=古井保护"):
            statements = asked(world, "", path)
            with connection.cursor() as cursor:
                found[path] = scanned(cursor, statements)
        transaction.set_rollback(True)
    assert not any(found.values()), found
