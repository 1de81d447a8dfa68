"""The checklist of a decision's folder by its facts: what the steps it needed must have left (国令713 art. 33)."""

from decisions import gates
from decisions.archiving.records import (
    decision_record,
    department_record,
    execution_record,
    expert_record,
    integrity_record,
    proposal_record,
    risk_record,
    secrecy_record,
    steps_record,
)
from decisions.switches import COUNTY_REQUEST, INTEGRITY_REVIEW
from decisions.vocabulary import EXPERTS, HEARING, PARTICIPATION, RISK
from decisions.workflow import WORKFLOW, Stage
from portal.consultation.records import consultation_records, session_records
from portal.consultation.sessions import REPORT_PAPER, SIGNED_RECORD
from portal.county_requests.records import request_records
from portal.documents.models import DocumentVersion
from portal.documents.slots import PaperSlot, always
from portal.dossiers.dossier import Dossier, DossierItem, paper, record_pieces, register
from portal.interpretations.models import Interpretation
from portal.interpretations.switches import WITH_PUBLICATION
from portal.legal_review.papers import OPINION_LETTER
from portal.legal_review.records import review_records
from portal.meetings.papers import MINUTES
from portal.meetings.records import deliberation_records
from portal.publishing.records import publication_records
from portal.workflow.records import procedure_record

LAW = "国令713"
_NOT_YET = "尚未办理到"
_NOT_HERE = "没有这一环节，或者尚未办理到"
_GONE_ON = (Stage.SUSPENDED, Stage.STOPPED, Stage.ARCHIVED)


def _past(stage: Stage):
    """A condition: the decision has left this stage behind."""

    def condition(decision) -> bool:
        track = WORKFLOW.track
        if decision.stage in _GONE_ON:
            return True
        return decision.stage in track and track.index(decision.stage) > track.index(stage)

    return condition


def _interpretations(decision):
    """The published interpretation, as papers of its own file and as its text."""
    found = Interpretation.objects.filter(subject_id=decision.pk, published_on__isnull=False)
    versions = DocumentVersion.objects.filter(
        document__file_id__in=found.values("pk"), document__removed_at__isnull=True
    )
    for version in versions.select_related("document", "blob", "uploaded_by").defer("text").order_by("pk"):
        yield paper(version)
    for interpretation in found.order_by("pk"):
        yield from record_pieces(publication_records)(interpretation)


def _facts(decision) -> dict[str, str]:
    def day(value):
        return f"{value:%Y-%m-%d}" if value else ""

    return {
        "决策文号": decision.document_number,
        "决策日期": day(decision.decided_on),
        "公布日期": day(decision.published_on),
        "执行单位": decision.executing_unit.name if decision.executing_unit else "",
        "计划完成": day(decision.executed_until),
        "事项类别": decision.get_matter_display(),
    }


def _not_now(decision) -> str:
    if decision.stage == Stage.ARCHIVED:
        return "已经归档，卷宗以归档时封存的为准。"
    done = WORKFLOW.transition("archive").sources
    return "" if decision.stage in done else "决策执行（或者停止执行）后才能封存卷宗。"


def _record(code: str, label: str, article: str, *tellers, after: Stage, when=always, **more) -> DossierItem:
    """A record that every decision past ``after`` leaves, where ``when`` says yes of its facts."""
    passed = _past(after)
    return DossierItem(
        code, label, f"{LAW} {article}", needed=lambda decision: passed(decision) and when(decision),
        find=record_pieces(*tellers), **({"not_needed": _NOT_YET if when is always else _NOT_HERE} | more),
    )  # fmt: skip


def _paper(slot: PaperSlot, *, after: Stage, **more) -> DossierItem:
    """A paper that every decision past ``after`` has, where its slot applies by the facts."""
    passed = _past(after)
    return DossierItem(
        slot.code, slot.label, slot.basis, slots=(slot.code,),
        needed=lambda decision: passed(decision) and slot.applies(decision),
        not_needed=_NOT_YET if slot.applies is always else _NOT_HERE, **more,
    )  # fmt: skip


def _needs(step):
    return lambda decision: decision.needs(step)


