"""会议纪要 as official paper: whole where the meeting had one item, an extract (节录) for each file of several."""

from portal.documents.rendering import Heading, Labelled, OfficialPaper, Paragraph
from portal.documents.rendering.paper import Layout, chinese_date
from portal.documents.slots import PaperSlot, register_slots
from portal.meetings.models import Attendance, DeliberationItem, Meeting

MINUTES = PaperSlot("mt_minutes", "会议纪要", "国办发〔2018〕37号（集体审议决定）", needed=False, by_system=True)
register_slots(MINUTES)

_DIGITS = "零一二三四五六七八九"
_LABELS = ((Attendance.Role.MEMBER, "出席"), (Attendance.Role.EXCUSED, "请假"), (Attendance.Role.IN_ATTENDANCE, "列席"))


def minutes_paper(item: DeliberationItem) -> OfficialPaper:
    """The sealed minutes as far as they concern the file of this item (GB/T 9704-2012 10.3).

    What the meeting said about other files stays out: a file may be seen by people who may not see the others.

    :raises ValueError: the minutes are not sealed: what is printed could still change.
    """
    meeting = item.meeting
    if not meeting.is_sealed:
        raise ValueError("会议纪要尚未封存，不能成文。")
    extract = "（节录）" if meeting.items.count() > 1 else ""
    return OfficialPaper(
        kind="纪要",
        layout=Layout.MINUTES,
        mark=(f"{meeting.organisation.name}会议纪要",),
        number=f"第{meeting.minutes_number}期",
        title=f"{meeting.title}纪要{extract}",
        body=(*_opening(meeting), *_deliberation(item), *_attendance(meeting), *_sealing(meeting)),
        issued_on=meeting.held_on,
    )


def _opening(meeting: Meeting):
    yield Paragraph(
        f"{chinese_date(meeting.held_on)}，{meeting.organisation.name}在{meeting.place}召开{meeting.title}"
        f"（{meeting.get_kind_display()}）。应出席{meeting.members_due}人，"
        f"实际出席{meeting.attendances.filter(role=Attendance.Role.MEMBER).count()}人，达到法定人数。"
    )


def _deliberation(item: DeliberationItem):
    title = item.file.title.replace("《", "〈").replace("》", "〉")
    yield Heading(1, f"一、审议《{title}》")
    for statement in item.statements.select_related("attendance").order_by("order"):
        words = f"：{statement.words}" if statement.words else "。"
        yield Paragraph(
            f"{chinese_number(statement.order)}是{statement.attendance.name}（{statement.attendance.post}）发言，"
            f"{statement.get_stance_display()}{words}"
        )
    yield Heading(1, f"二、讨论结果：{item.get_result_display()}")
    for line in item.decision.splitlines():
        if line.strip():
            yield Paragraph(line.strip())
    if item.departure_reason:
        yield Paragraph(f"决定与多数人意见不一致的理由：{item.departure_reason}")


def _attendance(meeting: Meeting):
    people = list(meeting.attendances.all())
    for role, label in _LABELS:
        names = [f"{person.name}（{person.post}）" for person in people if person.role == role]
        if names:
            yield Labelled(label, "、".join(names))


def _sealing(meeting: Meeting):
    yield Paragraph(f"记录：{meeting.recorded_by.full_name}。纪要摘要值：{meeting.minutes_digest[:16]}。")


def chinese_number(number: int) -> str:
    """1–99 in Chinese figures: 一, 十, 十二, 二十, 二十三; beyond, the plain figure."""
    if not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else f"{_DIGITS[tens]}十")
    return head + (_DIGITS[ones] if ones else "")
