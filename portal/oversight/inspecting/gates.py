"""What an inspection needs before it may move on."""

from dataclasses import replace

from portal.documents.papers import missing_papers
from portal.documents.slots import PaperSlot, register_slots
from portal.workflow.declare import Binding, Gate, Standing, in_progress, met, not_started

BASIS = "云溪县地方规则（地方示例）：对规范性文件工作的日常检查和重点督查"
OPINION = register_slots(PaperSlot("in_opinion", "检查意见书", BASIS, needed=False, by_system=True))[0]


def _documents(inspection) -> Standing:
    count = inspection.looked_at.count()
    return met(f"查看 {count} 件文件") if count else not_started("至少写明一件所查文件")


def _findings(inspection) -> Standing:
    count = inspection.findings.count()
    return met(f"已登记 {count} 个问题") if count else not_started("没有登记问题；未发现问题的，直接办结")


def _nothing(inspection) -> Standing:
    count = inspection.findings.count()
    if count:
        return in_progress(f"已登记 {count} 个问题，应当下达检查意见")
    if not inspection.summary.strip():
        return not_started("请先填写检查情况")
    return met("没有发现问题")


def _answered(inspection) -> Standing:
    total, left = inspection.findings.count(), inspection.findings.filter(answered_at__isnull=True).count()
    if left:
        return in_progress(f"{total} 个问题中还有 {left} 个没有写明整改情况")
    return met(f"{total} 个问题均已答复")


def _opinion(inspection) -> Standing:
    if missing_papers(inspection, [replace(OPINION, needed=True)]):
        return not_started("检查意见书正在生成")
    return met("检查意见书已入卷")


DOCUMENTS_NAMED = Gate(
    code="documents_named",
    label="写明所查文件",
    basis=BASIS,
    binding=Binding.LOCAL,
    standing=_documents,
    remedy="oversight:inspection#documents",
)
FINDINGS_ON_RECORD = Gate(
    code="findings_on_record",
    label="问题已登记，写明依据和整改要求",
    basis=BASIS,
    binding=Binding.LOCAL,
    standing=_findings,
    remedy="oversight:inspection#findings",
)
NOTHING_FOUND = Gate(
    code="nothing_found",
    label="未发现问题",
    basis=BASIS,
    binding=Binding.LOCAL,
    standing=_nothing,
    remedy="oversight:inspection#findings",
)
ALL_ANSWERED = Gate(
    code="all_answered",
    label="逐项报告整改情况",
    basis=BASIS,
    binding=Binding.LOCAL,
    standing=_answered,
    remedy="oversight:inspection#findings",
)
OPINION_ON_FILE = Gate(
    code="opinion_on_file",
    label="检查意见书已入卷",
    basis="档案法 第十三条、第十四条",
    standing=_opinion,
    remedy="oversight:inspection#papers",
)