DOSSIER = register(
    Dossier(
        kind=WORKFLOW.code,
        facts=_facts,
        may_be_sealed=_not_now,
        items=(
            _record(
                "proposal", "决策建议和启动", "第十条", proposal_record, steps_record, after=Stage.PROPOSED,
                slots=(gates.PROPOSAL.code,),
            ),
            *(_paper(slot, after=Stage.ASSESSMENT) for slot in gates.REVIEW_PACK),
            _record(
                "departments", "部门协商", "第十三条", department_record, after=Stage.DRAFTING,
                remedy="decisions:departments",
            ),
            _record(
                "county", "事先请示和县级答复", "第三十三条；云溪县地方规则（地方示例）", request_records,
                after=Stage.DRAFTING, when=lambda decision: decision.was_switched_on(COUNTY_REQUEST),
                slots=(gates.COUNTY_REPLY.code,), remedy="inside:step/ask_county",
            ),
            _record(
                "secrecy", "不予公开的理由和审核", "第十四条", secrecy_record, after=Stage.DRAFTING,
                when=lambda decision: not decision.needs(PARTICIPATION), not_needed="依法公开",
                remedy="decisions:secrecy",
            ),
            _record(
                "participation", "公开征求意见和采纳情况", "第十五条、第十八条", consultation_records,
                after=Stage.PARTICIPATION, when=_needs(PARTICIPATION), remedy="consultation:staff-consultation",
            ),
            _record(
                "sessions", "听证会、座谈会记录和报告", "第十四条、第十六条", session_records,
                after=Stage.PARTICIPATION,
                when=lambda decision: decision.needs(HEARING) or bool(decision.special_groups),
                slots=(SIGNED_RECORD.code, REPORT_PAPER.code), remedy="consultation:staff-sessions",
            ),
            _paper(gates.EXPERT_PAPER, after=Stage.ASSESSMENT),
            _record(
                "experts", "专家论证和采纳情况", "第十九条至第二十一条", expert_record, after=Stage.ASSESSMENT,
                when=_needs(EXPERTS), remedy="decisions:experts",
            ),
            _paper(gates.RISK_PAPER, after=Stage.ASSESSMENT),
            _record(
                "risk", "风险评估和处置预案", "第二十二条至第二十四条", risk_record, after=Stage.ASSESSMENT,
                when=_needs(RISK), remedy="decisions:risk",
            ),
            _paper(OPINION_LETTER, after=Stage.LEGALITY_REVIEW, remedy="legal_review:staff-review"),
            _record(
                "review", "合法性审查记录", "第二十八条", review_records, after=Stage.LEGALITY_REVIEW,
                remedy="legal_review:staff-review",
            ),
            _paper(gates.ADVISER, after=Stage.LEGALITY_REVIEW),
            _record(
                "integrity", "廉洁性审查", "第三十三条；云溪县地方规则（地方示例）", integrity_record,
                after=Stage.LEGALITY_REVIEW, when=lambda decision: decision.was_switched_on(INTEGRITY_REVIEW),
                remedy="inside:case",
            ),
            _record(
                "deliberation", "集体讨论记录", "第三十条", deliberation_records, after=Stage.DELIBERATION,
                remedy="meetings:staff-deliberation",
            ),
            _paper(MINUTES, after=Stage.DELIBERATION, remedy="meetings:staff-deliberation"),
            _paper(gates.PARTY_REPORT, after=Stage.PARTY_REPORT),
            _paper(gates.FINAL_TEXT, after=Stage.PARTY_REPORT),
            _record(
                "decision", "决策作出情况", "第三十条、第三十一条", decision_record, after=Stage.PARTY_REPORT,
                remedy="inside:case",
            ),
            _record(
                "published", "公布文本", "第三十二条", publication_records, after=Stage.PUBLICATION,
                when=_needs(PARTICIPATION), remedy="publishing:staff-review",
            ),
            DossierItem(
                "interpretation", "解读材料", f"{LAW} 第三十二条", find=_interpretations,
                needed=lambda decision: decision.needs(PARTICIPATION)
                and decision.was_switched_on(WITH_PUBLICATION)
                and _past(Stage.PUBLICATION)(decision),
                not_needed="没有要求同步解读", remedy="interpretations:new",
            ),
            _record(
                "execution", "执行任务、报告和调整", "第三十四条、第三十五条", execution_record, after=Stage.EXECUTION,
                when=lambda decision: decision.stage != Stage.STOPPED, not_needed="执行以前停止",
                remedy="decisions:execution",
            ),
            _record("procedure", "决策过程记录", "第三十三条", procedure_record, after=Stage.PROPOSED),
        ),
    )
)  # fmt: skip
