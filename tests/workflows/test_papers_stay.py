"""What was handed in stays as the procedure relied on it: papers change only in the stages that the workflow opens."""

import importlib

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse

from portal.accounts.authority import holders, may
from portal.documents.attach import attach
from portal.documents.models import Document
from portal.documents.slots import OTHER, is_filled_by_system
from portal.web.inside.case_page import page_of
from portal.workflow.handing_in import PapersKept, hand_in, why_kept, withdraw
from portal.workflow.perform import perform
from portal.workflow.registry import workflows
from tests.portal.oversight import filings
from tests.workflows.test_every_gate import SCENARIOS, STEPS

COUNTY_LOOKS = ("submitted", "accepted")


def paper(words="新的内容"):
    return SimpleUploadedFile("材料.txt", words.encode())


def page(file):
    return reverse("inside:papers", kwargs={"public_id": file.public_id})


def removal(file, document):
    return reverse("inside:remove-paper", args=[file.public_id, document.public_id])


def in_slot(file, slot):
    return Document.objects.in_force().get(file_id=file.pk, slot=slot)


def clerk_of(file):
    """Who handles papers of the file; where nobody does, as in the county, whoever begins its work."""
    first = file.workflow.transitions[0].authority
    return holders("casefiles.handle", file.organisation).first() or holders(first, file.organisation).first()


@pytest.mark.parametrize("workflow", [pytest.param(w, id=w.code) for w in workflows.all()])
def test_every_workflow_says_when_its_papers_are_open(workflow):
    assert workflow.papers
    assert workflow.papers_note
    for entry in workflow.papers:
        assert set(entry.stages) <= set(workflow.stages.values)
        assert not any(is_filled_by_system(slot) for slot in entry.slots)
        # Where the way ends, what is there may be added to, and nothing is taken out.
        assert not (entry.withdraw and set(entry.stages) & set(workflow.final))


# Where papers close at every change: when the pack is sent, and when the county begins to look.
AT_EVERY_CHANGE = {
    ("decisions", "send_to_review"),
    ("oversight.filing", "submit"),
}


def _each_step():
    """The steps after which papers close; every other one is walked by the full run."""
    for step in STEPS:
        workflow, _, code = step.values
        waits = (workflow.code, code) not in AT_EVERY_CHANGE
        yield pytest.param(*step.values, id=step.id, marks=[pytest.mark.full] if waits else [])


@pytest.mark.parametrize(("workflow", "module", "code"), list(_each_step()))
def test_the_page_offers_and_takes_just_what_is_open(world, as_person, workflow, module, code):
    """Before the step and after it, slot by slot."""
    journey, by, data = module.ready_for(world, code)
    with journey.on():
        with transaction.atomic():
            _compare(journey.document, as_person)
            transaction.set_rollback(True)
        _compare(perform(journey.document, code, by=by, note="理由", data=data), as_person)


def _compare(file, as_person):
    person = clerk_of(file)
    client = as_person(person.username)
    shown = client.get(page(file)).content.decode()
    slots = [*page_of(file.kind).slots(file), OTHER]
    kept = {slot.code: why_kept(file, slot.code) for slot in slots}
    if not may(person, "casefiles.handle", file.organisation):
        assert 'name="upload"' not in shown
        assert client.post(page(file), {"slot": OTHER.code, "title": "补充", "upload": paper()}).status_code == 403
        return
    assert ('name="upload"' in shown) == (not all(kept.values()))
    for code, reason in kept.items():
        assert (f'<option value="{code}"' in shown) == (not reason)
        versions = Document.objects.filter(file_id=file.pk, slot=code).values_list("versions", flat=True)
        before = list(versions)
        answer = client.post(page(file), {"slot": code, "title": "补充", "upload": paper(f"{file.stage}{code}")})
        assert answer.status_code == (409 if reason else 302)
        if reason:
            assert reason in answer.content.decode()
            assert list(versions.all()) == before


