"""When the county records a filing, the document's own way ends; any other kind of filing goes the same way."""

from datetime import date

import pytest

from normative_docs.demo import texts
from normative_docs.demo.journey import Journey
from normative_docs.models import NormativeDocument
from portal.demo.walking import cast_of
from portal.documents.slots import PaperSlot
from portal.moment import clock_set_to
from portal.oversight.filing import open_filing
from portal.oversight.kinds import FilingKind, filing_kinds
from portal.oversight.workflow import Stage
from portal.workflow.models import WorkItem
from portal.workflow.perform import perform
from tests.portal.oversight import filings


@pytest.fixture
def catalogue():
    """Another kind, as an app would register it: one paper, no limit, no report, no texts of its own (K1)."""
    basis = "重大行政决策程序暂行条例 第三条"
    kind = FilingKind(
        code="test_catalogue",
        label="决策事项目录报送",
        basis=basis,
        recipient="县级人民政府",
        papers=(PaperSlot("test_catalogue_text", "目录文本", basis),),
        receipt_series="目备",
    )
    yield filing_kinds.register(kind)
    filing_kinds.withdraw(kind.code)


def test_a_published_document_opens_its_filing_with_papers_and_a_due_date(world):
    journey = Journey(cast_of(world, "longtan"), texts.housing(), date(2026, 3, 2))
    journey.walk("publish")
    filing = journey.filing
    slots = set(filing.documents.values_list("slot", flat=True))
    assert {"fl_text", "fl_notes", "fl_basis"} <= slots
    assert filing.subject_number == journey.document.document_number
    item = WorkItem.objects.get(file_id=filing.pk, closed_at__isnull=True)
    assert item.deadline == filing.subject.deadlines.get(code="nd_filing")


def test_the_document_is_filed_when_the_county_records_it(world):
    journey = Journey(cast_of(world, "longtan"), texts.housing(), date(2026, 3, 2))
    journey.walk("record")
    document = NormativeDocument.objects.get(pk=journey.document.pk)
    assert document.stage == "filed"
    assert document.last_record().performed_by is None


def test_another_kind_goes_the_same_way_without_clocks_or_texts_of_its_own(world, catalogue):
    clerk, reviewer = world["lt_clerk"], world["county_reviewer"]
    with clock_set_to(date(2026, 3, 2)):
        filing = open_filing(filings.document(world), catalogue.code, by=clerk)
        filings.hand_in(filing, catalogue.papers[0], clerk)
        for code, person in (("submit", clerk), ("accept", reviewer)):
            filing = perform(filing, code, by=person)
        filing = perform(filing, "record", by=reviewer, data={"opinion": "准予备案。"})
    assert filing.stage == Stage.RECORDED
    assert filing.receipt_number == "云府目备〔2026〕1号"
    assert not filing.deadlines.exists()
    assert filing.is_on_time is None
