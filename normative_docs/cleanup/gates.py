"""What the law asks of a clean-up before it may move on."""

from dataclasses import replace

from normative_docs.cleanup.outcomes import ENDINGS
from portal.documents.papers import missing_papers
from portal.documents.slots import PaperSlot, register_slots
from portal.legal_review import standing as legal_review
from portal.meetings import standing as meetings
from portal.meetings.models import DeliberationItem
from portal.publishing import standing as publishing
from portal.workflow.declare import Gate, Standing, in_progress, met, not_started

NOTICE, NOTICE_DOCX = register_slots(
    PaperSlot("cu_notice", "清理结果公告", "国发〔2010〕33号（清理结果向社会公布）", by_system=True),
    PaperSlot("cu_notice_docx", "清理结果公告（可编辑）", "", needed=False, by_system=True),
)
_CLEANUP = "国办发〔2018〕37号（动态清理）；国发〔2010〕33号（规范性文件一般每隔两年清理一次）"


def _scope(campaign) -> Standing:
    count = campaign.items.filter(in_scope=True).count()
    return met(f"范围内 {count} 件") if count else not_started("范围内没有文件")


def _judged(campaign) -> Standing:
    numbers = campaign.totals()
    if not numbers.in_scope:
        return not_started("范围内没有文件")
    if numbers.without == numbers.in_scope:
        return not_started(f"{numbers.in_scope} 件均未填写结论")
    if numbers.without:
        return in_progress(f"{numbers.in_scope} 件中还有 {numbers.without} 件没有结论")
    return met(f"{numbers.in_scope} 件均有结论和理由")


def _endings(campaign) -> Standing:
    left = campaign.items.filter(in_scope=True, verdict__in=ENDINGS, basis="").count()
    return in_progress(f"{left} 件拟废止、宣布失效的文件没有写明依据") if left else met()


def _fair_competition(campaign) -> Standing:
    asked = campaign.items_asked_about_competition()
    left = asked.filter(fair_competition="").count()
    return in_progress(f"{left} 件没有填写公平竞争核查结果") if left else met(f"{asked.count()} 件已核查")


def _checked(campaign) -> Standing:
    listed = campaign.items.filter(in_scope=True)
    left = listed.filter(checked_at__isnull=True).count()
    if not left:
        return met(f"{listed.count()} 件已逐件核对")
    return in_progress(f"还有 {left} 件没有核对") if left < listed.count() else not_started("尚未核对")


def _notice(campaign) -> Standing:
    missing = missing_papers(campaign, [replace(slot, needed=True) for slot in (NOTICE, NOTICE_DOCX)])
    if missing:
        return not_started("正在生成：" + "、".join(slot.label for slot in missing))
    return met(f"{campaign.notice_number}，PDF 和 DOCX 已入卷")


SCOPE_SET = Gate(
    code="scope_set", label="清理范围内有文件", basis=_CLEANUP, standing=_scope, remedy="cleanup:scope",
)  # fmt: skip
EVERY_DOCUMENT_JUDGED = Gate(
    code="every_document_judged",
    label="范围内每件文件都有结论和理由",
    basis=_CLEANUP,
    standing=_judged,
    remedy="cleanup:work#list",
)
ENDINGS_HAVE_BASIS = Gate(
    code="endings_have_basis",
    label="废止、宣布失效的结论写明依据",
    basis=_CLEANUP,
    standing=_endings,
    remedy="cleanup:work#list",
)
FAIR_COMPETITION_ANSWERED = Gate(
    code="fair_competition_answered",
    label="涉及经营者的文件已作公平竞争核查",
    basis="国发〔2016〕34号（清理废除妨碍全国统一市场和公平竞争的规定和做法）",
    standing=_fair_competition,
    applies=lambda campaign: campaign.items_asked_about_competition().exists(),
    not_needed="范围内没有涉及经营者经济活动的文件",
    remedy="cleanup:work#list",
)
LIST_CHECKED = Gate(
    code="list_checked",
    label="法制机构逐件核对清理结论",
    basis="国办发〔2018〕115号 六",
    standing=_checked,
    remedy="cleanup:work#list",
)
CHECKLIST_ANSWERED = Gate(
    code="checklist_answered",
    label="审核清单逐项填写",
    basis="国办发〔2018〕115号 六",
    standing=legal_review.checklist_answered,
    remedy="legal_review:staff-checklist",
)
LEGALITY_OPINION = Gate(
    code="legality_opinion_on_file",
    label="已取得合法性审核意见，结论为合法",
    basis="国办发〔2018〕115号 六、七",
    standing=legal_review.lawful_opinion,
    remedy="legal_review:staff-review",
)
FINDINGS_ANSWERED = Gate(
    code="findings_answered",
    label="审核意见逐条回应",
    basis="国办发〔2018〕115号 六",
    standing=legal_review.findings_answered,
    remedy="legal_review:staff-review#findings",
)
DELIBERATION_PASSED = Gate(
    code="deliberation_passed",
    label="清理结论已经集体讨论通过",
    basis="国办发〔2018〕37号（集体审议决定）",
    standing=meetings.passed,
    remedy="meetings:staff-deliberation",
)
DELIBERATION_SENT_BACK = Gate(
    code="deliberation_sent_back",
    label="会议决定修改或者不予通过",
    basis="国办发〔2018〕37号（集体审议决定）",
    standing=lambda campaign: meetings.decided(
        campaign,
        DeliberationItem.Result.AMENDED,
        DeliberationItem.Result.DEFERRED,
        DeliberationItem.Result.REJECTED,
    ),
    remedy="meetings:staff-deliberation",
)
NOTICE_MADE = Gate(
    code="notice_made",
    label="清理结果公告已成文入卷",
    basis="党政机关公文处理工作条例 第九条",
    standing=_notice,
    remedy="inside:case#notice",
)
MASKING_REVIEWED = Gate(
    code="masking_reviewed",
    label="公开前的保密和个人信息审查已完成",
    basis="政府信息公开条例 第十四条、第十五条、第十七条",
    standing=publishing.copy_reviewed,
    remedy="publishing:staff-review",
)
