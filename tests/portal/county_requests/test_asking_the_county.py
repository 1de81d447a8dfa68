"""The county is asked about one text, answers once, and its answer carries that text and no other."""

import pytest
from django.urls import reverse

from decisions.gates import COUNTY_REPLY, COUNTY_REQUESTED
from decisions.vocabulary import PRIOR_REPORT
from portal.casefiles.models import CaseFile
from portal.county_requests import tasks
from portal.county_requests.asking import ask_county
from portal.county_requests.gates import LETTER
from portal.county_requests.papers import reply_letter
from portal.documents.models import DocumentVersion
from portal.jobs import queue
from portal.moment import clock_set_to
from portal.workflow.gates import judge
from portal.workflow.perform import perform
from portal.workflow.refusals import NotAuthorised, StepRefused
from tests.ground import made_once
from tests.portal.county_requests.scenarios import Asking


@made_once
def asking(world):
    return Asking(world)


def stands(asking) -> str:
    asking.journey.document.refresh_from_db()
    with asking.on():
        return judge(COUNTY_REQUESTED, asking.journey.document).explain


def test_the_gate_tells_where_the_request_is(asking):
    # The demo's town was told "yes" on the way here; only the newest request counts.
    assert stands(asking) == "已经拟稿，尚未报送"
    asking.submit()
    assert "等待县级答复" in stands(asking)
    asking.answer("changes", "第二条补充票价听证。")
    assert "修改后再报；按答复修改草案后重新报送" in stands(asking)


def test_an_answer_does_not_carry_a_text_that_was_changed_since(asking):
    asking.submit().answer()
    assert "同意（" in stands(asking)
    decision = asking.journey.document
    decision.draft_text += "\n新增一条。"
    decision.save(update_fields=["draft_text"])
    assert "草案已修改，须重新报送" in stands(asking)


def test_the_papers_at_hand_go_along_and_the_letter_comes_back_to_both_files(asking):
    subject = asking.journey.document
    assert set(asking.document.documents.values_list("slot", flat=True)) == {"mr_draft", "mr_notes"}
    asking.submit().answer("agreed", "同意，注意做好宣传。")
    waiting = queue.waiting().filter(kind=tasks.LETTER_JOB, key=str(asking.document.pk)).get()
    job = queue.run(waiting.pk)
    assert job.state == job.State.DONE, job.message
    text = DocumentVersion.objects.get(document__file_id=asking.document.pk, document__slot=LETTER.code).text
    assert "注意做好宣传" in text
    letters = DocumentVersion.objects.filter(document__file_id=subject.pk, document__slot=COUNTY_REPLY.code)
    assert letters.filter(document__title__contains=asking.document.reply_number).exists()


def test_asked_twice_it_is_one_request(asking):
    again = ask_county(
        asking.journey.document, PRIOR_REPORT, by=asking.cast.clerk, matter="再问一次"
    )  # fmt: skip
    assert again.pk == asking.document.pk


def test_while_one_is_under_way_the_step_draws_up_no_other_and_the_gate_leads_to_it(asking):
    decision = asking.journey.document
    with asking.on(), pytest.raises(StepRefused, match="已经拟出一件"):
        perform(decision, "ask_county", by=asking.cast.clerk, data={"matter": "再问一次"})
    for act, words in ((None, "尚未报送"), (asking.submit, "等待县级答复")):
        if act:
            act()
        with asking.on():
            report = judge(COUNTY_REQUESTED, decision)
        assert words in report.explain
        assert report.remedy_url.endswith("#county-requests")


def test_the_county_sees_it_from_the_day_it_is_submitted(asking, world):
    reviewer = world["county_reviewer"]
    assert not CaseFile.objects.visible_to(reviewer).filter(pk=asking.document.pk).exists()
    asking.submit()
    assert CaseFile.objects.visible_to(reviewer).filter(pk=asking.document.pk).exists()


def test_the_town_does_not_answer_itself(asking):
    asking.submit()
    with asking.on(), pytest.raises(NotAuthorised):
        perform(asking.document, "answer", by=asking.cast.clerk, data={"conclusion": "agreed", "reply": "同意"})


def test_what_was_submitted_is_not_rewritten(asking, as_person):
    client = as_person("lt_clerk")
    page = reverse("county_requests:edit", args=[asking.document.public_id])
    with asking.on():
        shown = client.get(page)
        said = client.post(page, {"matter": "补充理由。", "seen": shown.context["seen"]})
    assert said.status_code == 302
    asking.document.refresh_from_db()
    assert asking.document.matter == "补充理由。"
    asking.submit()
    with asking.on():
        client.post(page, {"matter": "再改。", "seen": asking.document.facts_digest()})
    asking.document.refresh_from_db()
    assert asking.document.matter == "补充理由。"


def test_both_sides_find_it_in_the_register_and_on_the_page_of_what_was_asked_about(asking, as_person):
    asking.submit().answer("refused", "与县级规划不符。")
    with asking.on():
        case = as_person("lt_clerk").get(reverse("inside:case", args=[asking.journey.document.public_id]))
        assert "与县级规划不符" in case.content.decode()
        county = as_person("county_reviewer")
        listed = county.get(reverse("county_requests:county"), follow=True)
        assert listed.status_code == 200
        everything = county.get(reverse("inside:register", args=["county-requests"]))
        assert asking.document.title in everything.content.decode()


def test_a_letter_needs_an_answer(asking):
    with clock_set_to(asking.day), pytest.raises(StepRefused):
        reply_letter(asking.document)
