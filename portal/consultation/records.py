"""What the public's part leaves in a file: notices, opinions with their answers, sessions. No contacts."""

from collections.abc import Iterator

from portal.consultation.models import PublicConsultation, Session
from portal.documents.records import Record, table
from portal.moment import SHANGHAI


def consultation_records(file) -> Iterator[Record]:
    """Each round's notice, and its opinions with what became of them."""
    rounds = PublicConsultation.objects.filter(file_id=file.pk).prefetch_related("comments").order_by("round")
    for consultation in rounds:
        yield Record(
            f"征求意见公告（第{consultation.round}轮）", lambda one=consultation: _notice(one),
            at=consultation.opened_on,
        )  # fmt: skip
        if consultation.comments.all():
            yield Record(
                f"意见和采纳情况（第{consultation.round}轮）", lambda one=consultation: _opinions(one),
                at=consultation.closes_on, ending="csv",
            )  # fmt: skip


def _notice(consultation) -> str:
    return "\n".join(
        [
            consultation.title,
            f"征求意见时间：{consultation.opened_on:%Y-%m-%d} 至 {consultation.closes_on:%Y-%m-%d}",
            f"期限依据：{consultation.rule_basis}",
            *([f"缩短期限的理由：{consultation.shortened_reason}"] if consultation.shortened_reason else []),
            "",
            consultation.summary,
            "",
            "征求意见稿",
            consultation.draft_text,
            "",
            "起草说明",
            consultation.notes_text,
        ]
    )


def _opinions(consultation) -> str:
    """Every opinion with its answer; how to reach the sender stays out of the folder."""
    heads = ["序号", "提交日期", "身份", "姓名或名称", "针对条款", "意见内容", "处理结果", "理由"]
    rows = (
        [
            comment.number, f"{comment.submitted_at.astimezone(SHANGHAI):%Y-%m-%d}", comment.get_sent_from_display(),
            comment.name, comment.article, comment.content, comment.get_outcome_display(), comment.answer,
        ]
        for comment in sorted(consultation.comments.all(), key=lambda comment: comment.number)
    )  # fmt: skip
    return table(heads, rows)


def session_records(file) -> Iterator[Record]:
    """Each hearing and forum that was held: its course, every opinion voiced, what became of it, the report."""
    held = Session.objects.filter(file_id=file.pk, record_sealed_at__isnull=False).order_by("number")
    for session in held.prefetch_related("opinions__participant"):
        yield Record(
            f"{session.title}（{session.get_kind_display()}记录）"[:120], lambda one=session: _session(one),
            at=session.held_on, who=session.host,
        )  # fmt: skip


def _session(session) -> str:
    lines = [
        session.title,
        f"形式：{session.get_kind_display()}",
        f"时间：{session.held_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}",
        f"地点：{session.place}",
        f"主持人：{session.host}",
        f"记录人：{session.recorder}",
        "",
        "经过",
        session.course,
        "",
        "发言和采纳情况",
    ]
    for opinion in session.opinions.all():
        speaker = opinion.participant
        lines.append(f"{opinion.number}. {speaker.name}（{speaker.capacity}）：{opinion.content}")
        lines.append(f"处理结果：{opinion.get_outcome_display() or '未答复'}。{opinion.answer}")
    if session.report:
        lines += ["", "报告", session.report]
    return "\n".join(lines)
