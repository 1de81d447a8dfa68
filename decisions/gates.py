"""What the law asks of a major administrative decision before it may move on (国令713; for towns by reference)."""

from decisions import events
from decisions.switches import CATALOGUE_FIRST, COUNTY_REQUEST, INTEGRITY_REVIEW
from decisions.vocabulary import (
    EXPERTS,
    FAIR_COMPETITION,
    HEARING,
    PARTICIPATION,
    PRIOR_REPORT,
    RISK,
    IntegrityConclusion,
    Proposer,
    StepByFacts,
)
from portal.consultation import standing as consultation
from portal.consultation.models import SessionKind
from portal.county_requests import standing as county_requests
from portal.documents.slots import PaperSlot, register_slots
from portal.dossiers import standing as dossiers
from portal.interpretations.switches import WITH_PUBLICATION
from portal.interpretations.together import interpretation_ready
from portal.legal_review import standing as legal_review
from portal.meetings import standing as meetings
from portal.meetings.models import DeliberationItem
from portal.publishing import standing as publishing
from portal.workflow.declare import Binding, Gate, GateState, Standing, in_progress, met, not_started
from portal.workflow.minimum import minimum_passed
from portal.workflow.papers_on_file import papers_on_file

LAW = "国令713"

# ── papers ──
PROPOSAL = PaperSlot("md_proposal", "决策建议", f"{LAW} 第十条", needed=False)
DRAFT = PaperSlot("md_draft", "决策草案（送审稿）", f"{LAW} 第二十六条")
NOTES = PaperSlot("md_notes", "起草说明", f"{LAW} 第二十六条、第二十九条")
BASIS_TEXTS = PaperSlot("md_basis", "法律、政策依据", f"{LAW} 第二十六条")
PROCEDURE = PaperSlot("md_procedure", "履行决策程序的说明", f"{LAW} 第二十六条")
FAIR_COMPETITION_PAPER = PaperSlot(
    "md_fair_competition", "公平竞争审查结论", "公平竞争审查条例 第十四条",
    applies=lambda decision: decision.needs(FAIR_COMPETITION),
)  # fmt: skip
EXPERT_PAPER = PaperSlot(
    "md_expert_opinions", "专家论证意见（签字）", f"{LAW} 第二十一条", applies=lambda decision: decision.needs(EXPERTS)
)
RISK_PAPER = PaperSlot(
    "md_risk_report", "风险评估报告", f"{LAW} 第二十四条", applies=lambda decision: decision.needs(RISK)
)
ADVISER = PaperSlot("md_adviser", "法律顾问、公职律师的法律意见", f"{LAW} 第二十七条")
COUNTY_REPLY = PaperSlot(
    "md_county_reply", "县级对事先请示的答复", "云溪县地方规则（地方示例）", needed=False, by_system=True
)
PARTY_REPORT = PaperSlot("md_party_report", "向同级党委请示报告及其意见", f"{LAW} 第三十一条")
FINAL_TEXT = PaperSlot("md_final_text", "决策正式文本", f"{LAW} 第三十二条")

REVIEW_PACK = (DRAFT, NOTES, BASIS_TEXTS, PROCEDURE, FAIR_COMPETITION_PAPER)
PAPERS = register_slots(
    PROPOSAL, *REVIEW_PACK, EXPERT_PAPER, RISK_PAPER, ADVISER, COUNTY_REPLY, PARTY_REPORT, FINAL_TEXT
)


def _proposal(decision) -> Standing:
    """A department, a lower body or a delegate says what is to be solved, why, and how (art. 10)."""
    missing = [
        label
        for label, value in (
            ("拟解决的主要问题", decision.problem),
            ("建议理由和依据", decision.grounds),
            ("初步方案及其必要性、可行性", decision.outline),
        )
        if not value
    ]
    if decision.proposer_kind not in (Proposer.DEPARTMENT, Proposer.DELEGATE):
        missing = [label for label in missing if label == "拟解决的主要问题"]
    if missing:
        return not_started("未填写：" + "、".join(missing))
    return met(f"{decision.get_proposer_kind_display()}{decision.proposer}，{decision.proposed_on:%Y-%m-%d} 提出")


