"""Official paper as PDF: the templates of templates/official/ set by WeasyPrint, nothing fetched, fonts embedded.

Rendering takes up to seconds and some hundred megabytes for a long paper: call it from a job, not from a request.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import Any

from django.template import Context, Engine

from . import gb9704
from .blocks import Article, Block, Chapter, Heading, Labelled, Listing, Paragraph, Table
from .composition import Line, Run, compose
from .fonts import Role, check_characters, css_families, ink_gap, installed, is_known_to_system
from .paper import SIGNED_LAYOUTS, Layout, OfficialPaper, chinese_date
from .titles import title_lines

TEMPLATES = Path(__file__).resolve().parents[3] / "templates" / "official"
SIGNERS_PER_ROW = 2  # GB/T 9704-2012, 7.2.6
UNBROKEN_TABLE_ROWS = 10  # not in the standard; a table that fits half a page is not torn
HEADING_ROLES = {1: Role.HEI, 2: Role.KAI, 3: Role.FANGSONG, 4: Role.FANGSONG}
FONT_FILE_SUFFIXES = (".otf", ".ttf")  # a style sheet cannot address one face inside a collection

_set_before: ContextVar[Callable[[OfficialPaper], bytes | None] | None] = ContextVar("set_before", default=None)


@dataclass(frozen=True)
class RefusedAddress(Exception):
    """Paper asked for something outside the fonts; nothing may be fetched while paper is set."""

    address: str

    def __str__(self) -> str:
        return f"公文排版时不允许读取外部资源：{self.address}"


def render_pdf(paper: OfficialPaper) -> bytes:
    """Set a paper as PDF with embedded subset fonts.

    Raises MissingCharacters before anything is set when no font holds a character, FontsMissing when there are no
    Chinese fonts.
    """
    ready = _set_before.get()
    if ready is not None and (content := ready(paper)) is not None:
        return content
    content, _ = render_together((paper,))
    return content


@contextmanager
def set_before(ready: Callable[[OfficialPaper], bytes | None]) -> Iterator[None]:
    """Inside, ``render_pdf`` asks first whether the very paper has been set already."""
    token = _set_before.set(ready)
    try:
        yield
    finally:
        _set_before.reset(token)


def render_together(papers: Sequence[OfficialPaper]) -> tuple[bytes, tuple[int, ...]]:
    """Set several papers one behind the other in one PDF, each beginning a page; fonts are embedded once.

    :returns: the PDF, and how many pages each paper took.

    Raises as `render_pdf` does. WeasyPrint is imported here, so that the site starts on a machine without its system
    libraries.
    """
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    fetcher = font_fetcher()
    fonts = FontConfiguration()
    # Most papers share a style sheet, and reading it takes a while: once in a process, or, with font files, in a job.
    with_files = cache(partial(CSS, font_config=fonts, url_fetcher=fetcher))
    style_sheet = with_files if _font_addresses() else _style_sheet_without_files
    documents = []
    for paper in papers:
        check_characters(paper)
        css = style_sheet(string=official_css(paper))
        page = HTML(string=official_html(paper), url_fetcher=fetcher, base_url="about:blank")
        documents.append(page.render(stylesheets=[css], font_config=fonts))
    pages = [page for document in documents for page in document.pages]
    return documents[0].copy(pages).write_pdf(), tuple(len(document.pages) for document in documents)


def official_html(paper: OfficialPaper) -> str:
    """Give the HTML of a paper, without its style sheet."""
    return _engine().get_template("paper.html").render(Context({"paper": _paper_view(paper)}))


def official_css(paper: OfficialPaper) -> str:
    """Give the style sheet of a paper, written with the measures of gb9704."""
    context = Context({"m": _measures(paper), "f": _families()}, autoescape=False)
    return _engine().get_template("official.css").render(context)


@lru_cache(maxsize=32)
def _style_sheet_without_files(string: str):
    """A style sheet whose fonts the system knows, read once in a process; one with font files keeps them open."""
    from weasyprint import CSS

    return CSS(string=string, url_fetcher=font_fetcher())


@cache
def _engine() -> Engine:
    return Engine(dirs=[TEMPLATES])


def _font_addresses() -> dict[str, str]:
    """Give the address of each face that the system's own font list does not know, by family."""
    faces = (face for role in Role for face in installed(role))
    return {
        face.family: face.path.as_uri()
        for face in faces
        if face.path.suffix in FONT_FILE_SUFFIXES and not is_known_to_system(face)
    }


