"""Writing a meeting down: agenda, attendance, statements in speaking order, decisions; until the minutes are sealed."""

from django.db import transaction
from django.db.models import F

from portal.audit import verbs
from portal.audit.record import record
from portal.meetings.models import Attendance, DeliberationItem, Meeting, Statement
from portal.workflow.refusals import StepRefused

RECORDED = verbs.declare("meeting.recorded", "登记会议")
CHANGED = verbs.declare("meeting.changed", "修改会议登记")
ON_AGENDA = verbs.declare("meeting.on_agenda", "列入会议议题")
OFF_AGENDA = verbs.declare("meeting.off_agenda", "撤出会议议题")
ATTENDED = verbs.declare("meeting.attendance", "登记参会人员")
STATED = verbs.declare("meeting.statement", "登记发言")
DECIDED = verbs.declare("meeting.decision", "登记讨论结果")

SEALED = "会议纪要已经封存，不能再改。"
NO_AGENDA = "这类会议不讨论具体事项，不能列入议题。"
TOO_LATE = "这条记录刚刚已由他人修改。您填写的内容没有保存，请核对后再改。"
# Far above any speaking order, so that renumbering never meets an order still in use.
_OUT_OF_THE_WAY = 10_000


class MeetingRefused(StepRefused):
    """The act can't be done now; the message says why, in Chinese."""


def _open(meeting: Meeting) -> Meeting:
    """The meeting, held against sealing meanwhile. :raises MeetingRefused: sealed."""
    held = Meeting.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=meeting.pk)
    if held.is_sealed:
        raise MeetingRefused(SEALED)
    return held


def _held(rows, row, seen: str | None):
    """The row as it stands now. :raises MeetingRefused: removed, or changed since the person saw it."""
    found = rows.filter(pk=row.pk).first()
    if found is None:
        raise MeetingRefused("这条记录刚刚已由他人移除。")
    if seen is not None and seen != found.seen:
        raise MeetingRefused(TOO_LATE)
    return found


@transaction.atomic
def record_meeting(
    *, by, organisation, kind: str, title: str, held_on, place: str, members_due: int, summary: str = ""
) -> Meeting:
    """Open the record of a meeting; agenda and attendance follow.

    :param members_due: how many members with a vote the body has; the quorum is reckoned from it.
    :param summary: what a meeting without agenda was about; needed before it is sealed.
    """
    meeting = Meeting.objects.create(
        organisation=organisation, kind=kind, title=title, held_on=held_on, place=place, members_due=members_due,
        summary=summary.strip(), recorded_by=by,
    )  # fmt: skip
    record(
        RECORDED, by=by, organisation=organisation, summary=f"{title}，{held_on:%Y-%m-%d}", payload=_reference(meeting)
    )
    return meeting


@transaction.atomic
def change_meeting(meeting: Meeting, *, by, seen: str | None = None, **fields) -> Meeting:
    """Correct kind, title, day, place, number of members or the record of a meeting without agenda.

    :raises MeetingRefused: sealed, somebody was faster, or files are on the agenda of what now should have none.
    """
    meeting = _open(meeting)
    if seen is not None and seen != meeting.seen:
        raise MeetingRefused(TOO_LATE)
    for name in ("kind", "title", "held_on", "place", "members_due"):
        setattr(meeting, name, fields[name])
    meeting.summary = fields.get("summary", meeting.summary).strip()
    if not meeting.is_deliberative and meeting.items.exists():
        raise MeetingRefused("这次会议已有议题，不能改为没有议题的会议类别；请先撤出议题。")
    meeting.save(update_fields=["kind", "title", "held_on", "place", "members_due", "summary"])
    record(CHANGED, by=by, organisation=meeting.organisation, summary=meeting.title, payload=_reference(meeting))
    return meeting


