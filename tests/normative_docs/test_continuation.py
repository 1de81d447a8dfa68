"""A document outlives its validity only by being registered and published anew."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from normative_docs.demo.journey import Journey
from normative_docs.gates import EXPIRY_ASSESSMENT
from normative_docs.in_force import acts
from normative_docs.recording import draft_continuation
from portal.documents.attach import attach
from portal.moment import clock_set_to
from portal.workflow.refusals import GatesNotMet, StepRefused
from tests.ground import made_once
from tests.normative_docs.scenarios import begin


@made_once
def in_force(world):
    journey = begin(world)
    journey.walk("publish")
    journey.day = journey.document.effective_on + timedelta(days=10)
    return journey


def test_its_people_are_told_in_time_that_it_will_lapse(in_force):
    document = in_force.document
    due = {clock.code: clock.effective_end for clock in document.deadlines.filter(state="running")}
    assert due["nd_expiry_assess"] < due["nd_expiry_reregister"] < document.valid_until


def _running(document):
    return set(document.deadlines.filter(state="running").values_list("code", flat=True))


def test_what_is_due_before_it_lapses_is_done_by_its_continuation(in_force):
    old = in_force.document
    with in_force.on():
        draft = draft_continuation(old, by=in_force.cast.clerk, reason="仍需规范。")
    renewed = Journey(in_force.cast, in_force.text, in_force.day)
    renewed.document = draft
    with renewed.on():
        draft.drafting_notes, draft.research = "说明", "调研"
        draft.save(update_fields=["drafting_notes", "research"])
    renewed.consult()
    renewed.answer()
    renewed.pack()
    with renewed.on():
        report = ContentFile("评估".encode(), name="评估.txt")
        attach(renewed.document, EXPIRY_ASSESSMENT.code, report, renewed.cast.clerk)
    renewed.send_to_review()
    assert "nd_expiry_assess" not in _running(old)
    renewed.workday(3)
    renewed.conclude()
    renewed.deliberate()
    renewed.adopt()
    assert "nd_expiry_reregister" in _running(old)
    renewed.sign()
    assert "nd_expiry_reregister" not in _running(old)


def test_nothing_is_due_any_more_once_it_ended(world, in_force):
    assert "nd_expiry_reregister" in _running(in_force.document)
    with in_force.on():
        acts.repeal(in_force.document, by=world["lt_clerk"], on=in_force.day, reason="不再需要")
    assert not {"nd_expiry_assess", "nd_expiry_reregister"} & _running(in_force.document)


def test_a_continuation_is_a_draft_of_its_own_that_names_what_it_continues(in_force):
    with in_force.on():
        draft = draft_continuation(in_force.document, by=in_force.cast.clerk, reason="仍需规范。")
    assert draft.continues == in_force.document
    assert draft.draft_text == in_force.document.draft_text
    assert in_force.document.document_number in draft.repeals_text
    assert (draft.document_number, draft.valid_until) == ("", None)


def test_it_is_not_reviewed_without_the_assessment(in_force):
    with in_force.on():
        in_force.document = draft_continuation(in_force.document, by=in_force.cast.clerk, reason="仍需规范。")
        in_force.document.drafting_notes = "说明"
        in_force.document.research = "调研"
        in_force.document.save(update_fields=["drafting_notes", "research"])
    in_force.consult()
    in_force.answer()
    in_force.pack()
    with in_force.on(), pytest.raises(GatesNotMet, match="到期前评估报告"):
        in_force._step("send_to_review", in_force.cast.clerk)


def test_it_is_started_once(in_force):
    with in_force.on():
        draft_continuation(in_force.document, by=in_force.cast.clerk, reason="仍需规范。")
        with pytest.raises(StepRefused, match="正在办理延续"):
            draft_continuation(in_force.document, by=in_force.cast.clerk, reason="仍需规范。")


def test_what_has_lapsed_is_made_anew_and_not_continued(in_force):
    with clock_set_to(in_force.document.valid_until + timedelta(days=1)), pytest.raises(StepRefused, match="已经失效"):
        draft_continuation(in_force.document, by=in_force.cast.clerk, reason="仍需规范。")


def test_the_page_opens_the_draft(as_person, in_force):
    with in_force.on():
        page = reverse("normative_docs:continuation", args=[in_force.document.public_id])
        clerk = as_person("lt_clerk")
        assert clerk.post(page, {"reason": ""}).status_code == 422
        answer = clerk.post(page, {"reason": "仍需规范。"}, follow=True)
    assert "已立卷" in answer.content.decode()
