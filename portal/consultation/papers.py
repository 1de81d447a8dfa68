"""The report of a session as an official paper (会议报告), PDF and DOCX, in the file.

The layout is that of GB/T 9704-2012.
"""

from django.core.files.base import ContentFile

from portal.consultation.models import Session
from portal.consultation.session_notice import SessionRefused
from portal.consultation.sessions import REPORT_PAPER
from portal.documents.attach import attach
from portal.documents.rendering import Layout, OfficialPaper, parse_blocks, render_docx, render_pdf
from portal.moment import SHANGHAI

EDITABLE = "（可编辑）"


def session_report(session: Session) -> OfficialPaper:
    """The report with every opinion and what became of it.

    :raises SessionRefused: the report is not on file yet.
    """
    if session.reported_at is None:
        raise SessionRefused("会议报告还没有入卷。")
    unit = (session.file.handling_unit or session.file.organisation).name
    lines = [session.report, "附：意见采纳情况"]
    for opinion in session.opinions.select_related("participant"):
        lines.append(
            f"{opinion.number}. {opinion.participant.capacity}：{opinion.public_text}"
            f"处理结果：{opinion.get_outcome_display()}。{opinion.answer}"
        )
    return OfficialPaper(
        kind="报告",
        layout=Layout.PLAIN,
        title=f"{session.title}报告",
        recipients="",
        body=parse_blocks("\n".join(lines)),
        signature=(unit,),
        issued_on=session.reported_at.astimezone(SHANGHAI).date(),
    )


def put_report_on_file(session: Session, by) -> list:
    """Set the report as PDF and as DOCX into its slot; the versions they became."""
    paper, name = session_report(session), f"{session.title}报告"
    return [
        attach(session.file, REPORT_PAPER.code, ContentFile(render_pdf(paper), name=f"{name}.pdf"), by, title=name),
        attach(
            session.file, REPORT_PAPER.code, ContentFile(render_docx(paper), name=f"{name}.docx"), by,
            title=f"{name}{EDITABLE}",
        ),
    ]  # fmt: skip
