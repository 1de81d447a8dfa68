"""The parts of WordprocessingML (ECMA-376 part 1) that official paper needs and python-docx does not offer."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.table import Table
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from .gb9704 import PT_PER_MM

EIGHTHS_PER_POINT = 8  # unit of border widths (17.18.2 ST_Border, attribute sz)
MAX_BORDER_SPACE_PT = 31  # 17.3.1.7
DOUBLE_RULE_EIGHTHS = 36  # thick-thin rules take one width for both: 4.5 pt
CELL_EDGE = 0


# The order of the children of a table's properties is fixed by the schema (17.4.59).
TABLE_PROPERTIES = (
    "tblStyle", "tblpPr", "tblOverlap", "bidiVisual", "tblStyleRowBandSize", "tblStyleColBandSize", "tblW", "jc",
    "tblCellSpacing", "tblInd", "tblBorders", "shd", "tblLayout", "tblCellMar", "tblLook",
)  # fmt: skip


def element(name: str, **attributes: str):
    """Make an element of the w: namespace with attributes of the same namespace."""
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def page_number_fields(paragraph: Paragraph, typeface: str, size_pt: float) -> None:
    """Add the PAGE field: begin, instruction, separator, shown text, end."""
    for part, text in (("begin", ""), ("", " PAGE "), ("separate", ""), ("shown", "1"), ("end", "")):
        run = paragraph.add_run()
        _dress(run, typeface, size_pt)
        if part == "shown":
            run.text = text
        elif part:
            run._r.append(element("w:fldChar", fldCharType=part))
        else:
            instruction = element("w:instrText")
            instruction.set(qn("xml:space"), "preserve")
            instruction.text = text
            run._r.append(instruction)


def _dress(run: Run, typeface: str, size_pt: float) -> None:
    run.font.name = typeface
    run.font.size = Pt(size_pt)
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), typeface)


def put_border(paragraph: Paragraph, style: str, gap_pt: float, colour: str, weight_mm: float | None = None) -> None:
    """Draw a rule below a paragraph, `gap_pt` points under its text."""
    eighths = DOUBLE_RULE_EIGHTHS if weight_mm is None else round(weight_mm * PT_PER_MM * EIGHTHS_PER_POINT)
    borders = element("w:pBdr")
    borders.append(
        element(
            "w:bottom",
            val=style,
            sz=str(eighths),
            space=str(min(round(gap_pt), MAX_BORDER_SPACE_PT)),
            color=colour.removeprefix("#").upper(),
        )
    )
    properties = paragraph._p.get_or_add_pPr()
    # The order of these children is fixed by the schema: borders come before tabs, spacing, indents and alignment.
    later = {qn(f"w:{name}") for name in ("shd", "tabs", "snapToGrid", "spacing", "ind", "jc", "rPr")}
    place = next((number for number, child in enumerate(properties) if child.tag in later), len(properties))
    properties.insert(place, borders)


def tie_to_foot(table: Table, thick_mm: float, thin_mm: float) -> None:
    """Tie a table to the lower edge of the type area, with thick rules above and below and thin ones between."""
    place = element(
        "w:tblpPr",
        leftFromText="0",
        rightFromText="0",
        vertAnchor="margin",
        horzAnchor="margin",
        tblpXSpec="center",
        tblpYSpec="bottom",
    )
    margins = element("w:tblCellMar")
    for side in ("left", "right"):
        margins.append(element(f"w:{side}", w=str(CELL_EDGE), type="dxa"))
    parts = [place, margins]
    if thick_mm:
        borders = element("w:tblBorders")
        for side, weight in (("top", thick_mm), ("bottom", thick_mm), ("insideH", thin_mm)):
            eighths = str(round(weight * PT_PER_MM * EIGHTHS_PER_POINT))
            borders.append(element(f"w:{side}", val="single", sz=eighths, space="0", color="000000"))
        parts.append(borders)
    properties = table._tbl.tblPr
    properties.extend(parts)
    properties[:] = sorted(properties, key=_place_in_table_properties)


def without_clock(package: bytes) -> bytes:
    """The package with the earliest moment a zip can name on every part, instead of that of writing."""
    stream = BytesIO()
    with ZipFile(BytesIO(package)) as written, ZipFile(stream, "w", ZIP_DEFLATED) as timeless:
        for part in written.infolist():
            timeless.writestr(ZipInfo(part.filename), written.read(part), compress_type=ZIP_DEFLATED)
    return stream.getvalue()


def _place_in_table_properties(part) -> int:
    return TABLE_PROPERTIES.index(part.tag.rpartition("}")[2])
