"""Official paper as DOCX, from the same context as the PDF, for those who go on writing in Word or WPS.

Word has no red rules across the page and no place "at the foot of the last page" of its own; a paragraph border, and a
table tied to the lower margin, stand in for them. Type names are those of the standard; Word substitutes what it lacks.
"""

from __future__ import annotations

from io import BytesIO

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table as WordTable
from docx.table import _Cell
from docx.text.paragraph import Paragraph as WordParagraph

from . import gb9704
from .blocks import Article, Block, Chapter, Heading, Labelled, Table
from .fonts import WORD_NAMES, Role
from .paper import SIGNED_LAYOUTS, Layout, OfficialPaper, chinese_date
from .titles import title_lines
from .word_parts import element, page_number_fields, put_border, tie_to_foot, without_clock

ALIGNMENTS = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}
HEADING_ROLES = {1: Role.HEI, 2: Role.KAI, 3: Role.FANGSONG, 4: Role.FANGSONG}
CHARACTER = gb9704.CHARACTER_PITCH_PT
RED = RGBColor.from_string(gb9704.RED.removeprefix("#").upper())


def render_docx(paper: OfficialPaper) -> bytes:
    """Set a paper as DOCX with the text, order and measures of the PDF.

    Needs no fonts on the server: the reader's machine has its own. The same paper gives the same bytes, as the PDF
    does: work done again after an interruption adds no second version.
    """
    document = Document()
    sheet = _Sheet(document)
    _set_page(document, paper)
    _set_head(sheet, paper)
    _set_title(sheet, paper.title_lines)
    if paper.recipients:
        sheet.line(f"{paper.recipients}：")
    for block in paper.body:
        _set_block(sheet, block)
    _set_attachment_notes(sheet, paper)
    _set_signature(sheet, paper)
    if paper.annotation:
        sheet.line(f"（{paper.annotation}）", indent=gb9704.ANNOTATION_INDENT)
    for label, attachment in zip(paper.attachment_labels(), paper.attachments, strict=True):
        if attachment.body:
            sheet.line(label, Role.HEI).paragraph_format.page_break_before = True
            _set_title(sheet, title_lines(attachment.title), blank_above=gb9704.ATTACHMENT_TITLE_LINE - 2)
            for block in attachment.body:
                _set_block(sheet, block)
    _set_colophon(sheet, paper)
    document.core_properties.title = " ".join(paper.title.split())
    document.core_properties.language = "zh-CN"
    document.core_properties.author = "、".join(paper.signature)
    stream = BytesIO()
    document.save(stream)
    return without_clock(stream.getvalue())


class _Sheet:
    """Adds paragraphs on the grid: exact line pitch, no space around, widow control off."""

    def __init__(self, document: WordDocument | _Cell) -> None:
        self.place = document

    def line(
        self,
        text: str = "",
        role: Role = Role.FANGSONG,
        *,
        size: float = gb9704.SIZE_3_PT,
        indent: float = 0,
        align: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.JUSTIFY,
        pitch: float = gb9704.LINE_PITCH_PT,
        red: bool = False,
    ) -> WordParagraph:
        """Add one paragraph; `indent` in characters is its first line's."""
        paragraph = self.place.add_paragraph()
        on_grid(paragraph, pitch=pitch, align=align)
        if indent:
            indent_first_line(paragraph, indent, size)
        if text:
            add_text(paragraph, text, role, size=size, red=red)
        return paragraph

    def blank(self, count: int) -> None:
        for _ in range(count):
            self.line()


def on_grid(paragraph: WordParagraph, *, pitch: float, align: WD_ALIGN_PARAGRAPH) -> None:
    """Give a paragraph the exact line pitch in points and nothing above or below."""
    shape = paragraph.paragraph_format
    shape.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    shape.line_spacing = Pt(pitch)
    shape.space_before = shape.space_after = Pt(0)
    shape.widow_control = False
    paragraph.alignment = align


def indent_first_line(paragraph: WordParagraph, characters: float, size: float) -> None:
    """Indent the first line in characters, with the measure in points for programs that know no characters."""
    paragraph.paragraph_format.first_line_indent = Pt(characters * size)
    paragraph._p.pPr.find(qn("w:ind")).set(qn("w:firstLineChars"), str(round(characters * 100)))


def add_text(paragraph: WordParagraph, text: str, role: Role, *, size: float, red: bool = False) -> None:
    """Add text in a typeface; the East Asian name must be set apart, the plain one does not reach Chinese."""
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    run.font.name = WORD_NAMES[role]
    fonts = run._r.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), WORD_NAMES[role])
    fonts.set(qn("w:hint"), "eastAsia")
    if red:
        run.font.color.rgb = RED


