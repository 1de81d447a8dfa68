"""The county reads, ticks off, writes findings and decides on one screen."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from portal.documents.attach import attach
from portal.oversight.models import FilingFinding, FindingDraft
from tests.portal.oversight import filings

TYPED = {
    "clause": "第三条",
    "fault": "power",
    "problem": "设定了行政处罚。",
    "basis": "行政处罚法 第十六条",
    "suggestion": "删去。",
}


def page(filing, **query):
    address = reverse("oversight:county-filing", kwargs={"public_id": filing.public_id})
    return address + ("?" + "&".join(f"{key}={value}" for key, value in query.items()) if query else "")


def test_the_county_sees_nothing_before_the_first_submission(world, as_person):
    filing = filings.prepared(world)
    county = as_person("county_reviewer")
    assert county.get(page(filing)).status_code == 404
    assert county.get(f"/staff/cases/{filing.public_id}/").status_code == 404
    assert filing.subject.title not in county.get(reverse("oversight:county-filings")).content.decode()


@pytest.mark.parametrize("username", ["qh_clerk", "qh_legal", "qh_head"])
def test_another_town_finds_no_such_filing(world, as_person, username):
    filing = filings.accepted(world)
    stranger = as_person(username)
    assert stranger.get(f"/staff/cases/{filing.public_id}/filing/").status_code == 404
    assert stranger.post(f"/staff/cases/{filing.public_id}/filing/", {"act": "report"}).status_code == 404
    assert stranger.get(f"/staff/cases/{filing.public_id}/").status_code == 404
    assert stranger.get(page(filing)).status_code == 403


def test_the_text_is_shown_against_its_previous_version(world, as_person):
    filing = filings.accepted(world)
    changed = filings.ARTICLES.replace("本镇行政区域", "全镇各村")
    attach(filing, "fl_text", ContentFile(changed.encode(), name="正式文本.txt"), world["lt_clerk"])
    shown = as_person("county_reviewer").get(page(filing)).content.decode()
    assert "对照第 1 版" in shown
    assert "<ins>" in shown
    assert "<del>" in shown


def test_a_finding_is_written_down_and_marks_its_article(world, as_person):
    filing = filings.accepted(world)
    county = as_person("county_reviewer")
    answer = county.post(page(filing), {"act": "add", **TYPED})
    assert answer.status_code == 302
    finding = filing.findings.get()
    assert (finding.clause, finding.found_by) == ("第三条", world["county_reviewer"])
    assert "<mark>第三条" in county.get(page(filing)).content.decode()


def test_an_incomplete_finding_keeps_what_was_typed(world, as_person):
    filing = filings.accepted(world)
    answer = as_person("county_reviewer").post(page(filing), {"act": "add", **TYPED, "basis": ""})
    assert answer.status_code == 422
    assert "请填写依据" in answer.content.decode()
    assert "设定了行政处罚。" in answer.content.decode()
    assert not filing.findings.exists()


def test_the_draft_saves_itself_and_says_when(world, as_person):
    filing = filings.accepted(world)
    county = as_person("county_reviewer")
    saved = county.post(page(filing), {"act": "draft", "problem": "写到一半"}, headers={"HX-Request": "true"})
    assert saved.content.decode().startswith("已保存 ")
    assert "写到一半" in county.get(page(filing)).content.decode()
    assert not FilingFinding.objects.exists()


def test_the_draft_is_saved_without_script_too(world, as_person):
    filing = filings.accepted(world)
    assert as_person("county_reviewer").post(page(filing), {"act": "draft", **TYPED}).status_code == 302
    assert FindingDraft.objects.get(filing=filing).problem == TYPED["problem"]


def test_a_stock_phrase_fills_the_form_and_keeps_the_clause(world, as_person):
    filing = filings.accepted(world)
    as_person("county_reviewer").post(page(filing), {"phrase": "fee", "clause": "第二条"})
    draft = FindingDraft.objects.get(filing=filing)
    assert (draft.clause, draft.fault) == ("第二条", "power")
    assert "收费" in draft.suggestion


def test_papers_are_ticked_off_by_form_and_by_htmx(world, as_person):
    filing = filings.accepted(world)
    keys = [str(paper.public_id) for paper in filing.documents.all()]
    county = as_person("county_reviewer")
    said = county.post(page(filing), {"act": "seen", "paper": keys[:2]}, headers={"HX-Request": "true"})
    assert said.content.decode() == "已看 2/4"
    county.post(page(filing), {"act": "seen", "paper": keys})
    assert "已看 4/4" in county.get(page(filing)).content.decode()


def test_a_finding_is_settled_with_its_reason(world, as_person):
    filing = filings.accepted(world)
    filings.found(filing, world)
    county = as_person("county_reviewer")
    assert county.post(page(filing), {"act": "settle", "finding": "1", "reason": ""}).status_code == 422
    assert county.post(page(filing), {"act": "settle", "finding": "1", "reason": "登记有误"}).status_code == 302
    assert filing.findings.get().settled_reason == "登记有误"


def test_what_is_not_possible_now_is_said_and_not_done(world, as_person):
    filing = filings.submitted(world)
    answer = as_person("county_reviewer").post(page(filing), {"act": "add", **TYPED})
    assert answer.status_code == 409
    assert "只有在审查阶段" in answer.content.decode()


def test_the_outcome_leads_to_the_pages_of_the_steps(world, as_person):
    filing = filings.accepted(world)
    shown = as_person("county_reviewer").get(page(filing)).content.decode()
    for code in ("record", "order_correction"):
        assert f"/transitions/{code}/" in shown


def test_a_return_needs_its_reason_on_the_step_page(world, as_person):
    filing = filings.submitted(world)
    county = as_person("county_reviewer")
    step = f"/staff/cases/{filing.public_id}/transitions/return_papers/"
    assert county.post(step, {"reason": "", "until": "2030-01-01"}).status_code == 422
    assert county.post(step, {"reason": "缺依据。", "until": "2030-01-01"}).status_code == 302
    assert type(filing).objects.get(pk=filing.pk).return_reason == "缺依据。"


def test_the_screen_costs_the_same_however_many_papers_there_are(world, as_person, django_assert_max_num_queries):
    filing = filings.accepted(world)
    for number in range(8):
        attach(
            filing,
            "other",
            ContentFile(f"附件{number}".encode(), name=f"附件{number}.txt"),
            world["lt_clerk"],
            title=f"附件{number}",
        )
    county = as_person("county_reviewer")
    county.get(page(filing))
    with django_assert_max_num_queries(45):
        county.get(page(filing))
