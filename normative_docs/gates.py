"""What the law asks of a normative document before it may move on."""

from normative_docs import events
from normative_docs.switches import CLAUSE_HINTS, COUNTY_PRECHECK, INTEGRITY_REVIEW
from normative_docs.vocabulary import PRECHECK_REQUEST, IntegrityConclusion
from portal.consultation import standing as consultation
from portal.county_requests import standing as county_requests
from portal.documents.papers import missing_papers
from portal.documents.slots import PaperSlot, register_slots
from portal.interpretations.switches import WITH_PUBLICATION
from portal.interpretations.together import interpretation_ready
from portal.legal_review import standing as legal_review
from portal.meetings import standing as meetings
from portal.meetings.models import DeliberationItem
from portal.publishing import standing as publishing
from portal.workflow.declare import Binding, Gate, GateState, Standing, in_progress, met, not_started
from portal.workflow.minimum import minimum_passed
from portal.workflow.papers_on_file import papers_on_file

DRAFT = PaperSlot("nd_draft", "送审稿", "国办发〔2018〕115号 五")
NOTES = PaperSlot("nd_notes", "起草说明", "国办发〔2018〕115号 五")
BASIS_TEXTS = PaperSlot("nd_basis", "依据文本", "国办发〔2018〕115号 五")
OPINIONS = PaperSlot("nd_opinions", "征求意见及采纳情况", "国办发〔2018〕115号 五")
OWN_REVIEW = PaperSlot("nd_own_review", "起草单位审核意见", "国办发〔2018〕115号 五")
FAIR_COMPETITION = PaperSlot(
    "nd_fair_competition",
    "公平竞争审查结论",
    "公平竞争审查条例 第十四条",
    applies=lambda document: document.affects_market,
)
FINAL_TEXT = PaperSlot("nd_final_text", "正式文本", "国办发〔2018〕37号")
PRECHECK = PaperSlot("nd_precheck", "县级预审意见", "云溪县地方规则（地方示例）", needed=False, by_system=True)
EXPIRY_ASSESSMENT = PaperSlot(
    "nd_expiry_assessment",
    "到期前评估报告",
    "湖南省行政程序规定 第五十一条（地方示例）",
    applies=lambda document: document.continues_id is not None,
)

REVIEW_PACK = register_slots(DRAFT, NOTES, BASIS_TEXTS, OPINIONS, OWN_REVIEW, FAIR_COMPETITION)
register_slots(FINAL_TEXT, PRECHECK, EXPIRY_ASSESSMENT)


def _facts(document) -> Standing:
    missing = [
        label
        for label, value in (
            ("文件正文", document.draft_text),
            ("制定的必要性", document.necessity),
            ("调研论证情况", document.research),
            ("起草说明", document.drafting_notes),
            ("上位依据", document.legal_basis),
            ("联系单位和电话", document.contact_phone),
        )
        if not value
    ]
    if not missing:
        return met("正文、说明、依据、联系方式均已填写")
    return in_progress("未填写：" + "、".join(missing)) if len(missing) < 6 else not_started("尚未填写")


def _recognised(document) -> Standing:
    recognition = getattr(document, "recognition", None)
    return met(recognition.reason) if recognition else not_started("没有认定记录")


def _issuer(document) -> Standing:
    if document.issuing_authority_may_issue:
        return met(f"{document.issuer}在县级公布的制定主体清单上")
    return not_started(f"{document.issuer}不在县级公布的制定主体清单上；派出机构、内设机构、议事协调机构不得制发")


def _cited(document) -> Standing:
    """Every document of the portal that is named as a basis is public and in force (S1-10.1b)."""
    bases = list(document.cited_bases.select_related("cited"))
    faults = [f"《{basis.cited.title}》{fault}" for basis in bases if (fault := basis.cited.citing_fault())]
    if faults:
        return in_progress("不得作为依据：" + "、".join(faults))
    return met(f"所依据的 {len(bases)} 件文件均已公布、现行有效")


def _integrity(document) -> Standing:
    if not document.integrity_conclusion:
        return not_started("尚未作廉洁性评估")
    if document.integrity_digest != document.draft_digest():
        return in_progress("评估后文稿已修改，须重新评估")
    if document.integrity_conclusion != IntegrityConclusion.PASSED:
        return in_progress("存在廉洁风险，修改后重新评估")
    return met("未发现廉洁风险")


