"""Figures counted in case files: the files behind them, and how PostgreSQL is asked for these."""

from datetime import date
from decimal import Decimal

import pytest

from normative_docs.models import NormativeDocument
from portal.casefiles.figures import among, counted, files_behind, share
from tests.portal.reports.desk import record_document

pytestmark = pytest.mark.django_db


@pytest.fixture
def documents(world):
    for number in (1, 2, 3):
        record_document(world, on=date(2025, 5, number), number=f"龙政规〔2025〕{number}号")
    return NormativeDocument.objects.order_by("pk")


@pytest.fixture
def first(documents):
    return documents.filter(document_number="龙政规〔2025〕1号")


def test_a_count_opens_onto_the_files_that_were_counted(documents, first):
    assert (counted(first).value, [file.title for file in counted(first).files]) == (1, [first.get().title])
    assert counted(documents).value == counted(documents).files.count() == 3


def test_a_share_names_those_that_fall_short(documents, first):
    figure = share(documents, first)
    assert (figure.value, figure.of) == (Decimal("33.3"), 3)
    assert figure.files.count() == 3
    assert set(figure.short.values_list("pk", flat=True)) == set(documents.values_list("pk", flat=True)[1:])


def test_nothing_to_count_is_no_share(db):
    nothing = NormativeDocument.objects.none()
    assert share(nothing, nothing).value is None
    assert not counted(nothing).files


def test_keys_at_hand_serve_as_well_as_a_query_of_them(documents, first):
    assert list(files_behind([first.get().pk])) == list(files_behind(first.values("pk")))


def test_the_keys_are_read_once_before_the_files_are_sought(documents):
    """Unfolded into one join it took a second for each figure while statistics lagged behind."""
    plan = files_behind(documents.filter(stage="recorded").values("pk")).explain()
    assert "ANY ((InitPlan 1)" in plan
    assert "Join" not in plan


def test_a_condition_on_keys_reads_them_first_too(documents, first):
    base = NormativeDocument.objects.filter(organisation__path__startswith="yunxi/")
    ended = first.filter(organisation__path__startswith="yunxi/").values("pk")
    assert list(base.filter(among(ended))) == list(first)
    assert "ANY ((InitPlan 1)" in base.filter(among(ended)).explain()


def test_where_nothing_is_counted_no_file_is_sought(documents, django_assert_num_queries):
    none = documents.filter(document_number="")
    with django_assert_num_queries(1):
        assert not counted(none).files
    with django_assert_num_queries(1):
        figure = share(none, none)
        assert not figure.files
        assert not figure.short