@transaction.atomic
def put_on_agenda(meeting: Meeting, file, *, by) -> DeliberationItem:
    """Put a file on the agenda; twice is once.

    :raises MeetingRefused: sealed, a meeting without agenda, the file is closed or of another body, or waits at
        another open meeting.
    """
    meeting = _open(meeting)
    if not meeting.is_deliberative:
        raise MeetingRefused(NO_AGENDA)
    if file.is_closed:
        raise MeetingRefused("案卷已经办结，不能列入议题。")
    if not file.organisation.is_within(meeting.organisation):
        raise MeetingRefused("只能列入本机关的事项。")
    waiting = file.deliberations.filter(meeting__sealed_at__isnull=True).exclude(meeting=meeting).first()
    if waiting:
        raise MeetingRefused("这件事项已列入另一次尚未封存纪要的会议。")
    item, is_new = DeliberationItem.objects.get_or_create(meeting=meeting, file_id=file.pk)
    if is_new:
        record(
            ON_AGENDA,
            by=by,
            file=file,
            summary=f"{meeting.title}，{meeting.held_on:%Y-%m-%d}",
            payload=_reference(meeting),
        )
    return item


@transaction.atomic
def take_off_agenda(item: DeliberationItem, *, by) -> None:
    """Take a file off the agenda again, as long as nobody has spoken to it.

    :raises MeetingRefused: sealed, or something is already written down about it.
    """
    meeting = _open(item.meeting)
    if item.statements.exists() or item.result:
        raise MeetingRefused("这个议题已有发言或者结果，不能撤出。")
    file = item.file
    item.delete()
    record(OFF_AGENDA, by=by, file=file, summary=meeting.title, payload=_reference(meeting))


@transaction.atomic
def add_attendance(meeting: Meeting, *, by, **fields) -> Attendance:
    """Write down who was there, and how (出席、列席、请假).

    :raises MeetingRefused: sealed, the same person twice, a second head, or a head who is no member.
    """
    meeting = _open(meeting)
    attendance = Attendance(meeting=meeting, **fields)
    _save_attendance(attendance)
    record(
        ATTENDED,
        by=by,
        organisation=meeting.organisation,
        summary=_attended(meeting, attendance),
        payload=_reference(meeting),
    )
    return attendance


@transaction.atomic
def change_attendance(attendance: Attendance, *, by, seen: str | None = None, **fields) -> Attendance:
    """Correct an attendance. :raises MeetingRefused: as for :func:`add_attendance`, or somebody was faster."""
    meeting = _open(attendance.meeting)
    attendance = _held(meeting.attendances, attendance, seen)
    for name, value in fields.items():
        setattr(attendance, name, value)
    _save_attendance(attendance)
    record(
        ATTENDED,
        by=by,
        organisation=meeting.organisation,
        summary=_attended(meeting, attendance),
        payload=_reference(meeting),
    )
    return attendance


@transaction.atomic
def remove_attendance(attendance: Attendance, *, by) -> None:
    """Take a person off the list. :raises MeetingRefused: sealed, or the person has spoken."""
    meeting = _open(attendance.meeting)
    attendance = _held(meeting.attendances, attendance, None)
    if attendance.statements.exists():
        raise MeetingRefused(f"{attendance.name}已有发言记录，请先移除发言。")
    attendance.delete()
    record(
        ATTENDED, by=by, organisation=meeting.organisation, summary=f"{meeting.title}：移除{attendance}",
        payload=_reference(meeting),
    )  # fmt: skip


def _attended(meeting, attendance) -> str:
    return f"{meeting.title}：{attendance.get_role_display()} {attendance}"


def _save_attendance(attendance: Attendance) -> None:
    others = attendance.meeting.attendances.exclude(pk=attendance.pk)
    if others.filter(name=attendance.name, post=attendance.post).exists():
        raise MeetingRefused(f"{attendance.name}已在参会人员中。")
    if attendance.is_head and attendance.role != Attendance.Role.MEMBER:
        raise MeetingRefused("只有出席的人员可以标明为主要负责人。")
    if attendance.is_head and others.filter(is_head=True).exists():
        raise MeetingRefused("一次会议只有一名主要负责人。")
    if attendance.role == Attendance.Role.EXCUSED and attendance.pk and attendance.statements.exists():
        raise MeetingRefused(f"{attendance.name}已有发言记录，不能改为请假。")
    attendance.save()


