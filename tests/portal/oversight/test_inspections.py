"""The county looks at a town's document work; what it found is put right within a limit."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.jobs import queue
from portal.jobs.models import Job
from portal.moment import clock_set_to
from portal.oversight.inspecting.effects import PAPER_JOB, RECTIFY
from portal.oversight.inspecting.recording import open_inspection
from portal.oversight.inspecting.workflow import Stage
from portal.oversight.models import Inspection
from portal.workflow.perform import perform
from portal.workflow.refusals import NotAuthorised, StepRefused
from tests.portal.oversight import filings, inspections

LIST = "/county/inspections/"


def page(inspection) -> str:
    return f"/staff/cases/{inspection.public_id}/inspection/"


def test_it_is_written_down_on_its_page(world, as_person):
    filing = filings.submitted(world)
    county = as_person("county_reviewer")
    with clock_set_to(inspections.DAY):
        assert county.post(f"{LIST}new/", {"town": "longtan"}).status_code == 422
        typed = {"town": "longtan", "kind": "key", "inspected_on": "2026-09-22", "inspectors": "林𠮷", "scope_text": ""}
        work = county.post(f"{LIST}new/", typed)["Location"]
        assert county.post(work, {"act": "documents"}).status_code == 422
        named = {"act": "documents", "files": [str(filing.subject.public_id)], "others": "老办法\n"}
        assert county.post(work, named).status_code == 302
        assert county.post(work, {"act": "summary", "summary": "抽查两件。"}).status_code == 302
        assert county.post(work, {"act": "add", "problem": "没有公布。"}).status_code == 422
        problem = {"act": "add", "problem": "没有公布。", "basis": "37号", "demand": "公布。", "document": "老办法"}
        assert county.post(work, problem).status_code == 302
        shown = county.get(work).content.decode()
    inspection = Inspection.objects.get()
    assert inspection.looked_at.count() == 2
    assert filing.subject.title in shown
    assert "没有公布。" in shown
    assert inspection.title in county.get(LIST).content.decode()
    assert as_person("county_reviewer").post(page(inspection), {"act": "take_back", "finding": "1"}).status_code == 302
    assert not inspection.findings.exists()


def test_the_town_reads_it_once_the_opinion_is_issued(world, as_person):
    inspection = inspections.with_finding(world)
    town = as_person("lt_clerk")
    assert town.get(page(inspection)).status_code == 404
    with clock_set_to(inspections.DAY):
        perform(inspection, "issue", by=world["county_reviewer"], data=inspections.LIMIT)
        assert "制定说明没有写明" in town.get(page(inspection)).content.decode()
        assert as_person("qh_clerk").get(page(inspection)).status_code == 404


def test_the_town_answers_within_the_limit_that_the_opinion_states(world, as_person):
    inspection = inspections.issued(world)
    clock = inspection.deadlines.get(code=RECTIFY)
    assert (clock.effective_end, inspection.opinion_number) == (inspections.UNTIL, "云司文检〔2026〕1号")
    town = as_person("lt_clerk")
    with clock_set_to(inspections.DAY):
        assert town.post(page(inspection), {"act": "answer", "finding": "1", "answer": ""}).status_code == 422
        assert town.post(page(inspection), {"act": "answer", "finding": "1", "answer": "已改。"}).status_code == 302
        inspection = perform(inspection, "answer", by=world["lt_clerk"])
    assert inspection.stage == Stage.CHECKING
    assert inspection.deadlines.get(code=RECTIFY).state == "met"


def test_what_is_not_put_right_is_answered_anew(world):
    inspection = inspections.answered(world)
    with clock_set_to(inspections.DAY):
        inspection = perform(
            inspection, "reject", by=world["county_supervisor"], note="没有重新公布", data=inspections.LIMIT
        )
    assert inspection.stage == Stage.RECTIFYING
    finding = inspection.findings.get()
    assert (finding.answered_at, finding.answer) == (None, "已补充说明并重新报送。")
    assert inspection.deadlines.filter(code=RECTIFY, state="running").count() == 1


def test_a_limit_lies_ahead(world):
    inspection = inspections.with_finding(world)
    with clock_set_to(inspections.DAY), pytest.raises(StepRefused, match="晚于今天"):
        perform(inspection, "issue", by=world["county_reviewer"], data={"until": inspections.DAY})


def test_what_was_issued_is_not_rewritten(world):
    inspection = inspections.issued(world)
    with pytest.raises(StepRefused, match="记录不能修改"):
        inspections.found(inspection, world)


def test_a_town_does_not_inspect(world, as_person):
    with pytest.raises(NotAuthorised):
        open_inspection(
            by=world["lt_clerk"], town=world.longtan, kind="routine", inspected_on=inspections.DAY, inspectors="王建国"
        )
    assert as_person("lt_clerk").get(LIST).status_code == 403
    assert as_person("lt_head").get(f"{LIST}new/").status_code == 403


def test_the_opinion_is_set_as_paper(world):
    inspection = inspections.issued(world)
    with clock_set_to(inspections.DAY):
        job = queue.run(Job.objects.get(kind=PAPER_JOB, key=str(inspection.pk)).pk)
    assert job.state == Job.State.DONE, job.message
    assert inspection.documents.filter(slot="in_opinion").count() == 2


def test_the_list_asks_as_often_for_many_as_for_one(world, as_person):
    inspections.with_finding(world)
    county = as_person("county_reviewer")
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            county.get(reverse("oversight:inspections"))
        counts.append(len(queries))
        for town in ("qinghe", "baishi", "dongcheng"):
            inspections.opened(world, town)
    assert counts[0] == counts[1]
