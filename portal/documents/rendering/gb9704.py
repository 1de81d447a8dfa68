"""The measures of official paper, the only place where they are written down.

GB/T 9704-2012 *Layout key for official document of Party and government organs* (党政机关公文格式) fixes the page, the
grid of 22 lines of 28 characters, the type sizes and the place of every element. PDF and DOCX both read them here.
Where the standard is silent, the comment says "not in the standard" and gives the reason of our choice.

Units: millimetres for places on the page, points (1/72 inch) for type, characters (字) for indents.
"""

from __future__ import annotations

MM_PER_INCH = 25.4
PT_PER_INCH = 72.0
PT_PER_MM = PT_PER_INCH / MM_PER_INCH

# --- 5.1 and 5.2.1: paper and margins -----------------------------------------------------------------------------
PAGE_WIDTH_MM = 210.0  # A4
PAGE_HEIGHT_MM = 297.0
MARGIN_TOP_MM = 37.0  # 天头, ± 1 mm
MARGIN_LEFT_MM = 28.0  # 订口 (the left white edge, on odd and even pages alike), ± 1 mm
TYPE_WIDTH_MM = 156.0  # 版心
TYPE_HEIGHT_MM = 225.0
MARGIN_RIGHT_MM = PAGE_WIDTH_MM - MARGIN_LEFT_MM - TYPE_WIDTH_MM  # 26
MARGIN_BOTTOM_MM = PAGE_HEIGHT_MM - MARGIN_TOP_MM - TYPE_HEIGHT_MM  # 35

# --- 5.2.3: the grid fills the type area ------------------------------------------------------------------------------
LINES_PER_PAGE = 22
CHARACTERS_PER_LINE = 28
LINE_PITCH_MM = TYPE_HEIGHT_MM / LINES_PER_PAGE  # 10.23 mm, about 29 pt
CHARACTER_PITCH_MM = TYPE_WIDTH_MM / CHARACTERS_PER_LINE  # 5.57 mm, about 15.8 pt
TYPE_WIDTH_PT = TYPE_WIDTH_MM * PT_PER_MM
LINE_PITCH_PT = LINE_PITCH_MM * PT_PER_MM
CHARACTER_PITCH_PT = CHARACTER_PITCH_MM * PT_PER_MM
# Twenty-two rounded lines must never be taller, nor 28 rounded characters wider, than the type area.
ROUNDING_SLACK_PT = 0.004

# --- 5.2.2: type sizes (号) in points ---------------------------------------------------------------------------------
SIZE_2_PT = 22.0  # 2号: title
SIZE_3_PT = 16.0  # 3号: text and everything without a size of its own
SIZE_4_PT = 14.0  # 4号: page number, colophon (版记)
SIZE_SMALL_4_PT = 12.0  # 小4号: tables; not in the standard, smallest size that stays readable in print
# Three-size type is a little wider than the grid cell; the difference is taken out between the characters.
GRID_TRACKING_PT = CHARACTER_PITCH_PT - SIZE_3_PT - ROUNDING_SLACK_PT
TABLE_LINE_PITCH_MM = 6.5  # not in the standard; 1.5 times the size

# --- 7.2: head (版头) -------------------------------------------------------------------------------------------------
MARK_TOP_MM = 35.0  # 7.2.4: upper edge of the mark below the upper edge of the type area, that is 72 mm on the page
LETTER_MARK_TOP_MM = 30.0  # 10.1: letter format, from the upper edge of the page
ORDER_MARK_TOP_MM = 20.0  # 10.2: order format, below the upper edge of the type area
MARK_MAX_HEIGHT_MM = 15.0  # 7.2.4 leaves the size open; these are the customary upper bounds, 22 mm wide by 15 mm high
MARK_MAX_PITCH_MM = 22.0
MARK_JOINT_GAP_MM = 3.0  # joint paper: between the marks of two organs; not in the standard
BLANK_LINES_BELOW_MARK = 2  # 7.2.5: document number two blank lines below the mark
RED_RULE_GAP_MM = 4.0  # 7.2.7: below the number, as wide as the type area
RED_RULE_WEIGHT_MM = 0.7  # not in the standard; the customary 2 pt
RED = "#e60012"  # print red (M100 Y100), as screens and printers show it
LETTER_RULE_WIDTH_MM = 170.0  # 10.1: red double rules, centred on the page
LETTER_RULE_GAP_MM = 4.0  # 10.1: first rule below the mark, thick above thin
LETTER_RULE_BOTTOM_MM = 20.0  # 10.1: second rule above the lower edge of the page, thin above thick
LETTER_RULE_THICK_MM = 0.8  # not in the standard
LETTER_RULE_THIN_MM = 0.25
LETTER_RULE_SPLIT_MM = 0.6
HEAD_SIDE_INDENT = 1  # 7.2.5, 7.2.6: upward paper, number one character in, signers one character in from the right

