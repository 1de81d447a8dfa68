"""What the law asks of a filing before it may move on."""

from dataclasses import replace

from portal.documents.papers import missing_papers
from portal.moment import today
from portal.organisations import policy
from portal.organisations.policy import PolicyKey
from portal.oversight.kinds import CONCLUSION, REVIEW_OPINION, REVOCATION, filing_kinds
from portal.oversight.targets import PRESIDIUM_SWITCH
from portal.workflow.declare import Binding, Gate, Standing, in_progress, met, not_started
from portal.workflow.papers_on_file import papers_on_file

_LOCAL = "云溪县行政规范性文件备案审查办法（地方示例）"
FORM_CHECK_REQUIRED = policy.declare(
    PolicyKey("oversight.form_check_required", "受理报备前须逐项填写形式审查表", "switch", False, _LOCAL)
)


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


def _form_checked(filing) -> Standing:
    """What was found wrong stands in the way everywhere; filling in the list is asked only where the region does."""
    lines = list(filing.form_check.filter(round=filing.returned_count + 1).values_list("result", flat=True))
    bad = lines.count("bad")
    if bad:
        return in_progress(f"{bad} 项不符合要求，应当退回补正")
    if lines:
        return met(f"已逐项审查 {len(lines)} 项")
    if policy.value(FORM_CHECK_REQUIRED.code, filing.organisation, today()):
        return not_started("请先逐项填写形式审查表")
    return met("没有记下不符合要求的事项")


def _also_sent(filing) -> Standing:
    rows = list(filing.subject.further_filings.all())
    unsent = [row.recipient for row in rows if row.sent_on is None]
    if unsent:
        return not_started("还没有报送：" + "、".join(unsent))
    return met("、".join(f"{row.recipient} {row.sent_on:%Y-%m-%d}" for row in rows) or "没有其他接受机关")


def _correction_failed(filing) -> Standing:
    """The town refused in words, or let its period run out."""
    refused = filing.findings.filter(settled_at__isnull=True, answer="refused", answered_at__isnull=False).count()
    if refused and filing.stage == "answered":
        return met(f"{refused} 条审查意见答复不予修改")
    clock = filing.deadlines.filter(code=filing.kind_of_filing.correction_clock).order_by("-id").first()
    if filing.stage == "answered":
        return in_progress("制定机关没有答复不予修改；整改不到位的，先退回重新整改")
    if clock is None:
        return not_started("没有起算整改期限")
    if clock.effective_end >= today():
        return in_progress(f"整改期限至 {clock.effective_end:%Y-%m-%d} 届满")
    return met(f"整改期限 {clock.effective_end:%Y-%m-%d} 已届满，没有报送整改情况")


def _refusals_settled(filing) -> Standing:
    left = filing.findings.filter(settled_at__isnull=True, answer="refused").count()
    if left:
        return in_progress(f"{left} 条答复不予修改：理由成立的先写明理由销号，不成立的退回整改或者提请撤销")
    return met("没有不予修改的答复")


def _revocation_in_file(filing) -> Standing:
    if missing_papers(filing, [replace(REVOCATION, needed=True)]):
        return not_started("撤销决定正在生成")
    return met("撤销决定已入卷")


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
FORM_CHECKED = Gate(
    code="form_checked",
    label="形式审查没有不符合项",
    basis=_LOCAL,
    binding=Binding.LOCAL,
    standing=_form_checked,
    remedy="oversight:form-check",
)
ALSO_SENT = Gate(
    code="also_sent",
    label="已同时报送同级人大机构备案",
    basis=PRESIDIUM_SWITCH.basis,
    binding=Binding.LOCAL,
    standing=_also_sent,
    switch=PRESIDIUM_SWITCH.code,
    remedy="oversight:further-of",
)
CORRECTION_FAILED = Gate(
    code="correction_failed",
    label="整改期限届满未报或者答复不予修改",
    basis="国办发〔2018〕37号（有错必纠）",
    standing=_correction_failed,
    remedy="oversight:county-filing#findings",
)
REFUSALS_SETTLED = Gate(
    code="refusals_settled",
    label="答复不予修改的审查意见已经销号",
    basis="国办发〔2018〕37号（有错必纠）",
    standing=_refusals_settled,
    remedy="oversight:county-filing#findings",
)
REVOCATION_IN_FILE = Gate(
    code="revocation_in_file",
    label="撤销决定已入卷",
    basis="国办发〔2018〕37号（有错必纠）",
    standing=_revocation_in_file,
    remedy="oversight:county-filing#papers",
)
