"""What an evaluation adds to its own case page, and to that of its decision."""

from django.urls import reverse

from decisions.evaluation.choosing import EVALUATED_IN, POWER
from decisions.evaluation.gates import CONCLUSION, PAPERS, REPORT, is_public
from decisions.evaluation.models import Correction, DecisionEvaluation
from decisions.evaluation.vocabulary import Outcome
from decisions.evaluation.workflow import WORKFLOW
from decisions.workflow import WORKFLOW as DECISIONS
from portal.accounts.authority import may
from portal.deadlines.lamps import Lamp
from portal.evaluations.sections import FINDINGS, QUESTIONNAIRE, may_work_on
from portal.evaluations.setting import job_of
from portal.meetings.case_section import deliberation_section
from portal.moment import today
from portal.publishing.pages import document_url
from portal.publishing.register import publication_of
from portal.web.inside import case_page
from portal.web.inside.case_page import case_url

SOON = 7  # days before the due day of a correction


def _day(day):
    return f"{day:%Y-%m-%d}" if day else "—"


def facts(evaluation):
    plan = reverse("decision_evaluation:plan", args=[evaluation.public_id]) if evaluation.is_planned else ""
    decision = evaluation.decision

    def row(key, value, field, **more):
        return {"key": key, "value": value or "—", "change_url": f"{plan}#id_{field}" if plan else "", **more}

    rows = [
        {"key": "评估的决策", "value": f"{decision.title}　{decision.document_number}", "wide": True},
        {"key": "决策日期", "value": _day(decision.decided_on), "is_number": True},
        {"key": "评估情形", "value": evaluation.trigger_words},
        {"key": "选择理由", "value": evaluation.choice_reason, "wide": True},
        row("评估方式", evaluation.get_evaluator_kind_display(), "evaluator_kind"),
        row("评估单位", evaluation.evaluator, "evaluator"),
        row("评估方法", evaluation.method_words, "methods"),
        row("完成日期", _day(evaluation.finish_by), "finish_by", is_number=True),
        row("评估范围", evaluation.scope, "scope", wide=True),
        row("参与评估", evaluation.participants, "participants", wide=True),
    ]
    for label, choice, reason, day in (
        ("评估建议", evaluation.get_advice_display(), evaluation.advice_reason, None),
        ("评估结论", evaluation.get_outcome_display(), evaluation.outcome_reason, evaluation.decided_on),
    ):
        if choice:
            words = f"{choice}　{_day(day)}" if day else choice
            rows.append({"key": label, "value": f"{words}：{reason}", "wide": True})
    return rows


def edit_url(evaluation, person):
    if not evaluation.is_planned or not may_work_on(evaluation, person):
        return ""
    return reverse("decision_evaluation:plan", args=[evaluation.public_id])


def tags(evaluation):
    return [{"text": evaluation.get_outcome_display(), "kind": ""}] if evaluation.outcome else []


def opinions(evaluation, person):
    """Whom the evaluators heard."""
    if evaluation.is_planned:
        return None
    may_write = evaluation.is_under_study and may_work_on(evaluation, person)
    return {
        "opinions": list(evaluation.opinions.all()),
        "new_url": reverse("decision_evaluation:opinion", args=[evaluation.public_id]) if may_write else "",
    }


def lamp_of(correction: Correction) -> Lamp:
    """Its due day as a lamp; red only while it is open."""
    if correction.done_on is not None:
        late = (correction.done_on - correction.due_on).days
        return Lamp("done", f"逾期 {late} 日完成" if late > 0 else "已完成")
    left = (correction.due_on - today()).days
    if left < 0:
        return Lamp("late", f"逾期 {-left} 日")
    return Lamp("soon" if left <= SOON else "fine", f"剩 {left} 日" if left else "今日到期")


