"""Who sat in the meeting that decided a file, what each said, and who decided (国令713 arts. 30, 38)."""

from collections.abc import Iterator

from portal.meetings.models import Attendance, DeliberationItem, Statement
from portal.workflow.acts import Act, ActKind, tells

_PAGE = "meetings:staff-deliberation"


@tells
def deliberated(file) -> Iterator[Act]:
    """From sealed minutes alone: what is open can still change."""
    items = DeliberationItem.objects.filter(file_id=file.pk, meeting__sealed_at__isnull=False)
    for item in items.select_related("meeting__recorded_by", "meeting__organisation").prefetch_related(
        "statements", "meeting__attendances__person__organisation"
    ):
        yield from _of_meeting(item)


def _of_meeting(item: DeliberationItem) -> Iterator[Act]:
    meeting = item.meeting
    record = f"{meeting.title}（纪要第{meeting.minutes_number}期）"
    said = {statement.attendance_id: statement for statement in item.statements.all()}
    common = {"on": meeting.held_on, "record": record, "page": _PAGE}
    for attendance in meeting.attendances.all():
        who = {"person": attendance.person, "name": attendance.name, "post": attendance.post}
        statement = said.get(attendance.pk)
        key = f"meeting:{meeting.pk}:{attendance.pk}"
        if statement is not None:
            yield Act(
                key, ActKind.SPOKE, label=f"第 {statement.order} 位发言", view=statement.get_stance_display(),
                words=statement.words, dissents=statement.stance != Statement.Stance.FOR, **common, **who,
            )  # fmt: skip
        else:
            yield Act(key, ActKind.ATTENDED, label=attendance.get_role_display(), **common, **who)
        if attendance.is_head and attendance.role == Attendance.Role.MEMBER:
            words = item.decision
            if item.departure_reason:
                words += f"（与多数人意见不一致的理由：{item.departure_reason}）"
            yield Act(
                f"{key}:decides", ActKind.DECIDED, label="在集体讨论的基础上作出决定",
                view=item.get_result_display(), words=words, **common, **who,
            )  # fmt: skip
    yield Act(f"meeting:{meeting.pk}:recorder", ActKind.HANDLED, label="记录会议", person=meeting.recorded_by, **common)