def _lead(decision) -> Standing:
    if decision.handling_unit_id is None:
        return not_started("没有明确承办单位")
    return met(f"承办单位：{decision.handling_unit.short_name}")


def _in_catalogue(decision) -> Standing:
    for stands in events.catalogue_standing:
        return stands(decision)
    return met("没有建立年度决策事项目录")


def _draft(decision) -> Standing:
    missing = [
        label
        for label, value in (
            ("决策草案", decision.draft_text),
            ("起草说明", decision.drafting_notes),
            ("调查研究情况", decision.research),
            ("法律、政策依据", decision.legal_basis),
            ("联系电话", decision.contact_phone),
        )
        if not value
    ]
    if not missing:
        return met("草案、说明、调研、依据、联系方式均已填写")
    return in_progress("未填写：" + "、".join(missing)) if len(missing) < 5 else not_started("尚未填写")


def _options(decision) -> Standing:
    count = len([line for line in decision.options.splitlines() if line.strip()])
    if count < 2:
        return not_started(f"有较大分歧的，应当提出两个以上方案；现有 {count} 个")
    return met(f"{count} 个方案")


def _departments(decision) -> Standing:
    opinions = list(decision.department_opinions.all())
    if not opinions:
        return not_started("尚未征求有关部门意见")
    open_ones = [opinion.unit for opinion in opinions if not opinion.is_settled]
    if open_ones:
        return in_progress("没有答复，或者不同意而未说明协商结果和理由：" + "、".join(open_ones))
    dissent = sum(opinion.agrees is False for opinion in opinions)
    return met(f"{len(opinions)} 个单位均已答复" + (f"，其中 {dissent} 个保留不同意见" if dissent else ""))


def _secrecy(decision) -> Standing:
    """Not public only with a reason, and a named person who reviewed it (S0-4.1d)."""
    if not decision.is_secret:
        return not_started("公开属性不是“不予公开”")
    if decision.disclosure_reviewer_id is None:
        return in_progress("不予公开的理由尚未经负责人审核")
    return met(f"{decision.disclosure_reviewer.full_name}审核：{decision.disclosure_reason}")


def _experts(decision) -> Standing:
    argumentation = decision.argumentations.order_by("-number").first()
    if argumentation is None:
        return not_started("尚未组织专家论证")
    opinions = list(argumentation.opinions.all())
    if not opinions:
        return in_progress(f"{argumentation}：没有登记专家意见")
    silent = argumentation.chosen.filter(released_at__isnull=True, opinion__isnull=True).count()
    if silent:
        return in_progress(f"{argumentation}：还有 {silent} 位选定的专家没有登记意见")
    left = sum(not opinion.outcome for opinion in opinions)
    if left:
        return in_progress(f"{argumentation}：还有 {left} 位专家的意见没有说明采纳情况")
    if not argumentation.is_closed:
        return in_progress(f"{argumentation}：论证报告没有入卷")
    return met(f"{argumentation}，{len(opinions)} 位专家，意见均有采纳情况说明")


def _risk(decision) -> Standing:
    """Missing or 较大 and above blocks (S4-13.1b); the newest assessment counts."""
    assessment = decision.risk_assessments.order_by("-number").first()
    if assessment is None:
        return not_started("未经风险评估，不得作出决策")
    if not assessment.is_acceptable:
        failed = f"（{'、'.join(assessment.failed)}不通过）" if assessment.failed else ""
        return in_progress(f"{assessment}{failed}；经评估存在较大风险，须调整方案后重新评估")
    return met(f"{assessment}，{assessment.assessed_on:%Y-%m-%d}，{assessment.assessor}")


def _lawful(decision) -> Standing:
    """Lawful, and the text is still the one that was reviewed: every rework is reviewed again."""
    standing = legal_review.lawful_opinion(decision)
    if standing.state == GateState.MET and decision.draft_changed_since_opinion():
        return in_progress("送审后草案已修改或者会议要求修改，须重新审查")
    return standing


