"""What a decision adds to the case page: its facts, tags and sections."""

from django.urls import reverse

from decisions import gates
from decisions.views import part_execution
from decisions.vocabulary import EXPERTS, HEARING, PARTICIPATION, RISK, STEPS
from decisions.workflow import Stage
from portal.accounts.authority import may
from portal.consultation.case_section import PARTICIPATION as SESSIONS
from portal.consultation.case_section import QUESTIONS, consultation_section
from portal.county_requests.case_page import county_requests_section
from portal.interpretations.case_page import add_to_case_page
from portal.legal_review.case_section import review_section
from portal.meetings.case_section import deliberation_section
from portal.web.inside import case_page, drafts


def _date(day):
    return f"{day:%Y-%m-%d}" if day else "—"


def facts(decision):
    edit = reverse("decisions:edit", kwargs={"public_id": decision.public_id})

    def change(field, allowed):
        return f"{edit}#id_{field}" if allowed and not decision.is_closed else ""

    text = decision.is_editable
    proposal = decision.stage == Stage.PROPOSED
    late = text or decision.takes_last_words
    yes_or_no = (
        ("touches_public_interest", "重大公共利益、切身利益"), ("is_professional", "专业性、技术性较强"),
        ("hearing_by_law", "法定应当听证"), ("brings_risk", "可能引发风险"), ("affects_market", "涉及经营者经济活动"),
        ("is_disputed", "存在较大分歧"),
    )  # fmt: skip
    return [
        {"key": "提出主体", "value": f"{decision.get_proposer_kind_display()}：{decision.proposer}",
         "change_url": change("proposer_kind", proposal)},
        {"key": "提出日期", "value": _date(decision.proposed_on), "change_url": change("proposed_on", proposal)},
        {"key": "承办单位", "value": decision.handling_unit.short_name if decision.handling_unit else "—",
         "change_url": change("handling_unit", text)},
        {"key": "启动日期", "value": _date(decision.started_on)},
        {"key": "决策文号", "value": decision.document_number or "作出决策时编号", "is_number": True},
        {"key": "决策日期", "value": _date(decision.decided_on)},
        {"key": "公布日期", "value": _date(decision.published_on)},
        {"key": "应当决策的日期",
         "value": f"{_date(decision.due_on)}（{decision.due_basis}）" if decision.due_on else "没有规定或者承诺",
         "change_url": change("due_on", text)},
        {"key": "执行单位", "value": decision.executing_unit.short_name if decision.executing_unit else "—",
         "change_url": change("executing_unit", late)},
        {"key": "计划完成", "value": _date(decision.executed_until), "change_url": change("executed_until", late)},
        *(
            {"key": label, "value": "是" if getattr(decision, name) else "否", "change_url": change(name, text)}
            for name, label in yes_or_no
        ),
        {"key": "特定群体", "value": decision.special_groups or "不涉及", "change_url": change("special_groups", text)},
        {"key": "公开属性", "value": decision.get_disclosure_display()
         + (f"：{decision.disclosure_reason}" if decision.disclosure_reason else "")},
        {"key": "事项类别", "value": decision.get_matter_display(), "wide": True, "change_url": change("matter", text)},
        {"key": "认定理由", "value": decision.matter_reason, "wide": True, "change_url": change("matter_reason", text)},
        {"key": "拟解决的问题", "value": decision.problem or "—", "wide": True,
         "change_url": change("problem", proposal)},
        {"key": "意见采纳情况", "value": decision.adoption_notes or "公布前填写", "wide": True,
         "change_url": change("adoption_notes", late)},
        {"key": "对建议的答复", "value": decision.proposal_answer or "尚未答复", "wide": True},
        {"key": "法律、政策依据", "value": decision.legal_basis or "—", "wide": True,
         "change_url": change("legal_basis", text)},
    ]  # fmt: skip


def edit_url(decision, person):
    too_late = not (decision.is_editable or decision.takes_last_words)
    if decision.is_closed or too_late or not may(person, "decisions.draft", decision.organisation):
        return ""
    return reverse("decisions:edit", kwargs={"public_id": decision.public_id})


def tags(decision):
    return [{"text": "依法不公开", "kind": ""}] if decision.is_secret else []


def skipped(decision):
    if decision.needs(PARTICIPATION):
        return {}
    return {Stage.PARTICIPATION: f"不需要，因为{decision.why(PARTICIPATION)}"}


def procedure(decision, person):
    """Which steps by the facts, each with the page where it is done."""
    pages = {
        PARTICIPATION.code: "consultation:staff-consultation", HEARING.code: "consultation:staff-sessions",
        EXPERTS.code: "decisions:experts", RISK.code: "decisions:risk",
    }  # fmt: skip
    return {
        "steps": [
            {
                "label": step.label, "needed": decision.needs(step), "why": decision.why(step),
                "url": reverse(pages[step.code], args=[decision.public_id]) if step.code in pages else "",
            }
            for step in STEPS.values()
        ],
        "departments": reverse("decisions:departments", args=[decision.public_id]),
    }  # fmt: skip


def draft(decision, person):
    return {
        "text": decision.draft_text, "notes": decision.drafting_notes, "options": decision.options,
        "cost_benefit": decision.cost_benefit, "research": decision.research,
    }  # fmt: skip


PAGE = case_page.register(
    case_page.CasePage(
        kind="decisions",
        facts=facts,
        tags=tags,
        number=lambda decision: decision.document_number or decision.number,
        edit_url=edit_url,
        skipped=skipped,
        slots=lambda decision: gates.PAPERS,
        sections=(
            part_execution.DELAY,
            part_execution.EXECUTION,
            case_page.Section("decisions/part_procedure.html", procedure, anchor="procedure"),
            case_page.Section("decisions/part_draft.html", draft, anchor="draft"),
            county_requests_section(after="ask_county"),
            consultation_section(after="open_participation"),
            SESSIONS,
            QUESTIONS,
            review_section(after="send_to_review"),
            deliberation_section(after="put_to_deliberation", stage=Stage.DELIBERATION),
        ),
    )
)  # fmt: skip

DRAFT = drafts.register(drafts.DraftField(PAGE.kind, edit="decisions:edit"))

INTERPRETATIONS = add_to_case_page(PAGE.kind)