def _registered(document) -> Standing:
    if document.registration_number:
        return met(f"登记号 {document.registration_number}")
    return not_started("县级尚未登记；未经登记不得公布")


def _validity(document) -> Standing:
    if not (document.effective_on and document.valid_until):
        return not_started("未填写施行日期或者有效期")
    if document.valid_until <= document.effective_on:
        return in_progress("有效期截止日早于施行日期")
    fault = document.validity_fault()
    return in_progress(fault) if fault else met(f"{document.effective_on:%Y-%m-%d} 至 {document.valid_until:%Y-%m-%d}")


def _commencement(document) -> Standing:
    fault = document.commencement_fault()
    return in_progress(fault) if fault else met(document.commencement_reason or "公布与施行之间的间隔符合规定")


def _numbered(document) -> Standing:
    if not document.document_number:
        return not_started("签发时由系统统一编号")
    if not document.registration_number:
        return in_progress("等待县级登记、编号")
    return met(f"{document.document_number}，登记号 {document.registration_number}")


def _planned_acts(document) -> Standing:
    answers = [ask(document) for ask in events.planned_acts]
    return next((one for one in answers if one.state != GateState.MET), answers[0] if answers else met())


def _clause_hints(document) -> Standing:
    answers = [ask(document) for ask in events.clause_hints]
    return next((one for one in answers if one.state != GateState.MET), answers[0] if answers else met())


def _reworked(document) -> Standing:
    changed = document.draft_changed_since_opinion()
    return met("送审稿已在意见书之后修改") if changed else not_started("送审稿自意见书出具后未修改")


def _lawful(document) -> Standing:
    """Lawful, and the text is still the one that was reviewed: every rework is reviewed again."""
    standing = legal_review.lawful_opinion(document)
    if standing.state == GateState.MET and document.draft_changed_since_opinion():
        return in_progress("送审后文稿已修改或者会议要求修改，须重新审核")
    return standing


def awaits_rework(document) -> bool:
    """The opinion is out and does not carry the text as it stands: the pack is made anew and sent again."""
    return legal_review.opinion_issued(document).state == GateState.MET and _lawful(document).state != GateState.MET


def lacks(slot: PaperSlot):
    """A condition: no paper lies in this slot yet although the document needs it."""
    return lambda document: bool(missing_papers(document, (slot,)))


