"""The annual report as official paper (GB/T 9704-2012), from its composition."""

from datetime import date

from portal.documents.rendering import (
    Attachment,
    Heading,
    Layout,
    OfficialPaper,
    Paragraph,
    Table,
    parse_blocks,
)
from portal.reports.composing import Composition

UNWRITTEN = "（本部分尚未撰写）"
TABLE_TITLE = "法治政府建设主要数据"
_WIDTHS = (3.0, 14.0, 4.0, 3.0, 4.0)
_ALIGN = ("center", "left", "right", "center", "right")


def annual_report_paper(composition: Composition, *, issued_on: date | None = None) -> OfficialPaper:
    """The report without a red head, as it is submitted and shown to the public; the figures follow as a table.

    :param issued_on: the day it was approved; a draft carries none and says so in its title.
    """
    body = [Paragraph(composition.lead)]
    for section in composition.sections:
        body.append(Heading(section.level, section.heading))
        if section.text:
            body += parse_blocks(section.text)
        elif not section.heading_only:
            body.append(Paragraph(UNWRITTEN))
    header, *rows = composition.table()
    table = Table(header=header, rows=tuple(rows), widths=_WIDTHS, align=_ALIGN)
    return OfficialPaper(
        kind="年度报告",
        layout=Layout.PLAIN,
        title=composition.title if issued_on else f"{composition.title}（草稿）",
        body=tuple(body),
        attachments=(Attachment(TABLE_TITLE, (table,)),),
        signature=(composition.organisation.name,) if issued_on else (),
        issued_on=issued_on,
        sealed=False,
    )
