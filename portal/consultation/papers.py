"""Official papers of public participation, PDF and DOCX, in the file: the report of a session (会议报告), the table of
opinions with what became of them (意见采纳情况表).

The layout is that of GB/T 9704-2012.
"""

from django.core.files.base import ContentFile

from portal.consultation.models import PublicConsultation, Session
from portal.consultation.opinion_table import official_table
from portal.consultation.session_notice import SessionRefused
from portal.consultation.sessions import REPORT_PAPER
from portal.documents.attach import attach
from portal.documents.rendering import Layout, OfficialPaper, parse_blocks, render_docx, render_pdf
from portal.documents.slots import PaperSlot, register_slots
from portal.moment import SHANGHAI

EDITABLE = "（可编辑）"
OPINION_TABLE = register_slots(
    PaperSlot("opinion_table", "公开征求意见采纳情况表", "国令713 第十八条", needed=False, by_system=True)
)[0]


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
    return _put(session.file, REPORT_PAPER.code, session_report(session), f"{session.title}报告", by)


def put_table_on_file(consultation: PublicConsultation, by) -> list:
    """Set the table of opinions as PDF and as DOCX into its slot; the versions they became."""
    name = f"意见采纳情况表（第{consultation.round}轮）"
    return _put(consultation.file, OPINION_TABLE.code, official_table(consultation), name, by)


def _put(file, slot: str, paper: OfficialPaper, name: str, by) -> list:
    return [
        attach(file, slot, ContentFile(render_pdf(paper), name=f"{name}.pdf"), by, title=name),
        attach(
            file, slot, ContentFile(render_docx(paper), name=f"{name}.docx"), by, title=f"{name}{EDITABLE}"
        ),
    ]  # fmt: skip