def font_fetcher():
    """Give a fetcher that reads the font files of the chains and refuses everything else."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher

    allowed = frozenset(_font_addresses().values())

    class FontFetcher(URLFetcher):
        """Reads fonts from the disk; no network, no other file."""

        def fetch(self, url: str, headers: dict[str, str] | None = None):
            if url not in allowed:
                raise FatalURLFetchingError(str(RefusedAddress(url)))
            return super().fetch(url, headers)

    return FontFetcher(allowed_protocols={"file"}, allow_redirects=False, fail_on_errors=True)


def _families() -> dict[str, Any]:
    families: dict[str, Any] = {role.value: css_families(role) for role in Role}
    families["files"] = [{"family": family, "address": address} for family, address in _font_addresses().items()]
    return families


def _measures(paper: OfficialPaper) -> dict[str, Any]:
    """Give every measure of the style sheet as text with its unit."""
    lines = gb9704.LINE_PITCH_MM
    line_pitch_pt = gb9704.LINE_PITCH_PT - gb9704.ROUNDING_SLACK_PT
    tops = {Layout.ORDER: gb9704.ORDER_MARK_TOP_MM, Layout.LETTER: 0.0}
    mark_ink_mm = 0.0
    if paper.mark:
        size = gb9704.mark_size_pt(_mark_characters(paper))
        mark_ink_mm = ink_gap(paper.mark[0], Role.TITLE) * size / gb9704.PT_PER_MM
    dash_mm = ink_gap("—", Role.SONG) * gb9704.SIZE_4_PT / gb9704.PT_PER_MM
    millimetres = {
        "page_width": gb9704.PAGE_WIDTH_MM,
        "page_height": gb9704.PAGE_HEIGHT_MM,
        "margin_top": gb9704.MARGIN_TOP_MM,
        "margin_right": gb9704.MARGIN_RIGHT_MM,
        "margin_bottom": gb9704.MARGIN_BOTTOM_MM,
        "margin_left": gb9704.MARGIN_LEFT_MM,
        "page_number_top": gb9704.PAGE_NUMBER_GAP_MM - dash_mm,
        "letter_mark_top": gb9704.LETTER_MARK_TOP_MM - mark_ink_mm,
        "mark_top": gb9704.MARK_TOP_MM,
        "mark_padding": max(0.0, tops.get(paper.layout, gb9704.MARK_TOP_MM) - mark_ink_mm),
        "mark_joint_gap": gb9704.MARK_JOINT_GAP_MM,
        "below_mark": gb9704.BLANK_LINES_BELOW_MARK * lines,
        "red_rule_gap": gb9704.RED_RULE_GAP_MM,
        "red_rule_weight": gb9704.RED_RULE_WEIGHT_MM,
        "letter_rule_width": gb9704.LETTER_RULE_WIDTH_MM,
        "letter_rule_left": gb9704.MARGIN_LEFT_MM - (gb9704.PAGE_WIDTH_MM - gb9704.LETTER_RULE_WIDTH_MM) / 2,
        "letter_rule_gap": gb9704.LETTER_RULE_GAP_MM,
        "letter_rule_split": gb9704.LETTER_RULE_SPLIT_MM,
        "letter_rule_thick": gb9704.LETTER_RULE_THICK_MM,
        "letter_rule_thin": gb9704.LETTER_RULE_THIN_MM,
        "letter_foot_drop": gb9704.MARGIN_BOTTOM_MM - gb9704.LETTER_RULE_BOTTOM_MM,
        "title_line_pitch": gb9704.TITLE_LINE_PITCH_MM,
        "above_title": gb9704.BLANK_LINES_ABOVE_TITLE * lines,
        "below_title": gb9704.BLANK_LINES_BELOW_TITLE * lines,
        "above_attachment_title": (gb9704.ATTACHMENT_TITLE_LINE - 2) * lines,
        "above_attachment_notes": gb9704.BLANK_LINES_ABOVE_ATTACHMENT_NOTE * lines,
        "above_signature": gb9704.BLANK_LINES_ABOVE_SIGNATURE * lines,
        "above_sealed_signature": gb9704.BLANK_LINES_ABOVE_SEALED_SIGNATURE * lines,
        "table_line_pitch": gb9704.TABLE_LINE_PITCH_MM,
        "table_rule": gb9704.TABLE_RULE_MM,
        "table_padding": gb9704.TABLE_CELL_PADDING_MM,
        "colophon_line_pitch": gb9704.COLOPHON_LINE_PITCH_MM,
        "colophon_thick": gb9704.COLOPHON_THICK_RULE_MM,
        "colophon_thin": gb9704.COLOPHON_THIN_RULE_MM,
    }
    points = {
        "size_2": gb9704.SIZE_2_PT,
        "size_3": gb9704.SIZE_3_PT,
        "size_4": gb9704.SIZE_4_PT,
        "size_table": gb9704.SIZE_SMALL_4_PT,
        "line_pitch": line_pitch_pt,
        "tracking": gb9704.GRID_TRACKING_PT,
        "one_character": gb9704.HEAD_SIDE_INDENT * gb9704.CHARACTER_PITCH_PT,
        "page_number_indent": gb9704.PAGE_NUMBER_SIDE_INDENT * gb9704.SIZE_4_PT,
    }
    measures = {name: f"{value:.3f}mm" for name, value in millimetres.items()}
    measures |= {name: f"{value:.4f}pt" for name, value in points.items()}
    return measures | {"red": gb9704.RED, "is_letter": paper.layout is Layout.LETTER}


def _mark_characters(paper: OfficialPaper) -> int:
    """Count the characters that the mark's longest line must hold; joint organs stand apart from their 「文件」."""
    gap = 1 if len(paper.mark) > 1 else 0
    return max((len(organ) for organ in paper.mark), default=0) + gap + len(paper.mark_word)


