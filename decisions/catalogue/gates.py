"""What a catalogue needs before it may move on."""

from datetime import date

from decisions.catalogue.tracking import deviations
from decisions.catalogue.vocabulary import PLANNED
from portal.documents.slots import PaperSlot, register_slots
from portal.meetings import standing as meetings
from portal.meetings.models import DeliberationItem
from portal.moment import today
from portal.oversight.filing import standing_filing
from portal.publishing import standing as publishing
from portal.workflow.declare import Binding, Gate, Standing, in_progress, met, not_started
from portal.workflow.papers_on_file import papers_on_file

LAW = "国令713 第三条第三款"
LOCAL = "苏府〔2015〕12号（地方示例）"
FILING = "decision_catalogue"
RESULTS_FROM = (12, 1)  # the year's account begins in its last month

CONSENT = PaperSlot("dc_consent", "同级党委同意的文件或者会议纪要", LAW)
ADJUSTMENT_CONSENT = PaperSlot("dc_adjustment_consent", "同级党委同意调整的文件或者会议纪要", LAW, needed=False)
CATALOGUE = PaperSlot("dc_catalogue", "年度重大行政决策事项目录", LAW, by_system=True)
CATALOGUE_DOCX = PaperSlot("dc_catalogue_docx", "年度重大行政决策事项目录（可编辑）", "", needed=False, by_system=True)
PAPERS = register_slots(CONSENT, ADJUSTMENT_CONSENT, CATALOGUE, CATALOGUE_DOCX)


def _listed(catalogue) -> Standing:
    count = catalogue.items.count()
    return met(f"{count} 项") if count else not_started("目录中还没有事项")


def _some(numbers: list[int]) -> str:
    return "、".join(str(number) for number in numbers)


def _justified(catalogue) -> Standing:
    """Each item reaches a quantified standard, or says why it is major nevertheless."""
    missing = [item.number for item in catalogue.items.all() if not (item.meets_threshold or item.reason)]
    if missing:
        return in_progress(f"第 {_some(missing)} 项没有达到量化标准，也没有说明理由")
    return met("均达到量化标准或者说明了理由")


def _planned(catalogue) -> Standing:
    missing = [
        item.number
        for item in catalogue.items.all()
        if any(step.asked_by(item) and step.code not in item.months for step in PLANNED if not step.can_be_left_out)
        or (
            not item.step_reason
            and any(step.asked_by(item) and step.code not in item.months for step in PLANNED if step.can_be_left_out)
        )
    ]
    return in_progress(f"第 {_some(missing)} 项有环节没有计划月份") if missing else met("各环节均有计划月份")


def _paper(catalogue) -> Standing:
    return met("目录文本已入卷") if catalogue.paper_id else not_started("通过后由系统生成目录文本")


def _filed(catalogue) -> Standing:
    filing = standing_filing(catalogue, FILING)
    if filing is None:
        return not_started("尚未建立报备事项")
    if filing.submitted_on is None:
        return in_progress(f"报备事项 {filing.number}：{filing.stage_label}")
    return met(f"{filing.submitted_on:%Y-%m-%d} 报送备案")


def _open_adjustments(catalogue):
    return catalogue.adjustments.filter(in_force_on__isnull=True)


def _consented(catalogue) -> Standing:
    missing = [row.number for row in _open_adjustments(catalogue) if row.consented_on is None or not row.consent]
    if missing:
        return in_progress(f"第 {_some(missing)} 项调整没有登记同级党委的同意")
    return met("均已登记同级党委的同意")


def _settled(catalogue) -> Standing:
    count = _open_adjustments(catalogue).count()
    return in_progress(f"还有 {count} 项调整没有公布或者撤回") if count else met("没有未公布的调整")


def _year_ending(catalogue) -> Standing:
    first = date(catalogue.year, *RESULTS_FROM)
    return met(f"{catalogue.year} 年度") if today() >= first else not_started(f"{first:%Y-%m-%d} 起办理")


def _explained(catalogue) -> Standing:
    found = deviations(catalogue, today())
    missing = sum(not one.explanation for one in found)
    if missing:
        return in_progress(f"还有 {missing} 项偏差没有说明")
    return met(f"{len(found)} 项偏差均已说明" if found else "没有偏差")


