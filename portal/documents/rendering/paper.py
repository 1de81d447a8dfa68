"""What stands on a piece of official paper: one context for PDF and DOCX.

The elements and their order are those of 《党政机关公文处理工作条例》(中办发〔2012〕14号) article 9 and of
GB/T 9704-2012, chapter 7. A complete example:

    paper = OfficialPaper(
        kind="报告",
        layout=Layout.DOCUMENT,
        mark=("云溪县龙潭镇人民政府",),
        number="龙政报〔2026〕3号",
        signers=("周明远",),
        title="云溪县龙潭镇人民政府关于报送行政规范性文件备案的报告",
        recipients="云溪县人民政府",
        body=parse_blocks("现将……报送备案。\\n一、制定依据\\n根据……\\n特此报告。"),
        attachments=(Attachment("备案说明", parse_blocks("……")),),
        signature=("云溪县龙潭镇人民政府",),
        issued_on=date(2026, 3, 1),
        annotation="联系人：陈思源，联系电话：0000-0000000",
        copies_to=("云溪县司法局",),
        print_organ="云溪县龙潭镇党政综合办公室",
        printed_on=date(2026, 3, 2),
    )
    paper.problems()      # [] when nothing that the rules ask for is missing
    pdf = render_pdf(paper)
    docx = render_docx(paper)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .blocks import Block
from .titles import title_lines

UPWARD_KINDS = frozenset({"请示", "报告"})  # 条例 article 9(6): upward paper names its signer
NUMBER_SHAPE = re.compile(r"[^〔〕\d\s]+〔\d{4}〕[1-9]\d*号|第[1-9]\d*期|[1-9]\d*号")


class Layout(StrEnum):
    """The formats of GB/T 9704-2012: document (文件), letter (信函, 10.1), order (命令, 10.2), minutes (纪要, 10.3).

    PLAIN has no red head: forms and public texts such as receipts and annual reports as shown to the public.
    """

    DOCUMENT = "document"
    LETTER = "letter"
    ORDER = "order"
    MINUTES = "minutes"
    PLAIN = "plain"


SIGNED_LAYOUTS = frozenset({Layout.DOCUMENT, Layout.ORDER})  # the heads that have a place for signers


@dataclass(frozen=True)
class Attachment:
    """An attachment: its name as listed, and its body, empty when it is sent as a file of its own."""

    title: str
    body: tuple[Block, ...] = ()


@dataclass(frozen=True)
class OfficialPaper:
    """One piece of official paper, ready to be set.

    `mark` names the issuing organs in full or by their usual short names; in the document format 「文件」 is added
    unless `mark_with_word` is false. `title` may hold line feeds where it must break; otherwise it is broken by sense.
    `number` is the complete document number (发文字号). `sealed` leaves the place that the seal needs.
    """

    kind: str
    title: str
    body: tuple[Block, ...]
    layout: Layout = Layout.DOCUMENT
    mark: tuple[str, ...] = ()
    mark_with_word: bool = True
    number: str = ""
    signers: tuple[str, ...] = ()
    copy_number: str = ""
    secrecy: str = ""
    urgency: str = ""
    recipients: str = ""
    attachments: tuple[Attachment, ...] = ()
    signature: tuple[str, ...] = ()
    issued_on: date | None = None
    sealed: bool = True
    annotation: str = ""
    copies_to: tuple[str, ...] = ()
    print_organ: str = ""
    printed_on: date | None = None

    @property
    def is_upward(self) -> bool:
        """Whether this goes up to a superior organ (上行文), which must see who signed it."""
        return self.kind in UPWARD_KINDS or bool(self.signers)

    @property
    def mark_word(self) -> str:
        """The word 「文件」 after the organs' names, in the document format only."""
        return "文件" if self.layout is Layout.DOCUMENT and self.mark_with_word else ""

    @property
    def has_colophon_rules(self) -> bool:
        """Whether the colophon (版记) has rules and a printing line; the letter format has neither (10.1)."""
        return self.layout is not Layout.LETTER

    @property
    def title_lines(self) -> tuple[str, ...]:
        """The title, line by line, broken by sense."""
        return title_lines(self.title)

    def corner_lines(self) -> list[tuple[str, str]]:
        """Give copy number, secrecy and urgency as far as there are any, each with the name of its kind."""
        lines = [("copy", self.copy_number), ("secrecy", self.secrecy), ("urgency", self.urgency)]
        return [(kind, text) for kind, text in lines if text]

    def problems(self) -> list[str]:
        """Name, in Chinese, what the rules ask for and this paper lacks; empty when it may be printed."""
        found: list[str] = []
        headed = self.layout is not Layout.PLAIN
        if not self.title.strip():
            found.append("缺少标题。")
        if headed and not self.mark:
            found.append("缺少发文机关标志。")
        if headed and not self.number:
            found.append("缺少发文字号。")
        if self.number and not NUMBER_SHAPE.fullmatch(self.number):
            found.append(
                f"发文字号“{self.number}”不规范：应当为“机关代字〔年份〕序号号”，年份用六角括号，序号不编虚位。"
            )
        if self.layout in SIGNED_LAYOUTS and self.kind in UPWARD_KINDS and not self.signers:
            found.append(f"{self.kind}属于上行文，应当标注签发人。")
        if self.kind == "请示" and not self.annotation:
            found.append("请示应当在附注中注明联系人和电话。")
        if self.signers and self.layout not in SIGNED_LAYOUTS:
            found.append("签发人只标注在文件格式的上行文中。")
        if headed and self.layout is not Layout.MINUTES and not (self.signature and self.issued_on):
            found.append("缺少发文机关署名或者成文日期。")
        if self.copy_number and not re.fullmatch(r"\d{6}", self.copy_number):
            found.append("份号应当为6位阿拉伯数字。")
        if bool(self.print_organ) != bool(self.printed_on):
            found.append("印发机关和印发日期应当同时标注。")
        return found

    def attachment_notes(self) -> list[str]:
        """Give the names in the note on attachments (附件说明), numbered when there are several (7.3.4)."""
        if len(self.attachments) == 1:
            return [self.attachments[0].title]
        return [f"{number}. {item.title}" for number, item in enumerate(self.attachments, start=1)]

    def attachment_labels(self) -> list[str]:
        """Give the words at the head of each attachment: 附件, or 附件1, 附件2 …"""
        if len(self.attachments) == 1:
            return ["附件"]
        return [f"附件{number}" for number in range(1, len(self.attachments) + 1)]


