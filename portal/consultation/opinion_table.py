"""The table of all opinions of a round with what became of them: as a spreadsheet, as an official paper, on a page."""

from dataclasses import dataclass
from datetime import date

from portal.audit.record import record
from portal.consultation.anchoring import Anchors, Place
from portal.consultation.conducting import EXPORTED, ConsultationRefused
from portal.consultation.models import PublicComment, PublicConsultation
from portal.consultation.versions import anchors_of
from portal.documents.rendering import Layout, OfficialPaper, Table, parse_blocks
from portal.jobs.models import Job
from portal.jobs.queue import ask
from portal.moment import SHANGHAI, today
from portal.web.spreadsheet import Note, workbook

TABLE_JOB = "consultation.opinion_table"
MOST_AT_ONCE = 5000
HEADS = [
    "序号", "提交日期", "身份", "提出人", "针对条款", "条款原文", "意见内容", "公布的意见内容", "同类意见", "处理结果",
    "理由", "答复人", "答复日期",
]  # fmt: skip
PAPER_HEADS = ("序号", "提出人", "针对条款", "意见", "处理结果", "理由")
PAPER_WIDTHS = (2, 3, 4, 10, 3, 9)


@dataclass(frozen=True)
class Entry:
    """One opinion, and where it belongs in the version that is shown."""

    comment: PublicComment
    place: Place

    @property
    def words(self) -> str:
        """As it is or will be published."""
        return self.comment.public_text or self.comment.content


def entries_of(consultation: PublicConsultation, anchors: Anchors | None = None) -> list[Entry]:
    """All opinions of the round, by number."""
    anchors = anchors or anchors_of(consultation)
    comments = consultation.comments.select_related("answered_by", "group").order_by("number")[:MOST_AT_ONCE]
    return [Entry(comment, anchors.of(comment)) for comment in comments]


def totals_of(entries: list[Entry]) -> list[tuple[str, int]]:
    """How many were adopted, partly adopted, not adopted, and are still open."""
    outcomes = [entry.comment.outcome for entry in entries]
    totals = [(label, outcomes.count(code)) for code, label in PublicComment.Outcome.choices]
    return [*totals, ("未答复", outcomes.count(""))] if "" in outcomes else totals


def spreadsheet(consultation: PublicConsultation, *, by) -> bytes:
    """The table as XLSX; contacts stay out: the sheet travels, the file does not. It stands in the file's history."""
    data = [
        [
            entry.comment.number, _day(entry.comment.submitted_at), entry.comment.get_sent_from_display(),
            entry.comment.shown_name, entry.place.shown, entry.place.words, entry.comment.content,
            entry.comment.public_text, str(entry.comment.group or ""), entry.comment.get_outcome_display(),
            entry.comment.answer, entry.comment.answered_by.full_name if entry.comment.answered_by else "",
            _day(entry.comment.answered_at),
        ]
        for entry in entries_of(consultation)
    ]  # fmt: skip
    notes = [
        Note("事项", consultation.title),
        Note("轮次", consultation.round),
        Note("征求时间", f"{consultation.opened_on:%Y-%m-%d} 至 {consultation.closes_on:%Y-%m-%d}"),
        Note("导出人", f"{by.full_name}（{by.post_on(today())}）"),
        Note("导出日期", today()),
        Note("行数", len(data)),
        Note(
            "说明",
            "不含联系方式；未同意公开姓名的，提出人记为匿名。针对条款以正在公布的一稿为准，条款原文是提意见时的文字。",
        ),
    ]
    record(EXPORTED, by=by, file=consultation.file, summary=f"第 {consultation.round} 轮，{len(data)} 条意见")
    return workbook("意见及采纳情况", HEADS, data, notes)


def official_table(consultation: PublicConsultation) -> OfficialPaper:
    """The table as an official paper (意见采纳情况表); layout by GB/T 9704-2012, words as they are published."""
    entries, file = entries_of(consultation), consultation.file
    opened, closes = consultation.opened_on, consultation.closes_on
    words = (
        f"《{consultation.title}》于{_written(opened)}至{_written(closes)}公开征求意见，共收到 {len(entries)} 条意见："
        + "，".join(f"{label} {count} 条" for label, count in totals_of(entries))
        + "。"
    )
    table = Table(PAPER_HEADS, tuple(_paper_row(entry) for entry in entries), widths=PAPER_WIDTHS)
    published = consultation.answers_published_at
    return OfficialPaper(
        kind="意见采纳情况表",
        layout=Layout.PLAIN,
        title=f"{consultation.title}公开征求意见采纳情况表",
        body=(*parse_blocks(words), *((table,) if entries else ())),
        signature=((file.handling_unit or file.organisation).name,),
        issued_on=_day(published) or today(),
        sealed=False,
    )


def ask_for_table(consultation: PublicConsultation, *, by) -> Job:
    """Have the worker set the table as an official paper into the file.

    :raises ConsultationRefused: the answers are not published yet, or there is no opinion.
    """
    if consultation.answers_published_at is None:
        raise ConsultationRefused("采纳情况公布后，再生成采纳情况表。")
    if not consultation.comments.exists():
        raise ConsultationRefused("征求意见期间没有收到意见，不用生成采纳情况表。")
    label = f"生成意见采纳情况表：{consultation.title}"[:200]
    return ask(TABLE_JOB, label, by=by, key=str(consultation.pk), consultation_id=consultation.pk)


def _paper_row(entry: Entry) -> tuple[str, ...]:
    comment = entry.comment
    return (
        str(comment.number), comment.shown_name, entry.place.shown, entry.words,
        comment.get_outcome_display() or "未答复", comment.answer,
    )  # fmt: skip


def _written(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _day(moment):
    return moment.astimezone(SHANGHAI).date() if moment else None