@transaction.atomic
def add_statement(
    item: DeliberationItem, *, by, attendance: Attendance, stance: str, words: str, order: int | None = None
) -> Statement:
    """Write down what somebody said to an item; without ``order`` they spoke last so far.

    :raises MeetingRefused: sealed, spoken already, not there, or dissent without its words.
    """
    meeting = _open(item.meeting)
    attendance = _held(meeting.attendances, attendance, None)
    if attendance.role == Attendance.Role.EXCUSED:
        raise MeetingRefused(f"{attendance.name}请假，没有发言。")
    if item.statements.filter(attendance=attendance).exists():
        raise MeetingRefused(f"{attendance.name}对这个议题已有发言记录，请修改原有记录。")
    _require_words(stance, words)
    last = item.statements.count()
    statement = Statement(item=item, attendance=attendance, stance=stance, words=words.strip(), order=_OUT_OF_THE_WAY)
    statement.save()
    _renumber(item, statement, order if order is not None else last + 1)
    record(
        STATED, by=by, file=item.file, summary=f"{meeting.title}：{attendance.name}，{statement.get_stance_display()}"
    )
    return statement


@transaction.atomic
def change_statement(
    statement: Statement, *, by, stance: str, words: str, order: int, seen: str | None = None
) -> Statement:
    """Correct a statement or its place in the speaking order. :raises MeetingRefused: as above, or too late."""
    item = statement.item
    meeting = _open(item.meeting)
    statement = _held(item.statements.select_related("attendance"), statement, seen)
    _require_words(stance, words)
    statement.stance, statement.words = stance, words.strip()
    statement.save(update_fields=["stance", "words"])
    _renumber(item, statement, order)
    record(
        STATED, by=by, file=item.file,
        summary=f"{meeting.title}：修改{statement.attendance.name}的发言，{statement.get_stance_display()}",
    )  # fmt: skip
    return statement


@transaction.atomic
def remove_statement(statement: Statement, *, by) -> None:
    """Take a statement back while the minutes are open. :raises MeetingRefused: sealed, or removed already."""
    item = statement.item
    meeting = _open(item.meeting)
    statement = _held(item.statements.select_related("attendance"), statement, None)
    statement.delete()
    _renumber(item)
    record(STATED, by=by, file=item.file, summary=f"{meeting.title}：移除{statement.attendance.name}的发言")


def _require_words(stance: str, words: str) -> None:
    if stance != Statement.Stance.FOR and not words.strip():
        raise MeetingRefused("不同意或者保留意见的，应当记录其意见和理由。")


def _renumber(item: DeliberationItem, moved: Statement | None = None, place: int = 0) -> None:
    """Number the statements 1, 2, 3 … with ``moved`` at ``place``."""
    ordered = [
        statement for statement in item.statements.order_by("order", "id") if moved is None or statement.pk != moved.pk
    ]
    if moved is not None:
        ordered.insert(min(max(place, 1), len(ordered) + 1) - 1, moved)
    item.statements.filter(order__lt=_OUT_OF_THE_WAY).update(order=F("order") + _OUT_OF_THE_WAY + 1)
    for number, statement in enumerate(ordered, start=1):
        Statement.objects.filter(pk=statement.pk).update(order=number)
        statement.order = number


@transaction.atomic
def record_decision(
    item: DeliberationItem, *, by, result: str, decision: str, departure_reason: str = "", seen: str | None = None
) -> DeliberationItem:
    """Write down what was decided on an item, and why the head departed from the majority where that happened.

    :raises MeetingRefused: sealed, or somebody was faster.
    """
    meeting = _open(item.meeting)
    item = _held(meeting.items.select_related("file__organisation"), item, seen)
    item.result, item.decision, item.departure_reason = result, decision.strip(), departure_reason.strip()
    item.save(update_fields=["result", "decision", "departure_reason"])
    record(
        DECIDED,
        by=by,
        file=item.file,
        summary=f"{meeting.title}：{item.get_result_display()}",
        payload=_reference(meeting),
    )
    return item


def _reference(meeting: Meeting) -> dict:
    return {"meeting": str(meeting.public_id)}
