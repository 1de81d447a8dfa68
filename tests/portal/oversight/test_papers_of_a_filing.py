"""Papers of a filing are set by the worker, as PDF and DOCX, and lie where both sides find them."""

from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from normative_docs.papers import OPINION, REPORT
from portal.documents.attach import attach
from portal.documents.models import DocumentVersion
from portal.jobs import queue
from portal.jobs.models import Job
from portal.moment import clock_set_to
from portal.oversight.effects import ask_for_paper
from portal.oversight.filing import collect_papers
from portal.oversight.models import Filing
from portal.oversight.papers import compose
from portal.workflow.perform import perform
from portal.workflow.refusals import StepRefused
from tests.portal.oversight import filings

DAY = date(2026, 9, 28)


def run_jobs():
    """What the worker would do."""
    return [queue.run(pk) for pk in queue.waiting().values_list("pk", flat=True)]


def text_of(filing, slot, extension="pdf"):
    versions = DocumentVersion.objects.filter(document__file_id=filing.pk, document__slot=slot)
    return next(v.text for v in versions.order_by("-pk") if v.extension == extension).replace("\n", "")


def test_the_covering_report_goes_upward_with_its_signer(world):
    filing = filings.prepared(world)
    with clock_set_to(DAY):
        ask_for_paper(filing, REPORT, world["lt_clerk"])
        ask_for_paper(filing, REPORT, world["lt_clerk"])
        (done,) = run_jobs()
    assert (done.state, done.message) == (Job.State.DONE, "已完成")
    for extension in ("pdf", "docx"):
        text = text_of(filing, "fl_report", extension)
        for words in ("龙政报〔2026〕1号", "签发人", "杨振华", "云溪县人民政府", "特此报告", "2026年9月28日"):
            assert words in text


def test_a_report_made_again_keeps_its_number(world):
    filing = filings.prepared(world)
    with clock_set_to(DAY):
        first = compose(filing, "fl_report").number
    assert compose(Filing.objects.get(pk=filing.pk), "fl_report").number == first == "龙政报〔2026〕1号"


def test_the_report_lists_what_is_enclosed(world):
    filing = filings.prepared(world)
    filings.fill(filing, world["lt_clerk"])
    assert compose(filing, "fl_report").attachment_notes() == ["1. 正式文本", "2. 制定说明", "3. 制定依据"]


def test_papers_at_hand_are_taken_over_from_the_documents_file(world):
    filing = filings.prepared(world)
    clerk = world["lt_clerk"]
    for slot in ("nd_final_text", "nd_notes", "nd_basis", "lr_opinion_letter"):
        attach(filing.subject, slot, ContentFile(f"{slot} 的内容".encode(), name=f"{slot}.txt"), clerk)
    assert collect_papers(filing, by=clerk) == 4
    slots = set(filing.documents.values_list("slot", flat=True))
    assert slots == {"fl_text", "fl_notes", "fl_basis", OPINION.code}
    assert collect_papers(filing, by=clerk) == 0


def test_acceptance_brings_a_receipt_that_both_sides_can_open(world):
    filing = filings.accepted(world)
    run_jobs()
    text = text_of(filing, "fl_receipt")
    assert "云府备〔2026〕1号" in text
    assert "在报备期限内报送" in text
    version = DocumentVersion.objects.get(document__file_id=filing.pk, document__slot="fl_receipt", document__title="")
    address = f"/staff/files/{version.document.public_id}/{version.number}/{version.name}"
    for username, status in (("lt_clerk", 200), ("county_reviewer", 200), ("qh_clerk", 404)):
        client = Client()
        client.force_login(world[username], backend="django.contrib.auth.backends.ModelBackend")
        assert client.get(address).status_code == status


def test_a_return_is_told_in_a_notice_that_names_everything(world):
    filing = filings.submitted(world)
    with clock_set_to(DAY):
        until = date(2026, 10, 12)
        perform(
            filing,
            "return_papers",
            by=world["county_reviewer"],
            data={"reason": "缺少依据文本第三件。", "until": until},
        )
        run_jobs()
    text = text_of(filing, "fl_return_notice")
    assert "缺少依据文本第三件。" in text
    assert "2026年10月12日前补正" in text


def test_the_opinion_states_each_finding_and_the_limit(world):
    filing = filings.to_be_corrected(world)
    run_jobs()
    text = text_of(filing, "fl_review_opinion")
    for words in ("云府备审〔2026〕1号", "（一）第二条", "（二）第三条", "行政处罚法", "限期修改", "书面报告"):
        assert words in text


def test_a_recorded_filing_closes_when_its_opinion_lies_in_it(world):
    filing = filings.recorded(world)
    assert not Filing.objects.get(pk=filing.pk).is_closed
    run_jobs()
    closed = Filing.objects.get(pk=filing.pk)
    assert closed.is_closed
    assert closed.last_record().code == "archive"
    assert closed.documents.filter(slot="fl_review_opinion").count() == 2


def test_after_a_correction_the_conclusion_closes_the_filing(world):
    filing = filings.to_be_corrected(world)
    with clock_set_to(DAY):
        filings.answer_all(filing, world["lt_clerk"])
        filing = perform(filing, "answer", by=world["lt_clerk"])
        perform(filing, "accept_answer", by=world["county_supervisor"])
        run_jobs()
    assert "整改到位，准予备案" in text_of(filing, "fl_conclusion")
    assert Filing.objects.get(pk=filing.pk).is_closed


@pytest.mark.parametrize("slot", ["fl_receipt", "fl_return_notice", "fl_review_opinion", "fl_conclusion", "fl_text"])
def test_a_paper_that_the_file_does_not_bear_out_is_not_made(world, slot):
    with pytest.raises(StepRefused):
        compose(filings.prepared(world), slot)
