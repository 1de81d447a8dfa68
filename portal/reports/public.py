"""What the public sees of an annual report: the approved text with its figures, and the PDF."""

from portal.publishing.faces import Obligation, PublicFace, register
from portal.reports.composing import compose_report
from portal.reports.models import PDF
from portal.reports.workflow import PUBLISH, WORKFLOW

COLUMN = "法治政府建设年度报告"

PUBLIC = register(
    PublicFace(
        kind=WORKFLOW.code,
        column=COLUMN,
        title=lambda report: report.title,
        text=lambda report: compose_report(report).plain_text(),
        fields=(
            ("发文机关", lambda report: report.town.name),
            ("报告年度", lambda report: f"{report.year}年"),
            ("成文日期", lambda report: report.approved_on),
        ),
        published_on=lambda report: report.published_on,
        papers=(PDF.code,),
        obligation=Obligation(after=("submit",), limit=PUBLISH, basis="法治政府建设与责任落实督察工作规定 第二十四条"),
    )
)