def _set_page(document: WordDocument, paper: OfficialPaper) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(gb9704.PAGE_WIDTH_MM), Mm(gb9704.PAGE_HEIGHT_MM)
    section.left_margin, section.right_margin = Mm(gb9704.MARGIN_LEFT_MM), Mm(gb9704.MARGIN_RIGHT_MM)
    section.top_margin, section.bottom_margin = Mm(gb9704.MARGIN_TOP_MM), Mm(gb9704.MARGIN_BOTTOM_MM)
    if paper.layout is Layout.LETTER:
        section.top_margin = Mm(gb9704.LETTER_MARK_TOP_MM)
    section.footer_distance = Mm(gb9704.LETTER_RULE_BOTTOM_MM)
    grid = section._sectPr.find(qn("w:docGrid"))
    if grid is None:
        grid = element("w:docGrid")
        section._sectPr.append(grid)
    grid.set(qn("w:type"), "linesAndChars")
    grid.set(qn("w:linePitch"), str(round(gb9704.LINE_PITCH_PT * 20)))  # twentieths of a point
    grid.set(qn("w:charSpace"), str(round(gb9704.GRID_TRACKING_PT * 4096)))  # 4096ths of a point
    document.settings.odd_and_even_pages_header_footer = True
    section.different_first_page_header_footer = paper.layout is Layout.LETTER
    indent = Pt(gb9704.PAGE_NUMBER_SIDE_INDENT * gb9704.SIZE_4_PT)
    odd, even = section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]
    odd.alignment, even.alignment = WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.LEFT
    odd.paragraph_format.right_indent = even.paragraph_format.left_indent = indent
    below_number = gb9704.MARGIN_BOTTOM_MM - gb9704.PAGE_NUMBER_GAP_MM - gb9704.LETTER_RULE_BOTTOM_MM
    for footer in (odd, even):
        footer.paragraph_format.space_after = Mm(below_number) - Pt(gb9704.SIZE_4_PT)
        add_text(footer, "— ", Role.SONG, size=gb9704.SIZE_4_PT)
        page_number_fields(footer, WORD_NAMES[Role.SONG], gb9704.SIZE_4_PT)
        add_text(footer, " —", Role.SONG, size=gb9704.SIZE_4_PT)
    if paper.layout is Layout.LETTER:
        foot = section.first_page_footer.paragraphs[0]
        _widen_to_letter_rule(foot)
        put_border(foot, "thinThickSmallGap", 0, gb9704.RED)


def _widen_to_letter_rule(paragraph: WordParagraph) -> None:
    """Let a paragraph reach beyond the type area, so that the rule below it is 170 mm wide and centred on the page."""
    beyond = (gb9704.PAGE_WIDTH_MM - gb9704.LETTER_RULE_WIDTH_MM) / 2
    paragraph.paragraph_format.left_indent = Mm(beyond - gb9704.MARGIN_LEFT_MM)
    paragraph.paragraph_format.right_indent = Mm(beyond - gb9704.MARGIN_RIGHT_MM)


def _set_head(sheet: _Sheet, paper: OfficialPaper) -> None:
    corner = [(text, Role.FANGSONG if kind == "copy" else Role.HEI) for kind, text in paper.corner_lines()]
    if paper.layout is not Layout.LETTER:
        for text, role in corner:
            sheet.line(text, role)
    if paper.layout is Layout.PLAIN:
        if paper.number:
            sheet.line(paper.number, align=WD_ALIGN_PARAGRAPH.RIGHT)
        return
    characters = max(len(organ) for organ in paper.mark) + len(paper.mark_word) if paper.mark else 1
    size = gb9704.mark_size_pt(characters)
    top = {Layout.LETTER: 0.0, Layout.ORDER: gb9704.ORDER_MARK_TOP_MM}.get(paper.layout, gb9704.MARK_TOP_MM)
    above = max(
        0.0, top * gb9704.PT_PER_MM - (0 if paper.layout is Layout.LETTER else len(corner)) * gb9704.LINE_PITCH_PT
    )
    for number, organ in enumerate(paper.mark):
        word = paper.mark_word if number == len(paper.mark) - 1 else ""
        mark = sheet.line(
            organ + word, Role.TITLE, size=size, align=WD_ALIGN_PARAGRAPH.CENTER, pitch=size * 1.15, red=True
        )
        if number == 0:
            mark.paragraph_format.space_before = Pt(above)
    if paper.layout is Layout.LETTER:
        _widen_to_letter_rule(mark)
        put_border(mark, "thickThinSmallGap", gb9704.LETTER_RULE_GAP_MM * gb9704.PT_PER_MM, gb9704.RED)
        _set_letter_rows(sheet, corner, paper.number)
        return
    sheet.blank(gb9704.BLANK_LINES_BELOW_MARK)
    number = _number_line(sheet, paper)
    put_border(number, "single", gb9704.RED_RULE_GAP_MM * gb9704.PT_PER_MM, gb9704.RED, gb9704.RED_RULE_WEIGHT_MM)


