"""Decisions on which every gate of a step is met, and how to take exactly one condition away."""

from datetime import date, timedelta

from django.core.files.base import ContentFile

from decisions import gates
from decisions.arguing import organise
from decisions.catalogue.models import CatalogueEntry
from decisions.demo import execution, texts
from decisions.demo.journey import DecisionJourney
from decisions.executing import decide_anew
from decisions.models import ExpertArgumentation
from portal.consultation.models import PublicComment, SessionKind
from portal.demo.walking import cast_of
from portal.documents.attach import attach, remove
from portal.documents.models import Document
from portal.documents.slots import OTHER
from portal.interpretations.models import Interpretation
from portal.interpretations.rehearsal import settled
from portal.interpretations.switches import WITH_PUBLICATION
from portal.legal_review.models import Conclusion
from portal.legal_review.papers import OPINION_LETTER
from portal.legal_review.reviewing import newest
from portal.meetings.papers import MINUTES
from portal.moment import clock_set_to
from portal.organisations.models import PolicySetting
from portal.workflow.perform import perform
from tests.portal.dossiers.folders import sealed_by_hand

START = date(2026, 3, 2)


def begin(world, text=texts.market, town="longtan", *, secret=False) -> DecisionJourney:
    cast = cast_of(world, town)
    return DecisionJourney(cast, text(cast.town.short_name), START, secret=secret)


def walked(world, until, text=texts.market, *, secret=False) -> DecisionJourney:
    journey = begin(world, text, secret=secret)
    journey.walk(until, comments=texts.COMMENTS[:2])
    return journey


def _under_review(world) -> DecisionJourney:
    return walked(world, "review", texts.bus)


def _reviewed(world) -> DecisionJourney:
    """All that the meeting asks for: opinion, answers to findings, time, integrity, risk and competition."""
    journey = walked(world, "review")
    journey.find()
    journey.workday(3)
    journey.review_integrity()
    journey.conclude()
    journey.respond_to_findings()
    journey.wait_for_review_time()
    return journey


def _after_meeting(world, result) -> DecisionJourney:
    journey = walked(world, "opinion", texts.bus)
    journey.deliberate(result)
    return journey


def _ready_to_publish(world) -> DecisionJourney:
    journey = walked(world, "decide", texts.bus)
    journey.workday()
    PolicySetting.objects.create(
        organisation=world.county, code=WITH_PUBLICATION.code, value=True, valid_from=date(2018, 1, 1), basis="测试",
        set_by_name="测试",
    )  # fmt: skip
    with journey.on():
        settled(journey.document, by=journey.cast.clerk, reviewer=journey.cast.head, text="做什么、怎么做。")
    journey.review_public_copy()
    return journey


def _heard(world) -> DecisionJourney:
    """The public's part is done but for the step itself."""
    journey = walked(world, "open")
    opened_on = journey.day
    journey.comment(*texts.COMMENTS[:2])
    journey.hear(opened_on)
    journey.answer()
    journey.workday()
    return journey


def _answered(world) -> DecisionJourney:
    journey = walked(world, "open", texts.bus)
    journey.comment(*texts.COMMENTS[:2])
    journey.answer(publish=False)
    return journey


def _assessed(world) -> DecisionJourney:
    journey = walked(world, "answer")
    journey.workday()
    journey.assess()
    return journey


def _with_opinion_due(world) -> DecisionJourney:
    journey = _under_review(world)
    journey._hand_in(gates.ADVISER)
    journey.answer_list()
    return journey


def _reworked(world) -> DecisionJourney:
    journey = _under_review(world)
    journey.find()
    journey.conclude(Conclusion.AMEND, "请修改第三项。")
    journey.respond_to_findings()
    with journey.on():
        journey.document.draft_text += "\n（已修改）"
        journey.document.save(update_fields=["draft_text"])
    return journey


def _decidable(world) -> DecisionJourney:
    journey = walked(world, "adopt", texts.bus)
    journey.prepare_decision()
    return journey


def _ready_to_archive(world) -> DecisionJourney:
    """Everything printed is in the folder, and the folder sealed as it is; the volume's pages are tested elsewhere."""
    journey = walked(world, "publish", texts.bus)
    execution.finish(journey)
    for slot in (OPINION_LETTER, MINUTES):
        with journey.on():
            content = ContentFile(slot.label.encode(), name=f"{slot.label}.txt")
            attach(journey.document, slot.code, content, journey.cast.clerk)
    with journey.on():
        sealed_by_hand(journey.document, journey.cast.clerk)
    return journey


def _one_paper_more(journey):
    with journey.on():
        content = ContentFile("补充材料".encode(), name="补充材料.txt")
        attach(journey.document, OTHER.code, content, journey.cast.clerk)


def _suspended(world) -> DecisionJourney:
    journey = walked(world, "publish", texts.bus)
    execution.halt(journey, "汛情紧急。")
    return journey


