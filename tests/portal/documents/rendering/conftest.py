"""Papers of an invented county, and a reader that measures what stands in a PDF."""

import ctypes
import os
import re
from dataclasses import dataclass
from datetime import date
from functools import cache

import pypdfium2
import pytest
from pypdfium2 import raw

from portal.documents.rendering import Attachment, OfficialPaper, parse_blocks, render_pdf
from portal.documents.rendering.fonts import DIRECTORIES_VARIABLE

MM_PER_PT = 25.4 / 72
PAGE_HEIGHT_MM = 297.0
PAGE_NUMBER = re.compile(r"—\d+—")
# One sentence without signs, so that nothing but the grid decides where lines end.
PLAIN_SENTENCE = "为了检验每面二十二行每行二十八字的规定这一段文字不用标点"


@dataclass(frozen=True)
class Sign:
    """A character as it stands on a page: its origin in millimetres from the left and the upper edge."""

    text: str
    left: float
    baseline: float


class ReadPdf:
    """A PDF read back: characters with places, whole text, pictures of pages."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.document = pypdfium2.PdfDocument(data)

    def __len__(self) -> int:
        return len(self.document)

    def signs(self, page_number: int) -> list[Sign]:
        """Give the visible characters of a page (counted from 1), in the order of the text."""
        page = self.document[page_number - 1].get_textpage()
        signs = []
        for index in range(page.count_chars()):
            x, y = ctypes.c_double(), ctypes.c_double()
            raw.FPDFText_GetCharOrigin(page.raw, index, x, y)
            text = chr(raw.FPDFText_GetUnicode(page.raw, index))
            if not text.isspace():
                signs.append(Sign(text, x.value * MM_PER_PT, PAGE_HEIGHT_MM - y.value * MM_PER_PT))
        return signs

    def lines(self, page_number: int) -> list[list[Sign]]:
        """Give the lines of a page from top to bottom, each from left to right."""
        rows: dict[float, list[Sign]] = {}
        for sign in self.signs(page_number):
            rows.setdefault(round(sign.baseline, 1), []).append(sign)
        return [sorted(rows[height], key=lambda sign: sign.left) for height in sorted(rows)]

    def page_text(self, page_number: int) -> str:
        return without_space(self.document[page_number - 1].get_textpage().get_text_range())

    def text(self) -> str:
        """Give the text of all pages without blanks and page numbers."""
        return "".join(PAGE_NUMBER.sub("", self.page_text(number)) for number in range(1, len(self) + 1))

    def picture(self, page_number: int, dots_per_mm: float = 8):
        return self.document[page_number - 1].render(scale=dots_per_mm * MM_PER_PT).to_pil().convert("RGB")


def without_space(text: str) -> str:
    return re.sub(r"[\s\u3000\ufffe\x00-\x1f]", "", text)


@cache
def rendered(paper: OfficialPaper, font_directories: str | None) -> bytes:
    """Render each paper once with each choice of fonts: many tests measure the same one."""
    return render_pdf(paper)


@pytest.fixture
def read_back():
    """Render a paper and read the PDF."""
    return lambda paper: ReadPdf(rendered(paper, os.environ.get(DIRECTORIES_VARIABLE)))


@pytest.fixture
def plain_sentence() -> str:
    return PLAIN_SENTENCE


@pytest.fixture
def filing_report() -> OfficialPaper:
    """A report upward with every element that a report can have."""
    body = parse_blocks(
        "根据有关规定，现将《龙潭镇小型工程安全管理办法》报送备案，并将有关情况报告如下。\n"
        "一、制定的必要性\n"
        "2025年以来，全镇小型工程达到1,286处，其中自建房902处，占70.1%。代表喆堃、翀珺、玥祎、赟邨、昇𠮷提出了建议。\n"
        "（一）上位法依据。法律规定乡镇人民政府应当加强对本行政区域内生产经营单位安全生产状况的监督检查。\n"
        "1.工程数量多、分布散，依靠人工巡查难以全面覆盖，需要建立“开工有备案、过程有检查、完工有验收”的管理机制。\n"
        "（1）开工前备案；\n"
        "二、主要内容\n"
        "| 序号 | 条款 | 主要制度 | 件数 |\n| 1 | 第三条 | 开工信息登记 | 1286 |\n| 2 | 第五条 | 过程监管 | 902 |\n"
        + PLAIN_SENTENCE * 60
        + "\n特此报告。"
    )
    return OfficialPaper(
        kind="报告",
        mark=("云溪县龙潭镇人民政府",),
        number="龙政报〔2026〕3号",
        signers=("周明远",),
        copy_number="000123",
        urgency="加急",
        title="云溪县龙潭镇人民政府关于报送《龙潭镇小型工程安全管理办法》备案的报告",
        recipients="云溪县人民政府",
        body=body,
        attachments=(
            Attachment("龙潭镇小型工程安全管理办法", parse_blocks("第一章　总则\n第一条　为了加强管理，制定本办法。")),
            Attachment("合法性审核意见书"),
        ),
        signature=("云溪县龙潭镇人民政府",),
        issued_on=date(2026, 3, 1),
        annotation="联系人：陈思源，联系电话：0000-0000000",
        copies_to=("云溪县司法局", "云溪县人民代表大会常务委员会办公室"),
        print_organ="云溪县龙潭镇党政综合办公室",
        printed_on=date(2026, 3, 2),
    )