def _set_letter_rows(sheet: _Sheet, corner: list[tuple[str, Role]], number: str) -> None:
    """Set the rows below the rule of a letter: corner lines left, the number at the right end of the first (10.1)."""
    for row, (text, role) in enumerate(corner or [("", Role.FANGSONG)]):
        line = sheet.line(text, role, align=WD_ALIGN_PARAGRAPH.LEFT)
        if row == 0:
            line.paragraph_format.tab_stops.add_tab_stop(Pt(gb9704.TYPE_WIDTH_PT), WD_TAB_ALIGNMENT.RIGHT)
            add_text(line, f"\t{number}", Role.FANGSONG, size=gb9704.SIZE_3_PT)


def _number_line(sheet: _Sheet, paper: OfficialPaper) -> WordParagraph:
    """Set the document number, on upward paper with the signers at the right end of the same line."""
    if not paper.signers or paper.layout not in SIGNED_LAYOUTS:
        return sheet.line(paper.number, align=WD_ALIGN_PARAGRAPH.CENTER)
    line = sheet.line(paper.number, indent=gb9704.HEAD_SIDE_INDENT, align=WD_ALIGN_PARAGRAPH.LEFT)
    right_edge = gb9704.TYPE_WIDTH_PT - gb9704.HEAD_SIDE_INDENT * CHARACTER
    line.paragraph_format.tab_stops.add_tab_stop(Pt(right_edge), WD_TAB_ALIGNMENT.RIGHT)
    add_text(line, "\t签发人：", Role.FANGSONG, size=gb9704.SIZE_3_PT)
    add_text(line, "　".join(paper.signers), Role.KAI, size=gb9704.SIZE_3_PT)
    return line


def _set_title(sheet: _Sheet, lines: tuple[str, ...], blank_above: int = gb9704.BLANK_LINES_ABOVE_TITLE) -> None:
    sheet.blank(blank_above)
    pitch = gb9704.TITLE_LINE_PITCH_MM * gb9704.PT_PER_MM
    for line in lines:
        title = sheet.line(line, Role.TITLE, size=gb9704.SIZE_2_PT, align=WD_ALIGN_PARAGRAPH.CENTER, pitch=pitch)
        title.paragraph_format.keep_with_next = True
    sheet.blank(gb9704.BLANK_LINES_BELOW_TITLE)


def _set_block(sheet: _Sheet, block: Block) -> None:
    indent = gb9704.TEXT_INDENT
    match block:
        case Heading(level, text, rest):
            line = sheet.line(text, HEADING_ROLES[level], indent=indent)
            if rest:
                add_text(line, rest, Role.FANGSONG, size=gb9704.SIZE_3_PT)
            else:
                line.paragraph_format.keep_with_next = True
        case Chapter(text):
            sheet.line(text, Role.HEI, align=WD_ALIGN_PARAGRAPH.CENTER).paragraph_format.keep_with_next = True
        case Article(label, text):
            line = sheet.line(f"{label}　", Role.HEI, indent=indent)
            add_text(line, text, Role.FANGSONG, size=gb9704.SIZE_3_PT)
        case Labelled(label, text):
            line = sheet.line(f"{label}：", Role.HEI)
            add_text(line, text, Role.FANGSONG, size=gb9704.SIZE_3_PT)
            _hang(line, indent, gb9704.text_width(label) + 1)
        case Table():
            _set_table(sheet, block)
        case _:
            for text in block.lines():
                sheet.line(text, indent=indent)


def _hang(paragraph: WordParagraph, left: float, hang: float) -> None:
    """Let the following lines stand below the first character after the label; measures in characters."""
    paragraph.paragraph_format.left_indent = Pt((left + hang) * gb9704.SIZE_3_PT)
    paragraph.paragraph_format.first_line_indent = Pt(-hang * gb9704.SIZE_3_PT)


