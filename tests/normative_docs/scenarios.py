"""Files on which every gate of a step is met, and how to take exactly one condition away."""

from datetime import date, timedelta

from normative_docs import gates
from normative_docs.demo import texts
from normative_docs.demo.journey import Journey
from normative_docs.demo.year import cast_of
from portal.consultation.models import PublicComment
from portal.documents.attach import remove
from portal.documents.models import Document
from portal.legal_review.models import Conclusion
from portal.legal_review.reviewing import newest
from portal.moment import clock_set_to

START = date(2026, 3, 2)


def begin(world, text=None, town="longtan", start=START) -> Journey:
    return Journey(cast_of(world, town), text or texts.market(), start)


def _on_review(world) -> Journey:
    journey = begin(world)
    journey.walk("review", comments=texts.COMMENTS[:2])
    return journey


def _to_meeting(world, result) -> Journey:
    """Put to the meeting, which decided ``result``; the minutes are sealed."""
    journey = begin(world)
    journey.walk("opinion", comments=texts.COMMENTS[:2])
    journey.deliberate(result)
    return journey


def _signable(world) -> Journey:
    journey = begin(world)
    journey.walk("adopt", comments=texts.COMMENTS[:2])
    journey.workday()
    journey.prepare_signing()
    return journey


def ready_for(world, code: str) -> tuple[Journey, object, dict]:  # one case per step, on purpose
    """A journey, who may take the step, and what its form asks, with every gate of the step met."""
    cast = cast_of(world, "longtan")
    data: dict = {}
    by = cast.clerk
    match code:
        case "open_consultation":
            journey = begin(world)
            journey.open()
            data = {
                "summary": "公告", "closes_on": journey.day + timedelta(days=31), "shortened_reason": "",
                "contact_unit": "党政办", "contact_phone": "0000-6128001", "contact_email": "", "contact_address": "",
            }  # fmt: skip
        case "publish_answers":
            journey = begin(world)
            journey.walk("consult", comments=texts.COMMENTS[:2])
            journey.answer(publish=False)
        case "return_to_drafting":
            journey = begin(world)
            journey.walk("consult")
        case "send_to_review":
            journey = begin(world)
            journey.walk("answer", comments=texts.COMMENTS[:2])
        case "return_pack":
            journey, by = _on_review(world), cast.legal
        case "issue_opinion":
            journey, by = _on_review(world), cast.legal
            journey.answer_list()
            data = {"conclusion": Conclusion.LAWFUL, "opinion": "同意"}
        case "resubmit":
            journey = _on_review(world)
            journey.find()
            journey.conclude(Conclusion.AMEND, "请修改第六条。")
            journey.respond_to_findings()
            with journey.on():
                journey.document.draft_text += "\n（已修改）"
                journey.document.save(update_fields=["draft_text"])
        case "put_to_deliberation":
            journey = _on_review(world)
            journey.find()
            journey.workday(2)
            journey.conclude()
            journey.respond_to_findings()
            journey.workday(5)
        case "adopt":
            journey = _to_meeting(world, "passed")
        case "send_back":
            journey = _to_meeting(world, "amended")
        case "reject":
            journey = _to_meeting(world, "rejected")
        case "sign":
            journey, by = _signable(world), cast.head
        case "publish":
            journey = begin(world)
            journey.walk("sign", comments=texts.COMMENTS[:2])
            journey.workday()
            journey.review_public_copy()
        case "register_existing":
            journey = begin(world)
            with journey.on():
                journey.open(issued_on=date(2024, 1, 8), document_number="龙政规〔2024〕9号")
        case "publish_existing":
            journey = begin(world)
            with journey.on():
                journey.open(issued_on=date(2024, 1, 8), document_number="龙政规〔2024〕9号")
                journey.document.draft_text += "\n联系人电话：13800138000"
                journey.document.save(update_fields=["draft_text"])
                journey._step("register_existing", cast.clerk)
            journey.review_public_copy()
        case "terminate":
            journey, by = begin(world), cast.head
            journey.open()
        case _:
            raise AssertionError(f"no scenario for the step {code}")
    return journey, by, data


def _save(journey, **values):
    for name, value in values.items():
        setattr(journey.document, name, value)
    journey.document.save(update_fields=list(values))


def _drop_paper(slot):
    def drop(journey):
        for document in Document.objects.in_force().filter(file_id=journey.document.pk, slot=slot):
            remove(document, journey.cast.clerk, "测试：拿掉这份材料")

    return drop


def _reopen_comments(journey):
    journey.document.consultations.update(answers_published_at=None)


def _unanswer(journey):
    PublicComment.objects.filter(consultation__file_id=journey.document.pk).update(outcome="", answer="")


def _extend_period(journey):
    journey.document.consultations.update(closes_on=journey.day)


def _text_changed(journey):
    _save(journey, draft_text=journey.document.draft_text + "（会前改动）")


def _unsealed_meeting(journey):
    """A newer meeting whose minutes are still open takes the place of the one that decided."""
    with clock_set_to(journey.day):
        journey.hold_meeting()


def _earlier(journey):
    """On the day of the opinion the review time is not over yet."""
    journey.day = journey.document.deadlines.get(code="nd_legality_review_min").effective_end


def _finding_unanswered(journey):
    newest(journey.document).findings.update(response="", response_reason="")


def _issuer_is_an_office(journey):
    _save(journey, issuing_authority=journey.cast.clerk.organisation)


def _restore_sent_text(journey):
    _save(journey, draft_text=journey.document.draft_text.removesuffix("\n（已修改）"))


def _review_still_open(journey):
    """A new round without opinion."""
    with clock_set_to(journey.day):
        journey.open_another_round()


# (gate) or (step, gate) → takes exactly that condition away
WITHOUT = {
    "recognised_as_normative": lambda journey: _save(journey, recognition_reason=""),
    "issuer_qualified": _issuer_is_an_office,
    "draft_complete": lambda journey: _save(journey, legal_basis=""),
    "comment_period_over": _extend_period,
    "comments_answered": _unanswer,
    "answers_published": _reopen_comments,
    "review_pack_complete": _drop_paper(gates.NOTES.code),
    "fair_competition_reviewed": _drop_paper(gates.FAIR_COMPETITION.code),
    "legality_opinion_on_file": _text_changed,
    "review_time_given": _earlier,
    "checklist_answered": lambda journey: newest(journey.document).checks.first().delete(),
    "findings_answered": _finding_unanswered,
    "opinion_issued": _review_still_open,
    "draft_reworked": _restore_sent_text,
    "deliberation_passed": _unsealed_meeting,
    "deliberation_sent_back": _unsealed_meeting,
    "deliberation_rejected": _unsealed_meeting,
    "final_text_on_file": _drop_paper(gates.FINAL_TEXT.code),
    "validity_set": lambda journey: _save(journey, valid_until=None),
    "commencement_gap": lambda journey: _save(journey, effective_on=journey.day + timedelta(days=3)),
    "masking_reviewed": _text_changed,
    "record_complete": lambda journey: _save(journey, issued_on=None),
}
# Conditions that the database itself keeps from being taken away: no plain change can undo them.
KEPT_BY_THE_DATABASE = {"numbered_and_registered"}
# Taking this condition away takes the other with it, by nature.
TOGETHER = {
    "fair_competition_reviewed": {"review_pack_complete"},
    "opinion_issued": {"draft_reworked", "legality_opinion_on_file"},
}