def _reworked(decision) -> Standing:
    changed = decision.draft_changed_since_opinion()
    return met("草案已在意见书之后修改") if changed else not_started("草案自意见书出具后未修改")


def awaits_rework(decision) -> bool:
    """The opinion is out and does not carry the text as it stands: the pack is made anew and sent again."""
    return legal_review.opinion_issued(decision).state == GateState.MET and _lawful(decision).state != GateState.MET


def _integrity(decision) -> Standing:
    if not decision.integrity_conclusion:
        return not_started("尚未作廉洁性审查")
    if decision.integrity_digest != decision.draft_digest():
        return in_progress("审查后草案已修改，须重新审查")
    if decision.integrity_conclusion != IntegrityConclusion.PASSED:
        return in_progress("存在廉洁风险，修改后重新审查")
    return met("未发现廉洁风险")


def _execution_set(decision) -> Standing:
    if decision.executing_unit_id is None or decision.executed_until is None:
        return not_started("未明确执行单位和计划完成日期")
    return met(f"{decision.executing_unit.short_name}，计划 {decision.executed_until:%Y-%m-%d} 完成")


def _numbered(decision) -> Standing:
    return met(decision.document_number) if decision.document_number else not_started("签发时由系统统一编号")


def _gate(code: str, label: str, article: str, standing, *, law: str = LAW, remedy: str, **more) -> Gate:
    """A gate of the regulation: it binds a town by reference (art. 42), a street only by the local rule."""
    return Gate(
        code=code, label=label, basis=f"{law} {article}", binding=Binding.REFERENCE, standing=standing, remedy=remedy,
        binding_for=lambda decision: decision.binding, **more,
    )  # fmt: skip


def _by_facts(step: StepByFacts) -> dict:
    """What a gate says of a step that a decision needs by its facts."""
    return {
        "applies": lambda decision: decision.needs(step),
        "not_needed": step.without,
        "why_not": lambda decision: decision.why(step),
    }