def _in_execution(world, *acts) -> DecisionJourney:
    """Published, and then what these acts of the execution do."""
    journey = walked(world, "publish", texts.bus)
    for act in acts:
        act(journey)
    return journey


def _unplanned(journey):
    execution.plan(journey, settle=False)


def _reporting(journey):
    execution.plan(journey)
    journey.workday(5)


_OPINION = {"conclusion": Conclusion.LAWFUL, "opinion": "同意"}
_NOTICE = {
    "summary": "公告", "closes_on": START + timedelta(days=60), "shortened_reason": "", "contact_unit": "党政办",
    "contact_phone": "0000-6128001", "contact_email": "", "contact_address": "",
}  # fmt: skip
# step → (how to get there, whose step it is, what its form asks)
_STEPS = {
    "start": (lambda world: walked(world, "propose"), "head", {"proposal_answer": "启动。"}),
    "decline": (lambda world: walked(world, "propose"), "head", {"proposal_answer": "条件不成熟。"}),
    "ask_county": (lambda world: walked(world, "draft"), "clerk", {"matter": "现将草案报请审示。"}),
    "open_participation": (lambda world: walked(world, "draft"), "clerk", _NOTICE),
    "go_on_in_confidence": (lambda world: walked(world, "draft", texts.waterworks, secret=True), "clerk", {}),
    "publish_answers": (_answered, "clerk", {}),
    "conclude_participation": (_heard, "clerk", {}),
    "return_to_drafting": (lambda world: walked(world, "open", texts.bus), "clerk", {}),
    "send_to_review": (_assessed, "clerk", {}),
    "return_pack": (_under_review, "legal", {}),
    "issue_opinion": (_with_opinion_due, "legal", _OPINION),
    "resubmit": (_reworked, "clerk", {}),
    "assess_integrity": (_under_review, "legal", {"conclusion": "passed", "opinion": "未发现廉洁风险。"}),
    "put_to_deliberation": (_reviewed, "clerk", {}),
    "adopt": (lambda world: _after_meeting(world, "passed"), "clerk", {}),
    "send_back": (lambda world: _after_meeting(world, "amended"), "clerk", {}),
    "reject": (lambda world: _after_meeting(world, "rejected"), "clerk", {}),
    "decide": (_decidable, "head", {"reported_on": START, "party_opinion": "同意。"}),
    "publish": (_ready_to_publish, "clerk", {}),
    "carry_out_in_confidence": (lambda world: walked(world, "decide", texts.waterworks, secret=True), "clerk", {}),
    "suspend": (lambda world: walked(world, "publish", texts.bus), "head", {}),
    "resume": (_suspended, "head", {}),
    "stop": (_suspended, "head", {}),
    "settle_plan": (lambda world: _in_execution(world, _unplanned), "head", {}),
    "follow_up": (
        lambda world: _in_execution(world),
        "county_supervisor",
        {"demand": "请说明进度。", "answer_until": START + timedelta(days=200)},
    ),
    "answer_follow_up": (
        lambda world: _in_execution(world, execution.follow_up),
        "clerk",
        {"number": 1, "answer": "按计划推进。"},
    ),
    "report_execution": (
        lambda world: _in_execution(world, _reporting),
        "clerk",
        {"progress": "按计划推进。", "next_steps": "完成招标。", "is_final": False},
    ),
    "finish_execution": (lambda world: _in_execution(world, execution.carry_out), "head", {}),
    "archive": (_ready_to_archive, "clerk", {}),
    "terminate": (lambda world: walked(world, "start", texts.bus), "head", {}),
}


def ready_for(world, code: str) -> tuple[DecisionJourney, object, dict]:
    """A journey, who may take the step, and what its form asks, with every gate of the step met."""
    make, role, data = _STEPS[code]
    journey = make(world)
    return journey, getattr(journey.cast, role), dict(data)


def _save(journey, **values):
    for name, value in values.items():
        setattr(journey.document, name, value)
    journey.document.save(update_fields=list(values))


def _drop_paper(slot):
    def drop(journey):
        for document in Document.objects.in_force().filter(file_id=journey.document.pk, slot=slot.code):
            remove(document, journey.cast.clerk, "测试：拿掉这份材料")

    return drop


def _not_agreed(journey):
    journey.document.county_requests.update(conclusion="changes")


def _withdraw_report(*kinds):
    return lambda journey: journey.document.sessions.filter(kind__in=kinds).update(
        reported_at=None, report_published_at=None
    )


def _unsealed_meeting(journey):
    """A newer meeting whose minutes are still open takes the place of the one that decided."""
    with clock_set_to(journey.day):
        journey.hold_meeting()


def _earlier(journey):
    """On the last day of the review time it is not over yet."""
    journey.day = journey.document.deadlines.get(code="mad_legality_review_min").effective_end


def _large_risk(journey):
    """A newer assessment says 较大风险; made where assessments are, whatever the stage."""
    journey.assess_risk("large")


