"""Registering what a court or a reconsideration body sent, and answering it, in the browser."""

from datetime import timedelta

import pytest
from django.urls import reverse

from normative_docs.models import NormativeDocument
from normative_docs.suggestions.models import IncidentalReview
from portal.moment import clock_set_to
from portal.workflow.perform import perform
from portal.workflow.refusals import NotAuthorised, StepRefused
from tests.normative_docs.evaluation.evaluations import document, work_off
from tests.normative_docs.suggestions import matters

NEW = "/staff/incidental-reviews/new/"


@pytest.fixture
def clerk(as_person):
    with clock_set_to(matters.RECEIVED):
        yield as_person("lt_clerk")


def typed(made, **changed):
    return {
        "document_number": made.document_number, "channel": "reconsideration", "requesting_body": "云溪县人民政府",
        "case_number": "云府复〔2026〕12号", "clause": "第三条", "received_on": f"{matters.RECEIVED:%Y-%m-%d}",
        **changed,
    }  # fmt: skip


def test_what_came_in_is_registered_with_its_limit(world, clerk):
    made = document(world)
    answer = clerk.post(NEW, typed(made), follow=True)
    review = IncidentalReview.objects.get()
    assert review.document == made
    assert "答复期限 2026-03-30" in answer.content.decode()


def test_the_title_finds_the_document_too(world, clerk):
    made = document(world)
    assert clerk.post(NEW, typed(made, document_number=f"《{made.title}》")).status_code == 302


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"document_number": "龙政规〔2020〕99号"}, "没有找到本机关公布的这件文件"),
        ({"received_on": "2026-03-17"}, "收到来文日期不能晚于今天"),
        ({"case_number": ""}, "请填写案号"),
        ({"applied_on": "2026-03-17"}, "申请日期不能晚于收到来文日期"),
    ],
)
def test_what_can_not_be_is_said_beside_the_field(world, clerk, changed, why):
    answer = clerk.post(NEW, typed(document(world), **changed))
    assert answer.status_code == 422
    assert why in answer.content.decode()
    assert "云溪县人民政府" in answer.content.decode()


def test_the_same_paper_is_entered_once(world, clerk):
    made = document(world)
    clerk.post(NEW, typed(made))
    again = clerk.post(NEW, typed(made))
    assert again.status_code == 409
    assert "已经登记" in again.content.decode()


def test_another_towns_document_is_not_found(world, as_person):
    made = document(world)
    with clock_set_to(matters.RECEIVED):
        assert as_person("qh_clerk").post(NEW, typed(made)).status_code == 422
        assert as_person("county_reviewer").get(NEW).status_code == 403


def test_the_statement_is_written_and_a_stale_page_loses_nothing(world, clerk):
    review = matters.registered(world)
    address = reverse("suggestions:incidental-statement", args=[review.public_id])
    stale = clerk.post(address, {"seen": "x", "statement": "依据省条例。"})
    assert stale.status_code == 409
    assert "依据省条例" in stale.content.decode()
    seen = matters.statement_digest(review)
    assert clerk.post(address, {"seen": seen, "statement": "依据省条例。"}).status_code == 302
    page = clerk.get(reverse("inside:case", args=[review.public_id])).content.decode()
    assert "依据省条例" in page
    assert "剩 10 个工作日" in page


def test_the_answer_is_official_paper_with_its_own_number(world):
    review = matters.handed_in(world, paper=False)
    with clock_set_to(matters.RECEIVED):
        work_off()
    review = IncidentalReview.objects.get(pk=review.pk)
    assert review.reply_number == "龙政复〔2026〕1号"
    text = review.reply_paper.text
    assert "龙政复〔2026〕1号" in text
    assert "云府复〔2026〕12号" in text
    assert "省水资源条例" in text


def test_only_the_head_sends_it_and_not_before_it_came(world):
    review = matters.handed_in(world)
    with clock_set_to(matters.RECEIVED):
        with pytest.raises(NotAuthorised):
            perform(review, "send", by=world["lt_clerk"], data={"sent_on": matters.RECEIVED})
        with pytest.raises(StepRefused, match="送出日期"):
            early = matters.RECEIVED - timedelta(days=1)
            perform(review, "send", by=world["lt_head"], data={"sent_on": early})


def test_what_is_found_unlawful_leads_to_a_draft_that_ends_it(world, clerk):
    review = matters.judged(world)
    with clock_set_to(matters.RECEIVED + timedelta(days=31)):
        review = perform(review, "carry_out", by=world["lt_clerk"], data={"act": "repeal"})
        assert review.follow_up.title.startswith("关于废止《")
        assert perform(review, "close", by=world["lt_clerk"]).is_closed
    assert NormativeDocument.objects.filter(pk=review.follow_up_id, stage="drafting").exists()


def test_what_is_found_lawful_is_closed_without_more(world):
    review = matters.judged(world, "lawful")
    with clock_set_to(matters.RECEIVED + timedelta(days=31)):
        assert perform(review, "close", by=world["lt_clerk"]).is_closed


def test_a_verdict_ends_the_reconsideration_bodys_own_limit_too(world):
    review = matters.with_result(world, applied_on=matters.RECEIVED)
    day = matters.RECEIVED + timedelta(days=30)
    with clock_set_to(day):
        data = {"verdict": "lawful", "verdict_on": day, "verdict_text": ""}
        review = perform(review, "note_result", by=world["lt_clerk"], data=data)
    assert not review.deadlines.open().exists()


@pytest.mark.parametrize("stage", ["registered", "handed_in", "sent", "judged", "consequence_drawn"])
def test_the_case_page_opens_in_every_stage(world, clerk, stage):
    review = getattr(matters, stage)(world)
    assert clerk.get(reverse("inside:case", args=[review.public_id])).status_code == 200
    assert clerk.get(reverse("inside:register", kwargs={"code": "incidental-reviews"})).status_code == 200
