"""What a bulletin needs before it may move on."""

from portal.publishing.source import source_of
from portal.publishing.standing import copy_reviewed, newest_copy
from portal.workflow.declare import Binding, Gate, Standing, in_progress, met, not_started

BASIS = "法治政府建设实施纲要（定期向社会公布规范性文件备案审查情况）"


def _text_written(bulletin) -> Standing:
    empty = [section.title for section in bulletin.sections.all() if not section.text.strip()]
    if not empty:
        return met("各部分均已撰写")
    return in_progress("没有内容：" + "、".join(empty))


def _figures_current(bulletin) -> Standing:
    changed = bulletin.changed_figures()
    if changed:
        return in_progress(f"{len(changed)} 项数据与现有记录不一致，请更新数据")
    return met("数据与现有记录一致")


def _text_checked(bulletin) -> Standing:
    open_titles = [section.title for section in bulletin.sections.all() if section.needs_check]
    if open_titles:
        return in_progress("数据更新后文字尚未核对：" + "、".join(open_titles))
    return met()


def _paper_made(bulletin) -> Standing:
    return met("通报文本已入卷") if bulletin.final_pdf_id else not_started("审签后的通报文本正在生成")


def _masking_reviewed(bulletin) -> Standing:
    copy = newest_copy(bulletin)
    if copy is None:
        found = len(source_of(bulletin).proposals())
        return not_started(f"{found} 处疑似个人信息须标记，由另一人审查") if found else met("没有需要隐去的内容")
    return copy_reviewed(bulletin)


TEXT_WRITTEN = Gate(
    code="text_written",
    label="各部分内容齐备",
    basis=BASIS,
    binding=Binding.REFERENCE,
    standing=_text_written,
    remedy="bulletins:write",
)
FIGURES_CURRENT = Gate(
    code="figures_current",
    label="数据与记录一致",
    basis=BASIS,
    binding=Binding.REFERENCE,
    standing=_figures_current,
    remedy="bulletins:write#figures",
)
TEXT_CHECKED = Gate(
    code="text_checked",
    label="数据变化后的文字已核对",
    basis=BASIS,
    binding=Binding.REFERENCE,
    standing=_text_checked,
    remedy="bulletins:write",
)
PAPER_MADE = Gate(
    code="paper_made",
    label="通报文本已生成",
    basis="党政机关公文处理工作条例 第九条",
    standing=_paper_made,
    remedy="bulletins:write#paper",
)
MASKING_REVIEWED = Gate(
    code="masking_reviewed",
    label="公开前的保密和个人信息审查已完成",
    basis="政府信息公开条例 第十四条、第十五条、第十七条",
    standing=_masking_reviewed,
    remedy="publishing:staff-review",
)
