"""Files on which every gate of a step is met, and how to take exactly one condition away."""

from datetime import date, timedelta

from django.core.files.base import ContentFile

from normative_docs import gates
from normative_docs.citing import cite
from normative_docs.clause_check.models import ClauseCheck
from normative_docs.demo import texts
from normative_docs.demo.journey import Journey
from normative_docs.in_force.models import PlannedRelation, RelationKind
from normative_docs.models import Recognition
from normative_docs.recording import open_draft
from normative_docs.switches import COUNTY_PRECHECK, INTEGRITY_REVIEW, REGISTERS_FIRST
from portal.consultation.models import PublicComment
from portal.consultation.rehearsal import Voice, walk_session
from portal.demo.walking import cast_of
from portal.documents.attach import attach, remove
from portal.documents.models import Document
from portal.interpretations.models import Interpretation
from portal.interpretations.rehearsal import settled
from portal.interpretations.switches import WITH_PUBLICATION
from portal.legal_review.models import Conclusion
from portal.legal_review.reviewing import newest
from portal.moment import clock_set_to, now
from portal.organisations.models import PolicySetting
from portal.workflow.perform import perform

START = date(2026, 3, 2)


def begin(world, text=None, town="longtan", start=START) -> Journey:
    return Journey(cast_of(world, town), text or texts.market(), start)


def _on_review(world) -> Journey:
    journey = begin(world)
    journey.walk("review", comments=texts.COMMENTS[:2])
    return journey


def switch_on(world, key):
    PolicySetting.objects.create(
        organisation=world.county,
        code=key.code,
        value=True,
        valid_from=date(2018, 1, 1),
        basis="测试",
        set_by_name="测试",
    )


def _with_interpretation(world, journey):
    """Where the region asks for it, an interpretation waits to go out with the document."""
    switch_on(world, WITH_PUBLICATION)
    with journey.on():
        settled(journey.document, by=journey.cast.clerk, reviewer=journey.cast.head, text="为什么制定，管什么。")


def _without_interpretation(journey):
    interpretation = Interpretation.objects.get(subject_id=journey.document.pk)
    perform(interpretation, "reopen", by=journey.cast.clerk, note="测试")


def _hand_in(journey, slot):
    with journey.on():
        attach(
            journey.document, slot.code, ContentFile(slot.label.encode(), name=f"{slot.label}.txt"), journey.cast.clerk
        )


def _continuing(world) -> Journey:
    """A draft that continues an earlier document and rests on another one."""
    earlier = begin(world, texts.housing(), start=date(2025, 3, 3))
    earlier.walk("publish")
    journey = begin(world)
    with journey.on():
        earlier.document.refresh_from_db()
    journey.open()
    journey.document.continues = earlier.document
    journey.document.touches_livelihood = True
    journey.document.save(update_fields=["continues", "touches_livelihood"])
    with journey.on():
        cite(journey.document, earlier.document, by=journey.cast.clerk, articles="第三条")
    journey.workday()
    journey.consult()
    journey.comment(*texts.COMMENTS[:2])
    announced_on = journey.day
    journey.answer()
    walk_session(
        journey.document, by=journey.cast.clerk, kind="forum", announced_on=announced_on, held_on=journey.day,
        voices=(Voice("杨主任", "村民委员会", "经费应当按季度拨付。", "adopted", "采纳。", invited=True),),
    )  # fmt: skip
    journey.workday(3)
    journey.pack()
    _hand_in(journey, gates.EXPIRY_ASSESSMENT)
    return journey


