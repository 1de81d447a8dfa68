"""What the meetings leave in a file: the sealed record of its deliberation (如实记录、完整存档; S4-16.1c)."""

from collections.abc import Iterator

from portal.documents.records import Record
from portal.meetings.models import DeliberationItem


def deliberation_records(file) -> Iterator[Record]:
    """Every deliberation of the file whose minutes are sealed: who was there, who said what, what was decided."""
    items = DeliberationItem.objects.filter(file_id=file.pk, meeting__sealed_at__isnull=False)
    for item in (
        items.select_related("meeting__organisation", "meeting__recorded_by", "meeting__sealed_by")
        .prefetch_related("statements__attendance", "meeting__attendances")
        .order_by("meeting__held_on", "pk")
    ):
        yield Record(
            f"集体讨论记录（{item.meeting.title}）"[:120], lambda one=item: _record(one), at=item.meeting.held_on,
            who=item.meeting.organisation.name,
        )  # fmt: skip


def _record(item: DeliberationItem) -> str:
    meeting = item.meeting
    lines = [
        f"会议：{meeting.title}（{meeting.get_kind_display()}）",
        f"时间：{meeting.held_on:%Y-%m-%d}",
        f"地点：{meeting.place}",
        f"应出席：{meeting.members_due} 人",
    ]
    for attendance in meeting.attendances.all():
        head = "，主要负责人" if attendance.is_head else ""
        lines.append(f"{attendance.get_role_display()}：{attendance.name}（{attendance.post}{head}）")
    lines += ["", "发言（按先后次序）"]
    for statement in sorted(item.statements.all(), key=lambda one: one.order):
        speaker = statement.attendance
        words = f"：{statement.words}" if statement.words else ""
        lines.append(f"{statement.order}. {speaker.name}（{speaker.post}）{statement.get_stance_display()}{words}")
    lines += ["", f"讨论结果：{item.get_result_display()}", item.decision]
    if item.departure_reason:
        lines.append(f"决定与多数人意见不一致的理由：{item.departure_reason}")
    lines += [
        "",
        f"记录：{meeting.recorded_by.full_name}　封存：{meeting.sealed_by.full_name}",
        f"纪要摘要值（SHA-256）：{meeting.minutes_digest}",
    ]
    return "\n".join(lines)