RECOGNISED = Gate(
    code="recognised_as_normative",
    label="已认定属于行政规范性文件",
    basis="国办发〔2018〕115号 三",
    standing=_recognised,
    remedy="normative_docs:recognise-file",
)
ISSUER_QUALIFIED = Gate(
    code="issuer_qualified",
    label="制定机关具有制定主体资格",
    basis="国办发〔2018〕37号；县级公布的制定主体清单",
    standing=_issuer,
    remedy="normative_docs:edit#id_issuing_authority",
)
DRAFT_COMPLETE = Gate(
    code="draft_complete",
    label="草案、起草说明和依据已填写",
    basis="国办发〔2018〕37号（评估论证、公开征求意见）",
    standing=_facts,
    remedy="normative_docs:edit#id_draft_text",
)
COMMENT_PERIOD_OVER = Gate(
    code="comment_period_over",
    label="公开征求意见期满",
    basis="国办发〔2018〕37号（公开征求意见）",
    standing=consultation.period_over,
    remedy="consultation:staff-consultation",
)
COMMENTS_ANSWERED = Gate(
    code="comments_answered",
    label="每条意见都有采纳情况和理由",
    basis="国办发〔2018〕37号（公开征求意见）",
    standing=consultation.every_comment_answered,
    remedy="consultation:staff-consultation#comments",
)
ANSWERS_PUBLISHED = Gate(
    code="answers_published",
    label="意见采纳情况已公布",
    basis="国令713 第十五条（参照）",
    binding=Binding.REFERENCE,
    standing=consultation.answers_published,
    remedy="consultation:staff-consultation#answers",
)
WIDELY_CONSULTED = Gate(
    code="widely_consulted",
    label="已召开听证会、论证会或者座谈会，意见逐条答复",
    basis="苏府〔2015〕12号 九（重大民生事项广泛听取意见）",
    binding=Binding.LOCAL,
    standing=consultation.session_reported,
    applies=lambda document: document.touches_livelihood,
    not_needed="不属于重大民生事项（起草时认定）",
    remedy="consultation:staff-sessions",
)
PACK_COMPLETE = Gate(
    code="review_pack_complete",
    label="送审材料齐备",
    basis="国办发〔2018〕115号 五",
    standing=lambda document: papers_on_file(document, REVIEW_PACK),
    remedy="inside:papers",
)
FAIR_COMPETITION_REVIEWED = Gate(
    code="fair_competition_reviewed",
    label="已作公平竞争审查",
    basis="公平竞争审查条例 第十四条、第十八条",
    standing=lambda document: papers_on_file(document, (FAIR_COMPETITION,)),
    applies=lambda document: document.affects_market,
    not_needed="不涉及经营者经济活动（起草时认定）",
    remedy="inside:papers#nd_fair_competition",
)
LEGALITY_OPINION = Gate(
    code="legality_opinion_on_file",
    label="已取得合法性审核意见，结论为合法",
    basis="国办发〔2018〕115号 六、七",
    standing=_lawful,
    remedy="legal_review:staff-review",
)
LEGALITY_OPINION_GIVEN = Gate(
    code="lawful_opinion_given",
    label="制发前已作合法性审核，结论为合法",
    basis="国办发〔2018〕115号 七",
    standing=lambda document: met() if document.lawful_review_id else not_started("没有合法性审核意见"),
    remedy="legal_review:staff-review",
)
REVIEW_TIME_GIVEN = Gate(
    code="review_time_given",
    label="合法性审核时间不少于五个工作日",
    basis="国办发〔2018〕115号 五",
    standing=lambda document: minimum_passed(document, "nd_legality_review_min"),
    applies=lambda document: not document.urgent_ground,
    not_needed="应对突发事件或者执行上级紧急命令，理由已记录；合法性审核本身不能免",
    remedy="legal_review:staff-review",
)
CITED_IN_FORCE = Gate(
    code="cited_documents_in_force",
    label="所依据的规范性文件已公布、现行有效",
    basis="国办发〔2018〕37号（未经公布的不得作为行政管理的依据）",
    standing=_cited,
    applies=lambda document: document.cited_bases.exists(),
    not_needed="没有以其他规范性文件为依据",
    remedy="normative_docs:bases",
)
COUNTY_PRECHECKED = Gate(
    code="county_prechecked",
    label="县级法制机构预审同意",
    basis="云溪县地方规则（地方示例）",
    binding=Binding.LOCAL,
    standing=lambda document: county_requests.agreed(document, PRECHECK_REQUEST, document.draft_digest()),
    switch=COUNTY_PRECHECK.code,
    remedy="inside:step/ask_precheck",
)
INTEGRITY_REVIEWED = Gate(
    code="integrity_reviewed",
    label="制度廉洁性评估通过",
    basis="云溪县地方规则（地方示例）",
    binding=Binding.LOCAL,
    standing=_integrity,
    switch=INTEGRITY_REVIEW.code,
    remedy="inside:step/assess_integrity",
)
EXPIRY_ASSESSED = Gate(
    code="expiry_assessed",
    label="到期前评估报告已入卷",
    basis="湖南省行政程序规定 第五十一条（地方示例）",
    binding=Binding.LOCAL,
    standing=lambda document: papers_on_file(document, (EXPIRY_ASSESSMENT,)),
    applies=lambda document: document.continues_id is not None,
    not_needed="不是延续有效期的文件",
    remedy="inside:papers#nd_expiry_assessment",
)
REGISTERED = Gate(
    code="registered_by_county",
    label="县级已统一登记",
    basis="山东省行政程序规定 第五十一条（地方示例）",
    binding=Binding.LOCAL,
    standing=_registered,
    remedy="inside:case",
)
FINDINGS_ANSWERED = Gate(
    code="findings_answered",
    label="审核意见逐条回应",
    basis="国办发〔2018〕115号 六",
    standing=legal_review.findings_answered,
    remedy="legal_review:staff-review#findings",
)
CLAUSE_HINTS_DECIDED = Gate(
    code="clause_hints_decided",
    label="条款提示已逐条处理",
    basis="云溪县地方规则（地方示例）：审核前以条款检查作提示，逐条写明是否采纳",
    binding=Binding.LOCAL,
    standing=_clause_hints,
    remedy="clause_check:panel",
    switch=CLAUSE_HINTS.code,
)
CHECKLIST_ANSWERED = Gate(
    code="checklist_answered",
    label="审核清单逐项填写",
    basis="国办发〔2018〕115号 六",
    standing=legal_review.checklist_answered,
    remedy="legal_review:staff-checklist",
)
OPINION_ISSUED = Gate(
    code="opinion_issued",
    label="上一次审核意见书已出具",
    basis="国办发〔2018〕115号 六",
    standing=legal_review.opinion_issued,
    remedy="legal_review:staff-review",
)
DRAFT_REWORKED = Gate(
    code="draft_reworked",
    label="已按审核意见修改送审稿",
    basis="国办发〔2018〕115号 六",
    standing=_reworked,
    remedy="normative_docs:edit#id_draft_text",
)
DELIBERATION_PASSED = Gate(
    code="deliberation_passed",
    label="已经集体讨论通过",
    basis="国办发〔2018〕37号（集体审议决定）",
    standing=meetings.passed,
    remedy="meetings:staff-deliberation",
)
DELIBERATION_SENT_BACK = Gate(
    code="deliberation_sent_back",
    label="会议决定修改后重新审核",
    basis="国办发〔2018〕115号 七",
    standing=lambda document: meetings.decided(
        document, DeliberationItem.Result.AMENDED, DeliberationItem.Result.DEFERRED
    ),
    remedy="meetings:staff-deliberation",
)
DELIBERATION_REJECTED = Gate(
    code="deliberation_rejected",
    label="会议决定不予通过",
    basis="国办发〔2018〕37号（集体审议决定）",
    standing=lambda document: meetings.decided(document, DeliberationItem.Result.REJECTED),
    remedy="meetings:staff-deliberation",
)
FINAL_TEXT_ON_FILE = Gate(
    code="final_text_on_file",
    label="正式文本已入卷",
    basis="国办发〔2018〕37号（统一印发）",
    standing=lambda document: papers_on_file(document, (FINAL_TEXT,)),
    remedy="inside:papers#nd_final_text",
)
VALIDITY_SET = Gate(
    code="validity_set",
    label="载明施行日期和有效期",
    basis="云溪县地方规则（地方示例）：有效期一般不超过五年，试行、暂行不超过两年",
    binding=Binding.LOCAL,
    standing=_validity,
    remedy="normative_docs:edit#id_valid_until",
)
COMMENCEMENT_GAP = Gate(
    code="commencement_gap",
    label="自公布之日起三十日后施行，或者说明理由",
    basis="云溪县地方规则（地方示例）",
    binding=Binding.LOCAL,
    standing=_commencement,
    remedy="normative_docs:edit#id_commencement_reason",
    switch="normative_docs.commencement_gap",
)
NUMBERED = Gate(
    code="numbered_and_registered",
    label="已统一登记、统一编号",
    basis="国办发〔2018〕37号（统一登记、统一编号、统一印发）",
    standing=_numbered,
    remedy="inside:case",
)
INTERPRETATION_READY = Gate(
    code="interpretation_ready",
    label="解读材料已备",
    basis="国务院办公厅关于全面推进政务公开工作的意见（谁起草、谁解读）；云溪县地方规则（地方示例）",
    binding=Binding.LOCAL,
    standing=interpretation_ready,
    remedy="interpretations:new",
    switch=WITH_PUBLICATION.code,
)
MASKING_REVIEWED = Gate(
    code="masking_reviewed",
    label="公开前的保密和个人信息审查已完成",
    basis="政府信息公开条例 第十四条、第十五条、第十七条",
    standing=publishing.copy_reviewed,
    remedy="publishing:staff-review",
)
PLANNED_ACTS_LISTED = Gate(
    code="planned_acts_listed",
    label="正文废止、修改的文件已逐件列明",
    basis="云溪县地方规则（地方示例）：废止、修改其他文件的，应当逐件写明名称和文号",
    binding=Binding.LOCAL,
    standing=_planned_acts,
    remedy="in_force:plan",
)
RECORD_COMPLETE = Gate(
    code="record_complete",
    label="标题、制定机关和成文日期已登记",
    basis="国办发〔2018〕37号（统一登记）",
    standing=lambda document: (
        met() if document.title and document.issued_on and document.draft_text else not_started("缺正文或者成文日期")
    ),
    remedy="normative_docs:edit#id_issued_on",
)