def _awaiting_registration(world) -> Journey:
    """Signed where the county registers before publication."""
    switch_on(world, REGISTERS_FIRST)
    journey = begin(world)
    journey.walk("sign", comments=texts.COMMENTS[:2])
    journey.workday()
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
            journey = _continuing(world)
        case "ask_precheck":
            switch_on(world, COUNTY_PRECHECK)
            journey = _on_review(world)
            data = {"matter": "现将草案报请预审。"}
        case "assess_integrity":
            switch_on(world, INTEGRITY_REVIEW)
            journey, by = _on_review(world), cast.legal
            data = {"conclusion": "passed", "opinion": "未发现廉洁风险。"}
        case "register" | "refuse_registration":
            journey, by = _awaiting_registration(world), world["county_reviewer"]
        case "publish_registered":
            journey = _awaiting_registration(world)
            with journey.on():
                journey._step("register", world["county_reviewer"])
            _with_interpretation(world, journey)
            journey.review_public_copy()
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
            switch_on(world, COUNTY_PRECHECK)
            switch_on(world, INTEGRITY_REVIEW)
            journey = _on_review(world)
            journey.ask_county("ask_precheck", "现将草案报请预审。")
            with journey.on():
                journey._step("assess_integrity", cast.legal, conclusion="passed", opinion="未发现廉洁风险。")
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
            _with_interpretation(world, journey)
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


def _without_recognition(journey):
    Recognition.objects.filter(document_id=journey.document.pk).update(document=None)


def _cited_lapses(journey):
    """The document that this one rests on is repealed meanwhile."""
    cited = journey.document.cited_bases.get().cited
    cited.repealed_on = journey.day
    cited.save(update_fields=["repealed_on"])


def _report_withdrawn(journey):
    journey.document.sessions.update(reported_at=None, report_published_at=None)


def _not_registered(journey):
    _save(journey, registration_number="", registration_serial=None)


def _draft_unchecked(journey):
    """Nobody has looked through the draft, so nobody has decided the hints on it."""
    ClauseCheck.objects.filter(document_id=journey.document.pk).delete()


def _plan_to_end_a_draft(journey):
    """What is listed must be a published document: a draft has no validity to end."""
    with clock_set_to(journey.day):
        other = open_draft(
            by=journey.cast.clerk, organisation=journey.cast.town, title="另一件草案", disclosure="proactive"
        )
    PlannedRelation.objects.create(
        source=journey.document, kind=RelationKind.REPEALS, target=other, made_by=journey.cast.clerk, made_at=now()
    )


# (gate) or (step, gate) → takes exactly that condition away
WITHOUT = {
    "recognised_as_normative": _without_recognition,
    "issuer_qualified": _issuer_is_an_office,
    "draft_complete": lambda journey: _save(journey, legal_basis=""),
    "comment_period_over": _extend_period,
    "comments_answered": _unanswer,
    "answers_published": _reopen_comments,
    "review_pack_complete": _drop_paper(gates.NOTES.code),
    "fair_competition_reviewed": _drop_paper(gates.FAIR_COMPETITION.code),
    "legality_opinion_on_file": _text_changed,
    "review_time_given": _earlier,
    "clause_hints_decided": _draft_unchecked,
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
    "widely_consulted": _report_withdrawn,
    "cited_documents_in_force": _cited_lapses,
    "county_prechecked": lambda journey: journey.document.county_requests.update(conclusion="changes"),
    "integrity_reviewed": lambda journey: _save(journey, integrity_conclusion=""),
    "expiry_assessed": _drop_paper(gates.EXPIRY_ASSESSMENT.code),
    "registered_by_county": _not_registered,
    "planned_acts_listed": _plan_to_end_a_draft,
    "interpretation_ready": _without_interpretation,
    "record_complete": lambda journey: _save(journey, issued_on=None),
}
# Conditions that the database itself keeps from being taken away: no plain change can undo them.
KEPT_BY_THE_DATABASE = {"numbered_and_registered", "lawful_opinion_given"}
# Taking this condition away takes the other with it, by nature.
TOGETHER = {
    "registered_by_county": {"masking_reviewed"},  # the number stands in the public text
    "fair_competition_reviewed": {"review_pack_complete"},
    "opinion_issued": {"draft_reworked", "legality_opinion_on_file"},
    "legality_opinion_on_file": {"county_prechecked", "integrity_reviewed"},  # each was given on the text as it was
}