# --- 7.3: main part (主体) --------------------------------------------------------------------------------------------
BLANK_LINES_ABOVE_TITLE = 2  # 7.3.1: below the red rule
BLANK_LINES_BELOW_TITLE = 1  # 7.3.2: main recipients one blank line below the title
TITLE_MAX_CHARACTERS = int(TYPE_WIDTH_PT // SIZE_2_PT)  # 20 fit; a title never touches both edges by choice
TITLE_GOOD_CHARACTERS = TITLE_MAX_CHARACTERS - 2
TITLE_LINE_PITCH_MM = 12.0  # not in the standard; 2号 type on the 3号 grid would look crowded
TEXT_INDENT = 2  # 7.3.3: every paragraph two characters in
BLANK_LINES_ABOVE_ATTACHMENT_NOTE = 1  # 7.3.4
BLANK_LINES_ABOVE_SIGNATURE = 1  # 7.3.5.2: without seal
BLANK_LINES_ABOVE_SEALED_SIGNATURE = 2  # 7.3.5.1: the seal (42 mm) is centred below and its top stays within one line
SEALED_DATE_RIGHT_INDENT = 4  # 7.3.5.1
UNSEALED_RIGHT_INDENT = 2  # 7.3.5.2
UNSEALED_DATE_SHIFT = 2  # 7.3.5.2: date begins two characters right of the organ's first character
ANNOTATION_INDENT = 2  # 7.3.7
ATTACHMENT_TITLE_LINE = 3  # 7.3.6: title of an attachment on the third line

# --- 7.4: colophon (版记) ---------------------------------------------------------------------------------------------
COLOPHON_THICK_RULE_MM = 0.35  # 7.4.1: first and last rule
COLOPHON_THIN_RULE_MM = 0.25  # 7.4.1: rules between
COLOPHON_SIDE_INDENT = 1  # 7.4.2, 7.4.3: one character in on both sides
COLOPHON_LINE_PITCH_MM = 8.0  # not in the standard; 4号 type with air above and below

# --- 7.5: page number -------------------------------------------------------------------------------------------------
PAGE_NUMBER_GAP_MM = 7.0  # the dashes (一字线) below the lower edge of the type area
PAGE_NUMBER_SIDE_INDENT = 1  # odd pages: in from the right; even pages: in from the left

# --- rows without a number in the standard, met in tables -------------------------------------------------------------
TABLE_RULE_MM = 0.25
TABLE_CELL_PADDING_MM = 1.2


def mark_size_pt(characters: int) -> float:
    """Give the type size in points of an issuing organ mark (发文机关标志) of so many characters.

    As large as the customary 15 mm, smaller when the name would not fit the width of the type area on one line.
    """
    return min(MARK_MAX_HEIGHT_MM, TYPE_WIDTH_MM / max(characters, 1)) * PT_PER_MM


def mark_tracking_pt(characters: int) -> float:
    """Give the space in points between the characters of a mark, so that a short name still spans the paper."""
    size_mm = mark_size_pt(characters) / PT_PER_MM
    pitch_mm = min(MARK_MAX_PITCH_MM, TYPE_WIDTH_MM / (max(characters, 1) + 1))
    return max(0.0, pitch_mm - size_mm) * PT_PER_MM


def text_width(text: str) -> float:
    """Estimate the width of a text in characters (字): Han and full-width signs count one, the rest one half."""
    return sum(1.0 if ord(character) > 0x2E7F or character in "—…“”‘’〇×" else 0.5 for character in text)


def signature_right_indents(organ: str, date: str, *, sealed: bool) -> tuple[float, float]:
    """Give how many characters organ and date stand in from the right edge of the type area (7.3.5.1, 7.3.5.2).

    Sealed: the date four characters in, the organ centred above it. Unsealed: the organ two characters in, the date
    beginning two characters right of the organ's first character; a date longer than the organ pushes the organ left.
    """
    organ_width, date_width = text_width(organ), text_width(date)
    if sealed:
        date_indent = float(SEALED_DATE_RIGHT_INDENT)
        return max(0.0, date_indent + (date_width - organ_width) / 2), date_indent
    date_indent = UNSEALED_RIGHT_INDENT + organ_width - UNSEALED_DATE_SHIFT - date_width
    if date_indent >= UNSEALED_RIGHT_INDENT:
        return float(UNSEALED_RIGHT_INDENT), date_indent
    organ_indent = UNSEALED_RIGHT_INDENT + date_width + UNSEALED_DATE_SHIFT - organ_width
    return organ_indent, float(UNSEALED_RIGHT_INDENT)
