"""What an annual report needs before it may move on."""

from portal.publishing import standing as publishing
from portal.reports import outline
from portal.workflow.declare import Binding, Gate, Standing, in_progress, met, not_started


def _sections_filled(report) -> Standing:
    texts = dict(report.sections.values_list("code", "text"))
    needed = [chapter for chapter in outline.OUTLINE if chapter.required]
    empty = [chapter.title for chapter in needed if not texts.get(chapter.code, "").strip()]
    if not empty:
        return met(f"{len(needed)} 个部分均已撰写")
    if len(empty) == len(needed):
        return not_started("尚未撰写")
    return in_progress(f"还有 {len(empty)} 个部分没有内容：" + "、".join(empty))


def _figures_current(report) -> Standing:
    changed = report.changed_figures()
    if changed:
        return in_progress(f"{len(changed)} 项数据与现有记录不一致，请更新数据")
    return met("数据与现有记录一致")


def _text_checked(report) -> Standing:
    open_titles = list(report.sections.filter(needs_check=True).values_list("title", flat=True))
    if open_titles:
        return in_progress("数据更新后文字尚未核对：" + "、".join(open_titles))
    return met()


def _paper_made(report) -> Standing:
    if report.final_pdf_id and report.final_docx_id:
        return met("PDF 和 Word 文本已存入案卷")
    return not_started("审定后的报告文本尚未生成")


SECTIONS_FILLED = Gate(
    code="sections_filled",
    label="各部分内容齐备",
    basis=outline.BASIS,
    standing=_sections_filled,
    remedy="inside:case#chapters",
)
FIGURES_CURRENT = Gate(
    code="figures_current",
    label="数据与记录一致",
    basis="法治政府建设与责任落实督察工作规定 第二十三条",
    standing=_figures_current,
    remedy="inside:case#chapters",
)
TEXT_CHECKED = Gate(
    code="text_checked",
    label="数据变化后的文字已核对",
    basis="法治政府建设与责任落实督察工作规定 第二十三条",
    standing=_text_checked,
    remedy="inside:case#chapters",
)
PAPER_MADE = Gate(
    code="paper_made",
    label="审定的报告文本已生成",
    basis="党政机关公文处理工作条例 第九条",
    binding=Binding.REFERENCE,
    standing=_paper_made,
    remedy="inside:case#paper",
)
REVIEWED_FOR_PUBLIC = Gate(
    code="reviewed_for_public",
    label="公开前的保密和个人信息审查已完成",
    basis="法治政府建设与责任落实督察工作规定 第二十四条；政府信息公开条例 第十七条",
    standing=publishing.copy_reviewed,
    remedy="publishing:staff-review",
)