def corrections(evaluation, person):
    """What is put right, until everything is done (反馈纠偏)."""
    if evaluation.is_planned:
        return None
    may_write = evaluation.takes_corrections and may_work_on(evaluation, person)
    rows = [
        {
            "row": correction,
            "lamp": lamp_of(correction),
            "url": reverse("decision_evaluation:correction", args=[evaluation.public_id, correction.number])
            if may_write and correction.done_on is None
            else "",
        }
        for correction in evaluation.corrections.select_related("unit")
    ]
    return {
        "rows": rows,
        "left": sum(line["row"].done_on is None for line in rows),
        "new_url": reverse("decision_evaluation:new-correction", args=[evaluation.public_id]) if may_write else "",
    }


def report(evaluation, person):
    """The papers by the worker, publication, and what followed."""
    if not evaluation.advice:
        return None
    publication = publication_of(evaluation)
    rows = [{"label": "评估报告", "text": "已生成入卷" if evaluation.report_id else "尚未生成", "url": ""}]
    if evaluation.outcome:
        rows.append({"label": "评估结论", "text": "已生成入卷" if evaluation.conclusion_id else "正在生成", "url": ""})
        published = "尚未公开" if is_public(evaluation) else "决策依法不予公开，评估结果不公开"
        rows.append(
            {
                "label": "公开", "text": publication.public_number if publication else published,
                "url": document_url(publication) if publication else "",
            }
        )  # fmt: skip
        rows.append({"label": "落实", **_followed(evaluation)})
    slot = CONCLUSION if evaluation.outcome else REPORT
    made = evaluation.conclusion_id if evaluation.outcome else evaluation.report_id
    return {
        "rows": rows,
        "job": job_of(evaluation, slot.code),
        "label": slot.label,
        "poll_url": reverse("evaluations:paper", args=[evaluation.public_id, slot.code]),
        "may_ask": may_work_on(evaluation, person) and made is None and not evaluation.is_under_study,
    }


def _followed(evaluation) -> dict:
    if evaluation.outcome == Outcome.CONTINUE:
        return {"text": "继续实施，不需要另行办理", "url": ""}
    if evaluation.follow_up_id:
        return {"text": f"已立项：{evaluation.follow_up.title}", "url": case_url(evaluation.follow_up)}
    if evaluation.stopped_on:
        return {"text": f"{_day(evaluation.stopped_on)} 停止实施原决策", "url": case_url(evaluation.decision)}
    return {"text": "尚未办理", "url": ""}


def of_decision(decision, person):
    """Evaluations of a decision, and what speaks for one; the way to choose it, for those who may."""
    found = list(DecisionEvaluation.objects.visible_to(person).filter(decision=decision).order_by("-pk"))
    cues = list(decision.evaluation_cues.order_by("-pk"))
    may_choose = decision.stage in EVALUATED_IN and may(person, POWER, decision.organisation)
    if not (found or cues or may_choose):
        return None
    running = any(not evaluation.is_closed for evaluation in found)
    address = {"args": [decision.public_id]}
    return {
        "evaluations": [{"row": evaluation, "url": case_url(evaluation)} for evaluation in found],
        "cues": cues,
        "choose_url": reverse("decision_evaluation:choose", **address) if may_choose and not running else "",
        "cue_url": reverse("decision_evaluation:cue", **address) if may_choose else "",
    }


PAGE = case_page.register(
    case_page.CasePage(
        kind=WORKFLOW.code,
        facts=facts,
        tags=tags,
        edit_url=edit_url,
        slots=lambda evaluation: PAPERS,
        sections=(
            QUESTIONNAIRE,
            case_page.Section("decisions/evaluation/part_opinions.html", opinions, anchor="opinions"),
            FINDINGS,
            deliberation_section(after="hand_in", stage="deliberation"),
            case_page.Section("decisions/evaluation/part_report.html", report, anchor="report"),
            case_page.Section("decisions/evaluation/part_corrections.html", corrections, anchor="corrections"),
        ),
    )
)

BESIDE_DECISION = case_page.add_section(
    DECISIONS.code,
    case_page.Section("decisions/evaluation/part_of_decision.html", of_decision, anchor="evaluation"),
)