def chinese_date(day: date) -> str:
    """Write a date as official paper does: 2026年3月1日, no zero before a figure (7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"


def paper_lines(paper: OfficialPaper) -> Iterator[str]:
    """Give the whole text of a paper in reading order, element by element; page numbers are not part of it.

    This is what search indexes, what the character check reads, and what both renderings are compared with.
    """
    yield from _head_lines(paper)
    yield "".join(paper.title_lines)
    if paper.recipients:
        yield f"{paper.recipients}："
    for block in paper.body:
        yield from block.lines()
    if paper.attachments:
        yield "附件：" + "".join(paper.attachment_notes())
    yield from paper.signature
    if paper.issued_on:
        yield chinese_date(paper.issued_on)
    if paper.annotation:
        yield f"（{paper.annotation}）"
    for label, attachment in zip(paper.attachment_labels(), paper.attachments, strict=True):
        if attachment.body:
            yield label
            yield "".join(title_lines(attachment.title))
            for block in attachment.body:
                yield from block.lines()
    yield from _colophon_lines(paper)


def _head_lines(paper: OfficialPaper) -> Iterator[str]:
    corner = [text for _, text in paper.corner_lines()]
    mark = ["".join(paper.mark) + paper.mark_word] if paper.mark else []
    number = [paper.number] if paper.number else []
    if paper.layout is Layout.LETTER:
        yield from (*mark, *corner[:1], *number, *corner[1:])
        return
    yield from (*corner, *mark, *number)
    if paper.signers and paper.layout in SIGNED_LAYOUTS:
        yield "签发人：" + "".join(paper.signers)


def _colophon_lines(paper: OfficialPaper) -> Iterator[str]:
    if paper.copies_to:
        yield f"抄送：{'，'.join(paper.copies_to)}。"
    if paper.has_colophon_rules and paper.print_organ and paper.printed_on:
        yield paper.print_organ
        yield f"{chinese_date(paper.printed_on)}印发"