def _another_argumentation(journey):
    """A new argumentation without opinions takes the place of the one that was closed."""
    with journey.on():
        organise(
            journey.document,
            ExpertArgumentation(
                form="written", questions="补充论证", selection="reasoned", selection_reason="补充", held_on=journey.day
            ),
            by=journey.cast.clerk,
        )


def _without_interpretation(journey):
    interpretation = Interpretation.objects.get(subject_id=journey.document.pk)
    with clock_set_to(journey.day):
        perform(interpretation, "reopen", by=journey.cast.clerk, note="测试")


def _text_changed(journey):
    _save(journey, draft_text=journey.document.draft_text + "（会前改动）")


def _review_still_open(journey):
    with clock_set_to(journey.day):
        journey.open_another_round()


def _made_anew(journey):
    with clock_set_to(journey.day):
        decide_anew(journey.document, by=journey.cast.head, reason="线路须整体调整。")


# (gate) → takes exactly that condition away
WITHOUT = {
    "proposal_complete": lambda journey: _save(journey, problem=""),
    "lead_named": lambda journey: _save(journey, handling_unit=None),
    "in_catalogue": lambda journey: CatalogueEntry.objects.filter(decision_id=journey.document.pk).delete(),
    "draft_complete": lambda journey: _save(journey, legal_basis=""),
    "options_weighed": lambda journey: _save(journey, is_disputed=True, options="只有一个方案"),
    "departments_consulted": lambda journey: journey.document.department_opinions.update(own_view=""),
    "county_requested": _not_agreed,
    "secrecy_reviewed": lambda journey: _save(journey, disclosure_reviewer=None),
    "comment_period_over": lambda journey: journey.document.consultations.update(closes_on=journey.day),
    "comments_answered": lambda journey: PublicComment.objects.filter(consultation__file_id=journey.document.pk).update(
        outcome="", answer=""
    ),
    "answers_published": lambda journey: journey.document.consultations.update(answers_published_at=None),
    "special_groups_heard": _withdraw_report(SessionKind.FORUM, SessionKind.WRITTEN),
    "hearing_held": _withdraw_report(SessionKind.HEARING),
    "experts_heard": _another_argumentation,
    "expert_opinions_signed": _drop_paper(gates.EXPERT_PAPER),
    "risk_acceptable": _large_risk,
    "risk_report_on_file": _drop_paper(gates.RISK_PAPER),
    "fair_competition_reviewed": _drop_paper(gates.FAIR_COMPETITION_PAPER),
    "review_pack_complete": _drop_paper(gates.PROCEDURE),
    "checklist_answered": lambda journey: newest(journey.document).checks.first().delete(),
    "adviser_heard": _drop_paper(gates.ADVISER),
    "opinion_issued": _review_still_open,
    "findings_answered": lambda journey: newest(journey.document).findings.update(response="", response_reason=""),
    "draft_reworked": lambda journey: _save(
        journey, draft_text=journey.document.draft_text.removesuffix("\n（已修改）")
    ),
    "legality_opinion_on_file": _text_changed,
    "review_time_given": _earlier,
    "integrity_reviewed": lambda journey: _save(journey, integrity_conclusion=""),
    "deliberation_passed": _unsealed_meeting,
    "deliberation_sent_back": _unsealed_meeting,
    "deliberation_rejected": _unsealed_meeting,
    "party_reported": _drop_paper(gates.PARTY_REPORT),
    "final_text_on_file": _drop_paper(gates.FINAL_TEXT),
    "execution_set": lambda journey: _save(journey, executing_unit=None),
    "adoption_explained": lambda journey: _save(journey, adoption_notes=""),
    "masking_reviewed": _text_changed,
    "interpretation_ready": _without_interpretation,
    "tasks_listed": lambda journey: journey.document.execution_tasks.all().delete(),
    "execution_planned": lambda journey: _save(journey, plan_settled_on=None),
    "tasks_settled": lambda journey: journey.document.execution_tasks.filter(number=1).update(state="open"),
    "problems_answered": lambda journey: execution.tell_problem(journey, answered=False),
    "follow_ups_answered": execution.follow_up,
    "not_being_remade": _made_anew,
    "archive_complete": _drop_paper(MINUTES),
    "dossier_sealed": _one_paper_more,
}
# Conditions that the database itself keeps from being taken away: no plain change can undo them.
KEPT_BY_THE_DATABASE = {"numbered", "last_report_on_file"}
# Taking this condition away takes the other with it, by nature.
TOGETHER = {
    "fair_competition_reviewed": {"review_pack_complete"},
    "opinion_issued": {"draft_reworked", "legality_opinion_on_file"},
    "legality_opinion_on_file": {"integrity_reviewed"},  # it was given on the text as it was
    "archive_complete": {"dossier_sealed"},  # the folder is another one without the paper
    "adoption_explained": {"masking_reviewed"},  # the explanation stands in the public text
}