def _results(catalogue) -> Standing:
    return met("已填写") if catalogue.results else not_started("尚未填写年终执行情况")


ITEMS_LISTED = Gate(
    code="catalogue_items_listed", label="目录已列入事项", basis=LAW, binding=Binding.REFERENCE, standing=_listed,
    remedy="inside:case#items",
)  # fmt: skip
ITEMS_JUSTIFIED = Gate(
    code="catalogue_items_justified", label="事项达到量化标准，或者说明列入的理由", basis=f"{LAW}；{LOCAL}",
    binding=Binding.REFERENCE, standing=_justified, remedy="inside:case#items",
)  # fmt: skip
ITEMS_PLANNED = Gate(
    code="catalogue_items_planned", label="各项必经环节均有计划月份", basis=LOCAL, binding=Binding.LOCAL,
    standing=_planned, remedy="inside:case#items",
)  # fmt: skip
CONSENT_ON_FILE = Gate(
    code="catalogue_consent_on_file", label="同级党委同意的文件入卷", basis=LAW, binding=Binding.REFERENCE,
    standing=lambda catalogue: papers_on_file(catalogue, (CONSENT,)), remedy="inside:papers#dc_consent",
)  # fmt: skip
DELIBERATION_PASSED = Gate(
    code="deliberation_passed", label="目录已经集体讨论通过", basis=LOCAL, binding=Binding.LOCAL,
    standing=meetings.passed, remedy="meetings:staff-deliberation",
)  # fmt: skip
DELIBERATION_SENT_BACK = Gate(
    code="deliberation_sent_back", label="会议决定修改或者不予通过", basis=LOCAL, binding=Binding.LOCAL,
    standing=lambda catalogue: meetings.decided(
        catalogue,
        DeliberationItem.Result.AMENDED,
        DeliberationItem.Result.DEFERRED,
        DeliberationItem.Result.REJECTED,
    ),
    remedy="meetings:staff-deliberation",
)  # fmt: skip
PAPER_MADE = Gate(
    code="catalogue_paper_made", label="目录文本已生成入卷", basis=LAW, binding=Binding.REFERENCE, standing=_paper,
    remedy="inside:case#papers-of-catalogue",
)  # fmt: skip
REVIEWED_FOR_PUBLIC = Gate(
    code="masking_reviewed",
    label="公开前的保密和个人信息审查已完成",
    basis="政府信息公开条例 第十四条、第十五条、第十七条",
    standing=publishing.copy_reviewed,
    remedy="publishing:staff-review",
)
FILED_WITH_COUNTY = Gate(
    code="catalogue_filed", label="目录已报县备案", basis=LOCAL, binding=Binding.LOCAL, standing=_filed,
    remedy="inside:case#papers-of-catalogue",
)  # fmt: skip
ADJUSTMENTS_CONSENTED = Gate(
    code="catalogue_adjustments_consented", label="调整已经同级党委同意", basis=LAW, binding=Binding.REFERENCE,
    standing=_consented, remedy="inside:case#adjustments",
)  # fmt: skip
ADJUSTMENTS_SETTLED = Gate(
    code="catalogue_adjustments_settled", label="没有未公布的调整", basis=LAW, binding=Binding.REFERENCE,
    standing=_settled, remedy="inside:case#adjustments",
)  # fmt: skip
YEAR_ENDING = Gate(
    code="catalogue_year_ending", label="已到年终", basis=LOCAL, binding=Binding.LOCAL, standing=_year_ending,
    remedy="inside:case",
)  # fmt: skip
RESULTS_WRITTEN = Gate(
    code="catalogue_results_written", label="年终执行情况已填写", basis=LOCAL, binding=Binding.LOCAL,
    standing=_results, remedy="catalogue:results",
)  # fmt: skip
DEVIATIONS_EXPLAINED = Gate(
    code="catalogue_deviations_explained", label="与目录的偏差逐项说明", basis=LOCAL, binding=Binding.LOCAL,
    standing=_explained, remedy="catalogue:results",
)  # fmt: skip