def _set_table(sheet: _Sheet, block: Table) -> None:
    if block.caption:
        caption = sheet.line(block.caption, Role.HEI, align=WD_ALIGN_PARAGRAPH.CENTER)
        caption.paragraph_format.keep_with_next = True
    table: WordTable = sheet.place.add_table(rows=0, cols=len(block.header))
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    alignments = block.column_alignments()
    for number, texts in enumerate((block.header, *block.rows)):
        row = table.add_row()
        if number == 0:
            row._tr.get_or_add_trPr().append(element("w:tblHeader"))
        for cell, text, share, align in zip(row.cells, texts, block.column_shares(), alignments, strict=True):
            cell.width = Mm(gb9704.TYPE_WIDTH_MM * share)
            paragraph = cell.paragraphs[0]
            place = WD_ALIGN_PARAGRAPH.CENTER if number == 0 else ALIGNMENTS[align]
            on_grid(paragraph, pitch=gb9704.TABLE_LINE_PITCH_MM * gb9704.PT_PER_MM, align=place)
            add_text(paragraph, text, Role.HEI if number == 0 else Role.FANGSONG, size=gb9704.SIZE_SMALL_4_PT)


def _set_attachment_notes(sheet: _Sheet, paper: OfficialPaper) -> None:
    if not paper.attachments:
        return
    sheet.blank(gb9704.BLANK_LINES_ABOVE_ATTACHMENT_NOTE)
    label = gb9704.text_width("附件：")
    for number, note in enumerate(paper.attachment_notes()):
        mark = 0.0 if len(paper.attachments) == 1 else gb9704.text_width("1. ")
        line = sheet.line(note if number else f"附件：{note}")
        _hang(line, gb9704.TEXT_INDENT + (label if number else 0), mark + (0 if number else label))


def _set_signature(sheet: _Sheet, paper: OfficialPaper) -> None:
    if not (paper.signature or paper.issued_on):
        return
    sheet.blank(gb9704.BLANK_LINES_ABOVE_SEALED_SIGNATURE if paper.sealed else gb9704.BLANK_LINES_ABOVE_SIGNATURE)
    day = chinese_date(paper.issued_on) if paper.issued_on else ""
    day_indent = float(gb9704.SEALED_DATE_RIGHT_INDENT if paper.sealed else gb9704.UNSEALED_RIGHT_INDENT)
    for organ in paper.signature:
        organ_indent, day_indent = gb9704.signature_right_indents(organ, day, sealed=paper.sealed)
        line = sheet.line(organ, align=WD_ALIGN_PARAGRAPH.RIGHT)
        line.paragraph_format.right_indent = Pt(organ_indent * CHARACTER)
        line.paragraph_format.keep_with_next = True
    if day:
        line = sheet.line(day, align=WD_ALIGN_PARAGRAPH.RIGHT)
        line.paragraph_format.right_indent = Pt(day_indent * CHARACTER)


def _set_colophon(sheet: _Sheet, paper: OfficialPaper) -> None:
    copies = f"抄送：{'，'.join(paper.copies_to)}。" if paper.copies_to else ""
    printed_on = paper.printed_on if paper.has_colophon_rules and paper.print_organ else None
    rows = [
        row for row in (copies, f"{paper.print_organ}\t{chinese_date(printed_on)}印发" if printed_on else "") if row
    ]
    if not rows:
        return
    table: WordTable = sheet.place.add_table(rows=0, cols=1)
    tie_to_foot(
        table,
        gb9704.COLOPHON_THICK_RULE_MM if paper.has_colophon_rules else 0.0,
        gb9704.COLOPHON_THIN_RULE_MM if paper.has_colophon_rules else 0.0,
    )
    edge = gb9704.COLOPHON_SIDE_INDENT * gb9704.SIZE_4_PT
    for text in rows:
        cell = table.add_row().cells[0]
        cell.width = Mm(gb9704.TYPE_WIDTH_MM)
        paragraph = cell.paragraphs[0]
        pitch = gb9704.COLOPHON_LINE_PITCH_MM * gb9704.PT_PER_MM
        on_grid(paragraph, pitch=pitch, align=WD_ALIGN_PARAGRAPH.LEFT)
        paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt(edge)
        paragraph.paragraph_format.tab_stops.add_tab_stop(Pt(gb9704.TYPE_WIDTH_PT - edge), WD_TAB_ALIGNMENT.RIGHT)
        add_text(paragraph, text, Role.FANGSONG, size=gb9704.SIZE_4_PT)
    # Word demands a paragraph after the last table; one point high, it takes no room.
    on_grid(sheet.place.add_paragraph(), pitch=1, align=WD_ALIGN_PARAGRAPH.LEFT)
