"""What the law asks of a filing before it may move on."""

from dataclasses import replace

from portal.documents.papers import missing_papers
from portal.oversight.kinds import CONCLUSION, REVIEW_OPINION, filing_kinds
from portal.workflow.declare import Binding, Gate, Standing, in_progress, met, not_started
from portal.workflow.papers_on_file import papers_on_file


def _papers(filing) -> Standing:
    return papers_on_file(filing, filing_kinds[filing.filing_kind].papers)


def _opinion_in_file(filing) -> Standing:
    wanted = (REVIEW_OPINION, CONCLUSION) if filing.order else (REVIEW_OPINION,)
    missing = missing_papers(filing, [replace(slot, needed=True) for slot in wanted])
    if missing:
        return not_started("正在生成：" + "、".join(slot.label for slot in missing))
    return met("审查文书已入卷")


def _findings(filing) -> Standing:
    count = filing.findings.filter(settled_at__isnull=True).count()
    return met(f"已登记 {count} 条审查意见") if count else not_started("至少登记一条审查意见，写明条款、问题和依据")


def _no_open_findings(filing) -> Standing:
    left = filing.findings.filter(settled_at__isnull=True).count()
    if left:
        return in_progress(f"还有 {left} 条审查意见未销号；有问题的应当作出限期修改或者纠正决定")
    return met("没有未解决的审查意见")


def _answered(filing) -> Standing:
    unsettled = filing.findings.filter(settled_at__isnull=True)
    total, left = unsettled.count(), unsettled.filter(answer="").count()
    if left:
        return in_progress(f"{total} 条审查意见中还有 {left} 条没有答复")
    return met(f"{total} 条均已答复")


PAPERS_COMPLETE = Gate(
    code="papers_complete",
    label="报送材料齐备",
    basis="云溪县行政规范性文件备案审查办法（地方示例）；法规规章备案审查条例的通行要求",
    binding=Binding.LOCAL,
    standing=_papers,
    remedy="oversight:staff-filing#papers",
)
FINDINGS_ON_FILE = Gate(
    code="findings_on_file",
    label="审查意见已登记条款、问题和依据",
    basis="国办发〔2018〕37号（有错必纠）",
    standing=_findings,
    remedy="oversight:county-filing#findings",
)
NO_OPEN_FINDINGS = Gate(
    code="no_open_findings",
    label="没有未解决的审查意见",
    basis="国办发〔2018〕37号（有备必审、有错必纠）",
    standing=_no_open_findings,
    remedy="oversight:county-filing#findings",
)
FINDINGS_ANSWERED = Gate(
    code="findings_answered",
    label="逐条答复审查意见",
    basis="国办发〔2018〕37号（有错必纠）",
    standing=_answered,
    remedy="oversight:staff-filing#findings",
)
OPINION_IN_FILE = Gate(
    code="opinion_in_file",
    label="审查意见书已入卷",
    basis="档案法 第十三条、第十四条",
    standing=_opinion_in_file,
    remedy="oversight:county-filing#papers",
)
