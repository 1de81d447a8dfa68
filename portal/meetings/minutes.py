"""Sealing the minutes: what the law asks of a collective deliberation is checked before they close."""

import hashlib
import json

from django.db import transaction

from portal.audit import verbs
from portal.audit.record import record
from portal.casefiles.numbering import allocate
from portal.meetings.models import Attendance, DeliberationItem, Meeting, Statement
from portal.moment import now

SEALED = verbs.declare("meeting.sealed", "封存会议纪要")


class MinutesIncomplete(Exception):
    """The minutes can't be sealed; ``faults`` says everything that is missing, in Chinese."""

    def __init__(self, faults: list[str]):
        self.faults = faults
        super().__init__("；".join(faults))


def faults_of(meeting: Meeting) -> list[str]:
    """What still stands against sealing (国令713 art. 30 by reference; 国办发〔2018〕37号).

    Quorum, the head speaking last, every member heard, dissent in its own words, a result per item,
    and reasons where the head departs from the majority. A meeting that decides no file needs only the place,
    who was there, and its record.
    """
    attendances = list(meeting.attendances.all())
    members = [attendance for attendance in attendances if attendance.role == Attendance.Role.MEMBER]
    if not meeting.is_deliberative:
        return _faults_of_record(meeting, members)
    head = next((attendance for attendance in members if attendance.is_head), None)
    faults = []
    if len(members) < meeting.quorum:
        faults.append(f"出席 {len(members)} 人，不足应出席 {meeting.members_due} 人的过半数（{meeting.quorum} 人）")
    if head is None:
        faults.append("没有标明出席的主要负责人")
    items = list(meeting.items.select_related("file").prefetch_related("statements__attendance"))
    if not items:
        faults.append("没有议题")
    for item in items:
        faults += [f"议题“{item.file.title}”：{fault}" for fault in _faults_of_item(item, members, head)]
    return faults


def _faults_of_record(meeting: Meeting, members) -> list[str]:
    present = {
        "没有填写地点": meeting.place.strip(),
        "没有登记出席人员": members,
        "没有填写会议记录": meeting.summary.strip(),
    }
    return [fault for fault, what in present.items() if not what]


def _faults_of_item(item: DeliberationItem, members, head) -> list[str]:
    faults = []
    statements = list(item.statements.all())
    spoken = {statement.attendance_id for statement in statements}
    silent = [member.name for member in members if member.pk not in spoken]
    if silent:
        faults.append("没有记录发言：" + "、".join(silent))
    if head is not None and statements and statements[-1].attendance_id != head.pk:
        faults.append("主要负责人应当最后发言")
    if not item.result:
        faults.append("没有讨论结果")
    if not item.decision:
        faults.append("没有决定内容")
    voices = [s for s in statements if s.attendance.role == Attendance.Role.MEMBER]
    in_favour = sum(statement.stance == Statement.Stance.FOR for statement in voices)
    passed = item.result == DeliberationItem.Result.PASSED
    departs = (passed and in_favour * 2 <= len(voices)) or (not passed and in_favour * 2 > len(voices))
    if voices and item.result and departs and not item.departure_reason:
        faults.append("决定与多数人意见不一致，应当说明理由")
    return faults


def minutes_of(meeting: Meeting) -> dict:
    """The whole record as plain data: what the digest is taken over."""
    return {
        "meeting": str(meeting.public_id),
        "title": meeting.title,
        "held_on": meeting.held_on.isoformat(),
        "place": meeting.place,
        "members_due": meeting.members_due,
        "summary": meeting.summary,
        "attendances": [
            [a.name, a.post, a.role, a.is_head, a.is_legal_office] for a in meeting.attendances.order_by("id")
        ],
        "items": [
            {
                "file": item.file.number,
                "result": item.result,
                "decision": item.decision,
                "departure_reason": item.departure_reason,
                "statements": [
                    [s.order, s.attendance.name, s.stance, s.words]
                    for s in item.statements.select_related("attendance").order_by("order")
                ],
            }
            for item in meeting.items.select_related("file").order_by("id")
        ],
    }


def digest_of(meeting: Meeting) -> str:
    text = json.dumps(minutes_of(meeting), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def seal(meeting: Meeting, *, by) -> Meeting:
    """Close the minutes for ever and put their digest into each file's chain, or the body's where no file came up.

    :raises MinutesIncomplete: with every fault; nothing is written. Sealing twice changes nothing.
    """
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=meeting.pk)
    if meeting.is_sealed:
        return meeting
    faults = faults_of(meeting)
    if faults:
        raise MinutesIncomplete(faults)
    meeting.minutes_digest, meeting.sealed_at, meeting.sealed_by = digest_of(meeting), now(), by
    if meeting.is_deliberative:
        meeting.minutes_number = allocate(meeting.organisation, "meeting_minutes", meeting.held_on.year)
    meeting.save(update_fields=["minutes_digest", "minutes_number", "sealed_at", "sealed_by"])
    payload = {"meeting": str(meeting.public_id), "digest": meeting.minutes_digest}
    for item in meeting.items.select_related("file__organisation"):
        record(SEALED, by=by, file=item.file, summary=f"{meeting.title}：{item.get_result_display()}", payload=payload)
    if not meeting.is_deliberative:
        record(SEALED, by=by, organisation=meeting.organisation, summary=meeting.title, payload=payload)
    return meeting