def _paper_view(paper: OfficialPaper) -> dict[str, Any]:
    """Give everything the template shows, as text and lists of text."""
    return {
        "name": " ".join(paper.title.split()),
        "layout": paper.layout.value,
        "corner": [{"kind": kind, "text": text} for kind, text in paper.corner_lines()],
        "letter_rows": _letter_rows(paper),
        "mark": [{"name": organ, "tracking": f"{_organ_tracking(paper, organ):.3f}"} for organ in paper.mark],
        "mark_tracking": f"{gb9704.mark_tracking_pt(_mark_characters(paper)):.3f}",
        "mark_word": paper.mark_word,
        "is_joint": len(paper.mark) > 1,
        "mark_style": _mark_style(paper),
        "number": paper.number,
        "signers": _signer_rows(paper),
        "title_lines": paper.title_lines,
        "recipients": _line_views(compose((Run(f"{paper.recipients}："),), indent=0)) if paper.recipients else [],
        "body": [_block_view(block) for block in paper.body],
        "attachment_notes": _attachment_notes(paper),
        "signature": _signature(paper),
        "signature_kind": "sealed" if paper.sealed else "unsealed",
        "annotation": _line_views(compose((Run(f"（{paper.annotation}）"),), indent=gb9704.ANNOTATION_INDENT))
        if paper.annotation
        else [],
        "attachments": [
            {
                "label": label,
                "title_lines": title_lines(attachment.title),
                "body": [_block_view(block) for block in attachment.body],
            }
            for label, attachment in zip(paper.attachment_labels(), paper.attachments, strict=True)
            if attachment.body
        ],
        "colophon": _colophon(paper),
    }


def _mark_style(paper: OfficialPaper) -> str:
    if not paper.mark:
        return ""
    return f"font-size: {gb9704.mark_size_pt(_mark_characters(paper)):.3f}pt"


def _organ_tracking(paper: OfficialPaper, organ: str) -> float:
    """Give the space between the characters of one organ's name: joint organs are spread to the same width."""
    characters = _mark_characters(paper)
    size, tracking = gb9704.mark_size_pt(characters), gb9704.mark_tracking_pt(characters)
    longest = max(len(name) for name in paper.mark)
    if len(organ) == longest or len(organ) < 2:
        return tracking
    return ((longest - 1) * (size + tracking) - (len(organ) - 1) * size) / (len(organ) - 1)


