"""The town sees on one page what to hand in, makes its report and answers the county."""

from django.urls import reverse

from portal.jobs.models import Job
from portal.workflow.perform import perform
from tests.portal.oversight import filings


def page(filing):
    return reverse("oversight:staff-filing", kwargs={"public_id": filing.public_id})


def test_the_checklist_names_the_four_papers(world, as_person):
    filing = filings.prepared(world)
    shown = as_person("lt_clerk").get(page(filing)).content.decode()
    for label in ("备案报告", "正式文本", "制定说明", "制定依据"):
        assert label in shown
    assert "还缺 4 件" in shown
    assert "2026-10-08" in shown


def test_the_report_is_asked_for_with_one_button(world, as_person):
    filing = filings.prepared(world)
    clerk = as_person("lt_clerk")
    assert clerk.post(page(filing), {"act": "report"}).status_code == 302
    job = Job.objects.get(kind="oversight.paper")
    assert job.asked_by == world["lt_clerk"]
    assert job.label in clerk.get(page(filing)).content.decode()
    part = clerk.get(reverse("oversight:paper-job", args=[filing.public_id, job.public_id]))
    assert "等待中" in part.content.decode()


def test_no_report_is_made_once_it_is_submitted(world, as_person):
    filing = filings.submitted(world)
    assert as_person("lt_clerk").post(page(filing), {"act": "report"}).status_code == 409


def test_the_county_changes_nothing_on_the_towns_page(world, as_person):
    filing = filings.accepted(world)
    assert as_person("county_reviewer").post(page(filing), {"act": "collect"}).status_code == 403


def test_a_finding_is_answered_on_the_page(world, as_person):
    filing = filings.to_be_corrected(world)
    clerk = as_person("lt_clerk")
    wrong = clerk.post(page(filing), {"act": "answer", "finding": "1", "answer": "amended", "answer_text": ""})
    assert wrong.status_code == 422
    assert "id_1_answer_text" in wrong.content.decode()
    right = {"act": "answer", "finding": "1", "answer": "amended", "answer_text": "已修改第二条。"}
    assert clerk.post(page(filing), right).status_code == 302
    assert filing.findings.get(number=1).answer_text == "已修改第二条。"
    assert "已修改第二条。" in clerk.get(page(filing)).content.decode()


def test_a_returned_filing_says_why_and_until_when(world, as_person):
    filing = filings.submitted(world)
    perform(filing, "return_papers", by=world["county_reviewer"], data={"reason": "缺依据文本。", "until": None})
    assert "缺依据文本。" in as_person("lt_clerk").get(page(filing)).content.decode()


def test_a_withdrawn_filing_is_opened_again_from_its_page(world, as_person):
    filing = filings.prepared(world)
    perform(filing, "withdraw", by=world["lt_clerk"], note="重新公布后再报。")
    clerk = as_person("lt_clerk")
    assert "重新报备" in clerk.get(page(filing)).content.decode()
    assert clerk.post(page(filing), {"act": "reopen"}).status_code == 302
    assert filing.subject.filings.count() == 2
    assert clerk.post(page(filing), {"act": "reopen"}).status_code == 409


def test_the_case_page_shows_the_filing_and_its_findings(world, as_person):
    filing = filings.to_be_corrected(world)
    shown = as_person("lt_clerk").get(f"/staff/cases/{filing.public_id}/").content.decode()
    for words in ("云府备〔2026〕1号", "按期报送", "审查意见和整改", "设定了行政处罚。", "2026-10-08"):
        assert words in shown


def test_the_register_is_narrowed_by_punctuality(world, as_person):
    filings.submitted(world)
    filings.prepared(world, title="龙潭镇另一件办法")
    clerk = as_person("lt_clerk")
    assert clerk.get(reverse("oversight:staff-filings")).status_code == 302
    shown = clerk.get("/staff/registers/filings/?on_time=yes").content.decode()
    assert "村级公共设施" in shown
    assert "另一件办法" not in shown
    assert "另一件办法" in clerk.get("/staff/registers/filings/?on_time=open").content.decode()