PROPOSAL_COMPLETE = _gate(
    "proposal_complete", "决策建议内容完整", "第十条", _proposal, remedy="decisions:edit#id_problem"
)
LEAD_NAMED = _gate("lead_named", "明确一个承办单位", "第十一条", _lead, remedy="decisions:edit#id_handling_unit")
IN_CATALOGUE = Gate(
    code="in_catalogue",
    label="已列入年度决策事项目录，或者说明未列入的理由",
    basis="苏府〔2015〕12号（地方示例）；国令713 第三条第三款",
    binding=Binding.LOCAL,
    standing=_in_catalogue,
    switch=CATALOGUE_FIRST.code,
    remedy="catalogue:entry",
)
DRAFT_COMPLETE = _gate(
    "draft_complete", "草案、说明、调研和依据已填写", "第十二条", _draft, remedy="decisions:edit#id_draft_text"
)
OPTIONS_WEIGHED = _gate(
    "options_weighed", "提出两个以上备选方案", "第十二条", _options, remedy="decisions:edit#id_options",
    applies=lambda decision: decision.is_disputed, not_needed="没有较大分歧",
)  # fmt: skip
DEPARTMENTS_CONSULTED = _gate(
    "departments_consulted", "已与有关部门协商，不同意见附理由", "第十三条", _departments,
    remedy="decisions:departments",
)  # fmt: skip
COUNTY_REQUESTED = Gate(
    code="county_requested",
    label="已事先请示县人民政府及有关部门，县级同意",
    basis="云溪县地方规则（地方示例）；S0-4.1",
    binding=Binding.LOCAL,
    standing=lambda decision: county_requests.agreed(decision, PRIOR_REPORT, decision.draft_digest()),
    switch=COUNTY_REQUEST.code,
    remedy="inside:step/ask_county",
)
SECRECY_REVIEWED = Gate(
    code="secrecy_reviewed",
    label="不予公开的理由经负责人审核",
    basis="政府信息公开条例 第十四条、第十七条；国令713 第十四条",
    standing=_secrecy,
    remedy="decisions:secrecy",
)
COMMENT_PERIOD_OVER = _gate(
    "comment_period_over", "公开征求意见期满（一般不少于三十日）", "第十五条", consultation.period_over,
    remedy="consultation:staff-consultation", **_by_facts(PARTICIPATION),
)  # fmt: skip
COMMENTS_ANSWERED = _gate(
    "comments_answered", "每条意见都有采纳情况和理由", "第十八条", consultation.every_comment_answered,
    remedy="consultation:staff-consultation#comments", **_by_facts(PARTICIPATION),
)  # fmt: skip
ANSWERS_PUBLISHED = _gate(
    "answers_published", "意见采纳情况已公布", "第十八条", consultation.answers_published,
    remedy="consultation:staff-consultation#answers", **_by_facts(PARTICIPATION),
)  # fmt: skip
GROUPS_HEARD = _gate(
    "special_groups_heard", "已听取特定群体和有关团体、组织的意见", "第十四条第三款",
    lambda decision: consultation.session_reported(decision, (SessionKind.FORUM, SessionKind.WRITTEN)),
    remedy="consultation:staff-sessions", applies=lambda decision: bool(decision.special_groups),
    not_needed="不涉及特定群体",
)  # fmt: skip
HEARING_HELD = _gate(
    "hearing_held", "听证会已举行，听证报告入卷", "第十六条、第十七条",
    lambda decision: consultation.session_reported(decision, (SessionKind.HEARING,)),
    remedy="consultation:staff-sessions", **_by_facts(HEARING),
)  # fmt: skip
EXPERTS_HEARD = _gate(
    "experts_heard", "专家论证完成，意见采纳情况有说明", "第十九条至第二十一条", _experts,
    remedy="decisions:experts", **_by_facts(EXPERTS),
)  # fmt: skip
EXPERTS_SIGNED = _gate(
    "expert_opinions_signed", "专家签字的论证意见入卷", "第二十一条",
    lambda decision: papers_on_file(decision, (EXPERT_PAPER,)),
    remedy="inside:papers#md_expert_opinions", **_by_facts(EXPERTS),
)  # fmt: skip
RISK_ACCEPTABLE = _gate(
    "risk_acceptable", "已作风险评估，风险可控", "第二十二条至第二十四条", _risk,
    remedy="decisions:risk", **_by_facts(RISK),
)  # fmt: skip
RISK_REPORTED = _gate(
    "risk_report_on_file", "风险评估报告和处置预案入卷", "第二十四条",
    lambda decision: papers_on_file(decision, (RISK_PAPER,)),
    remedy="inside:papers#md_risk_report", **_by_facts(RISK),
)  # fmt: skip
FAIR_COMPETITION_REVIEWED = Gate(
    code="fair_competition_reviewed",
    label="已作公平竞争审查",
    basis="公平竞争审查条例 第十四条、第十八条",
    standing=lambda decision: papers_on_file(decision, (FAIR_COMPETITION_PAPER,)),
    remedy="inside:papers#md_fair_competition",
    **_by_facts(FAIR_COMPETITION),
)
PACK_COMPLETE = _gate(
    "review_pack_complete", "送审材料齐备", "第二十六条",
    lambda decision: papers_on_file(decision, REVIEW_PACK), remedy="inside:papers",
)  # fmt: skip
CHECKLIST_ANSWERED = _gate(
    "checklist_answered", "审查清单逐项填写", "第二十八条", legal_review.checklist_answered,
    remedy="legal_review:staff-checklist",
)  # fmt: skip
ADVISER_HEARD = _gate(
    "adviser_heard", "法律顾问、公职律师的法律意见入卷", "第二十七条",
    lambda decision: papers_on_file(decision, (ADVISER,)), remedy="inside:papers#md_adviser",
)  # fmt: skip
OPINION_ISSUED = _gate(
    "opinion_issued", "上一次审查意见书已出具", "第二十八条", legal_review.opinion_issued,
    remedy="legal_review:staff-review",
)  # fmt: skip
FINDINGS_ANSWERED = _gate(
    "findings_answered", "审查意见逐条回应", "第二十八条", legal_review.findings_answered,
    remedy="legal_review:staff-review#findings",
)  # fmt: skip
DRAFT_REWORKED = _gate(
    "draft_reworked", "已按审查意见修改草案", "第二十八条", _reworked, remedy="decisions:edit#id_draft_text"
)
LEGALITY_OPINION = _gate(
    "legality_opinion_on_file", "已通过合法性审查", "第二十五条", _lawful, remedy="legal_review:staff-review"
)
REVIEW_TIME_GIVEN = _gate(
    "review_time_given", "合法性审查时间不少于七个工作日", "第二十六条",
    lambda decision: minimum_passed(decision, "mad_legality_review_min"), remedy="legal_review:staff-review",
)  # fmt: skip
INTEGRITY_REVIEWED = Gate(
    code="integrity_reviewed",
    label="廉洁性审查通过",
    basis="云溪县地方规则（地方示例）；S1-12.2、S4-24",
    binding=Binding.LOCAL,
    standing=_integrity,
    switch=INTEGRITY_REVIEW.code,
    remedy="inside:step/assess_integrity",
)
DELIBERATION_PASSED = _gate(
    "deliberation_passed", "已经集体讨论通过", "第三十条", meetings.passed, remedy="meetings:staff-deliberation"
)
DELIBERATION_SENT_BACK = _gate(
    "deliberation_sent_back", "会议决定修改后重新审查", "第三十条",
    lambda decision: meetings.decided(
        decision, DeliberationItem.Result.AMENDED, DeliberationItem.Result.DEFERRED
    ),
    remedy="meetings:staff-deliberation",
)  # fmt: skip
DELIBERATION_REJECTED = _gate(
    "deliberation_rejected", "会议决定不予通过", "第三十条",
    lambda decision: meetings.decided(decision, DeliberationItem.Result.REJECTED),
    remedy="meetings:staff-deliberation",
)  # fmt: skip
PARTY_REPORTED = _gate(
    "party_reported", "已向同级党委请示报告", "第三十一条",
    lambda decision: papers_on_file(decision, (PARTY_REPORT,)), remedy="inside:papers#md_party_report",
)  # fmt: skip
FINAL_TEXT_ON_FILE = _gate(
    "final_text_on_file", "决策正式文本入卷", "第三十二条",
    lambda decision: papers_on_file(decision, (FINAL_TEXT,)), remedy="inside:papers#md_final_text",
)  # fmt: skip
EXECUTION_SET = _gate(
    "execution_set", "明确执行单位和计划完成日期", "第三十四条", _execution_set,
    remedy="decisions:edit#id_executing_unit",
)  # fmt: skip
NUMBERED = Gate(
    code="numbered", label="已统一编号", basis="苏府〔2015〕12号（目录化、档案化管理）", binding=Binding.LOCAL,
    standing=_numbered, remedy="inside:case",
)  # fmt: skip
ADOPTION_EXPLAINED = _gate(
    "adoption_explained", "说明公众和专家意见的采纳情况", "第三十二条",
    lambda decision: met("已说明") if decision.adoption_notes else not_started("没有填写意见采纳情况说明"),
    remedy="decisions:edit#id_adoption_notes",
)  # fmt: skip
MASKING_REVIEWED = Gate(
    code="masking_reviewed",
    label="公开前的保密和个人信息审查已完成",
    basis="政府信息公开条例 第十四条、第十五条、第十七条",
    standing=publishing.copy_reviewed,
    remedy="publishing:staff-review",
)
INTERPRETATION_READY = _gate(
    "interpretation_ready", "解读材料已备", "第三十二条", interpretation_ready, remedy="interpretations:new",
    switch=WITH_PUBLICATION.code,
)  # fmt: skip
ARCHIVE_COMPLETE = _gate(
    "archive_complete", "应归档材料齐全", "第三十三条", dossiers.complete, remedy="dossiers:dossier"
)
DOSSIER_SEALED = _gate(
    "dossier_sealed", "卷宗已封存，此后没有变化", "第三十三条", dossiers.sealed, remedy="dossiers:dossier#seal"
)