def _signer_rows(paper: OfficialPaper) -> list[tuple[str, ...]]:
    names = paper.signers if paper.layout in SIGNED_LAYOUTS else ()
    return [names[first : first + SIGNERS_PER_ROW] for first in range(0, len(names), SIGNERS_PER_ROW)]


def _letter_rows(paper: OfficialPaper) -> list[dict[str, str]]:
    """Give the rows below the first rule of a letter: corner lines left, the number right in the first row (10.1)."""
    corner = paper.corner_lines() or [("none", "")]
    return [
        {"kind": kind, "text": text, "number": paper.number if row == 0 else ""}
        for row, (kind, text) in enumerate(corner)
    ]


def _attachment_notes(paper: OfficialPaper) -> list[dict[str, str]]:
    several = len(paper.attachments) > 1
    return [
        {"number": f"{number}. " if several else "", "title": attachment.title}
        for number, attachment in enumerate(paper.attachments, start=1)
    ]


def _signature(paper: OfficialPaper) -> list[dict[str, str]]:
    """Give organ and date with their distances from the right edge; joint organs stand one below the other."""
    day = chinese_date(paper.issued_on) if paper.issued_on else ""
    lines = []
    day_indent = float(gb9704.SEALED_DATE_RIGHT_INDENT if paper.sealed else gb9704.UNSEALED_RIGHT_INDENT)
    for organ in paper.signature:
        organ_indent, day_indent = gb9704.signature_right_indents(organ, day, sealed=paper.sealed)
        lines.append({"text": organ, "right_indent": f"{organ_indent:.3f}"})
    if day:
        lines.append({"text": day, "right_indent": f"{day_indent:.3f}"})
    return lines


def _colophon(paper: OfficialPaper) -> dict[str, str]:
    printing = paper.has_colophon_rules and paper.print_organ and paper.printed_on
    colophon = {}
    if paper.copies_to:
        colophon["copies_to"] = "，".join(paper.copies_to) + "。"
    if printing and paper.printed_on:
        colophon |= {"print_organ": paper.print_organ, "printed_on": f"{chinese_date(paper.printed_on)}印发"}
    return colophon


def _block_view(block: Block) -> dict[str, Any]:
    indent = gb9704.TEXT_INDENT
    match block:
        case Heading(level, text, rest):
            runs = (Run(text, HEADING_ROLES[level]), Run(rest))
            lines = _line_views(compose(runs, indent=indent))
            return {"kind": "heading", "level": str(level), "is_alone": not rest, "lines": lines}
        case Chapter(text):
            return {"kind": "chapter", "text": text}
        case Article(label, text):
            return _paragraphs([(Run(f"{label}　", Role.HEI), Run(text))])
        case Labelled(label, text):
            width = gb9704.text_width(label) + 1
            return {
                "kind": "labelled",
                "label": label,
                "label_width": f"{width:.2f}",
                "hang": f"{indent + width:.2f}",
                "text": text,
            }
        case Table():
            return _table_view(block)
        case Paragraph() | Listing():
            return _paragraphs([(Run(text),) for text in block.lines()])


def _paragraphs(paragraphs: list[tuple[Run, ...]]) -> dict[str, Any]:
    return {
        "kind": "paragraphs",
        "paragraphs": [_line_views(compose(runs, indent=gb9704.TEXT_INDENT)) for runs in paragraphs],
    }


def _line_views(lines: tuple[Line, ...]) -> list[dict[str, Any]]:
    return [
        {
            "tracking": f"{line.tracking_pt:.4f}",
            "indent": f"{line.indent_pt:.4f}",
            "runs": [{"role": run.role.value, "text": run.text} for run in line.runs],
        }
        for line in lines
    ]


def _table_view(table: Table) -> dict[str, Any]:
    alignments = table.column_alignments()
    return {
        "kind": "table",
        "caption": table.caption,
        "is_short": len(table.rows) <= UNBROKEN_TABLE_ROWS,
        "columns": [
            {"name": name, "width": f"{share * 100:.3f}"}
            for name, share in zip(table.header, table.column_shares(), strict=True)
        ],
        "rows": [
            [{"align": align, "text": cell} for align, cell in zip(alignments, row, strict=True)] for row in table.rows
        ],
    }