@pytest.mark.parametrize("stage", COUNTY_LOOKS)
def test_the_town_changes_nothing_while_the_county_reviews(world, as_person, stage):
    filing = getattr(filings, stage)(world)
    clerk, text = as_person("lt_clerk"), in_slot(filing, "fl_text")
    shown = clerk.get(page(filing)).content.decode()
    assert "县级审查期间不得更换报备材料" in shown
    assert 'type="file"' not in shown
    assert removal(filing, text) not in shown
    answer = clerk.post(page(filing), {"slot": "fl_text", "upload": paper()})
    assert answer.status_code == 409
    assert "县级审查期间不得更换报备材料" in answer.content.decode()
    assert clerk.get(removal(filing, text)).status_code == 409
    assert clerk.post(removal(filing, text), {"reason": "换一份"}).status_code == 409
    interface = clerk.post(f"/api/v1/filings/{filing.public_id}/papers/", {"slot": "fl_text", "upload": paper()})
    assert interface.status_code == 409
    assert interface.json()["type"].endswith("#refused")
    assert in_slot(filing, "fl_text").versions.count() == 1


def test_papers_sent_back_are_replaced(world, as_person):
    filing = filings.submitted(world)
    data = {"reason": "缺依据文本。", "until": None}
    filing = perform(filing, "return_papers", by=world["county_reviewer"], data=data)
    clerk = as_person("lt_clerk")
    assert clerk.post(page(filing), {"slot": "fl_text", "upload": paper()}).status_code == 302
    assert in_slot(filing, "fl_text").versions.count() == 2
    basis = in_slot(filing, "fl_basis")
    assert clerk.post(removal(filing, basis), {"reason": "重新整理"}).status_code == 302


def test_a_correction_adds_a_version_and_takes_out_nothing(world):
    filing = filings.to_be_corrected(world)
    version = hand_in(filing, "fl_text", ContentFile("改后".encode(), name="改后.txt"), world["lt_clerk"])
    assert version.number == 2
    with pytest.raises(PapersKept, match="撤下"):
        withdraw(in_slot(filing, "fl_text"), world["lt_clerk"], "不要了")


def test_what_the_system_put_in_nobody_takes_out(world, as_person):
    filing = filings.to_be_corrected(world)
    attach(filing, "fl_receipt", ContentFile("回执".encode(), name="回执.txt"), world["county_reviewer"])
    receipt = in_slot(filing, "fl_receipt")
    answer = as_person("lt_clerk").post(removal(filing, receipt), {"reason": "不要了"})
    assert answer.status_code == 409
    assert "系统生成" in answer.content.decode()


def test_a_stage_left_in_the_meantime_is_noticed(world):
    """The page was opened before the filing went up; what counts is the file when the paper arrives."""
    seen = filings.prepared(world)
    filings.fill(seen, world["lt_clerk"])
    perform(seen, "submit", by=world["lt_clerk"])
    with pytest.raises(PapersKept):
        hand_in(seen, "fl_text", paper(), world["lt_clerk"])


def test_the_pack_opens_again_when_the_review_asks_for_rework(world):
    module = importlib.import_module(SCENARIOS["normative_docs"])
    sent, _, _ = module.ready_for(world, "issue_opinion")
    assert "合法性审核" in why_kept(sent.document, "nd_draft")
    again, _, _ = module.ready_for(world, "resubmit")
    assert why_kept(again.document, "nd_draft") == ""


def test_the_formal_text_stays_once_it_is_signed(world):
    module = importlib.import_module(SCENARIOS["normative_docs"])
    unsigned, _, _ = module.ready_for(world, "sign")
    assert why_kept(unsigned.document, "nd_final_text") == ""
    signed, _, _ = module.ready_for(world, "publish")
    assert why_kept(signed.document, "nd_final_text")
    assert why_kept(signed.document, "other") == ""
    assert why_kept(signed.document, "other", withdrawing=True)


def test_who_may_not_withdraw_is_not_asked_for_a_reason(world, as_person):
    filing = filings.prepared(world)
    filings.fill(filing, world["lt_clerk"])
    assert as_person("lt_head").get(removal(filing, in_slot(filing, "fl_text"))).status_code == 403
