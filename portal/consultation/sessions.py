"""Running a session: announce, move, cancel, keep the record, answer, report, publish.

Law: 重大行政决策程序暂行条例 art. 16; for towns by reference.
"""

from datetime import date, datetime

from django.core.files import File
from django.db import transaction
from django.db.models import Max

from portal.audit import verbs
from portal.audit.record import record
from portal.consultation.masking import personal_numbers
from portal.consultation.models import (
    InterestGroup,
    MethodKind,
    Participant,
    Session,
    SessionKind,
    VoicedOpinion,
)
from portal.consultation.session_notice import (
    HEARING_MATERIAL,
    SessionRefused,
    notice_rule,
    require_announceable,
    require_notice,
)
from portal.deadlines.clocks import cancel_clock, restart_clock, start_clock, stop_clock
from portal.documents.attach import attach
from portal.documents.refusals import FileRefused
from portal.documents.slots import PaperSlot, register_slots
from portal.jobs.queue import ask
from portal.moment import SHANGHAI, now, today

ANNOUNCED = verbs.declare("session.announced", "公告会议")
MOVED = verbs.declare("session.moved", "会议改期")
CANCELLED = verbs.declare("session.cancelled", "取消会议")
MATERIAL_SENT = verbs.declare("session.material_sent", "送达会议材料")
RECORDED = verbs.declare("session.recorded", "完成会议笔录")
ANSWERED = verbs.declare("session.answered", "答复会上意见")
REPORTED = verbs.declare("session.reported", "会议报告入卷")
PUBLISHED = verbs.declare("session.published", "公布会议报告")

SIGNED_RECORD = PaperSlot("session_record", "会议笔录（签字）", "国令713 第十六条（参照）", needed=False)
REPORT_PAPER = PaperSlot("session_report", "会议报告", "国令713 第十六条（参照）", needed=False)
register_slots(SIGNED_RECORD, REPORT_PAPER)
REPORT_JOB = "consultation.session_report"


@transaction.atomic
def announce_session(
    file,
    *,
    by,
    kind: str,
    title: str,
    purpose: str,
    held_at: datetime,
    contact_unit: str,
    contact_phone: str,
    place: str = "",
    notice: str = "",
    method_kind: str = MethodKind.CRITERIA,
    method: str = "",
    sign_up_until: date | None = None,
    speaker_seats: int = 0,
    observer_seats: int = 0,
    groups=(),
    material=(),
    shortened_reason: str = "",
) -> Session:
    """Announce a session of the file from now on.

    :param held_at: when it begins; for a written consultation, until when answers are awaited.
    :param method_kind: how those who speak are found; it stays as announced. ``method`` says it in words.
    :param groups: ``(name, seats)`` of the sides to be heard; together no more than ``speaker_seats``.
    :param material: papers (:class:`Document`) of this file.
    :raises SessionRefused: closed file, a day that leaves too little notice, seats without a last day to sign up.
    """
    _require_open_file(file)
    groups = [(name.strip(), seats) for name, seats in groups]
    rule = require_announceable(
        file, kind=kind, held_at=held_at, place=place, sign_up_until=sign_up_until, speaker_seats=speaker_seats,
        observer_seats=observer_seats, groups=groups, method_kind=method_kind, method=method,
        shortened_reason=shortened_reason,
    )  # fmt: skip
    material = list(material)
    if any(document.file_id != file.pk or document.is_removed for document in material):
        raise SessionRefused("会议材料应当是本案卷中没有撤下的材料。")
    last = Session.objects.filter(file_id=file.pk).aggregate(last=Max("number"))["last"] or 0
    session = Session.objects.create(
        file_id=file.pk, number=last + 1, kind=kind, title=title, purpose=purpose, held_at=held_at, place=place,
        notice=notice, method_kind=method_kind, method=method, sign_up_until=sign_up_until,
        speaker_seats=speaker_seats, observer_seats=observer_seats, contact_unit=contact_unit,
        contact_phone=contact_phone,
        notice_end=rule.notice_end, rule_basis=rule.basis[:200], shortened_reason=shortened_reason,
        announced_at=now(), announced_by=by,
    )  # fmt: skip
    session.material.set(material)
    InterestGroup.objects.bulk_create(
        InterestGroup(session=session, order=order, name=name, seats=seats)
        for order, (name, seats) in enumerate(groups, start=1)
    )
    if rule.last_day is not None:
        start_clock(file, HEARING_MATERIAL, session.held_on, by, about=_clock_name(session))
    record(ANNOUNCED, by=by, file=file, summary=f"{session.title}，{_said(held_at)}")
    return session


def _require_open_file(file) -> None:
    if file.is_closed:
        raise SessionRefused("案卷已经办结，不能再办理会议。")


def held(session: Session) -> Session:
    """The session, locked against every other act on it until the transaction ends."""
    return (
        Session.objects.select_for_update(of=("self",)).select_related("file__organisation").get(pk=session.pk)
    )  # fmt: skip


def _live(session: Session) -> Session:
    """Locked, of an open file and not cancelled."""
    session = held(session)
    _require_open_file(session.file)
    if session.is_cancelled:
        raise SessionRefused("这次会议已经取消。")
    return session


def _clock_name(session: Session) -> str:
    return f"第 {session.number} 次会议"


def _said(moment: datetime) -> str:
    return f"{moment.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"


@transaction.atomic
def move_session(session: Session, *, by, held_at: datetime, place: str, reason: str) -> Session:
    """Hold it on another day or at another place (改期); the notice shows the reason.

    :raises SessionRefused: begun or cancelled already, no reason, or too little notice for the new day.
    """
    session = _live(session)
    if session.has_begun:
        raise SessionRefused("会议已经开始，不能改期。")
    if not reason.strip():
        raise SessionRefused("请填写改期的理由。")
    if not place.strip() and session.kind != SessionKind.WRITTEN:
        raise SessionRefused("请填写会议地点。")
    held_on = held_at.astimezone(SHANGHAI).date()
    if session.sign_up_until and held_on < session.sign_up_until:
        raise SessionRefused(f"会议不能早于报名截止日期 {session.sign_up_until:%Y-%m-%d}。")
    if session.draws_participants and held_on <= session.sign_up_until:
        raise SessionRefused("参加人在报名截止以后公开抽取，会议应当晚于报名截止日期。")
    rule = notice_rule(session.file, session.kind, held_on)
    require_notice(rule, held_at, reason)
    if rule.last_day is not None and session.material_sent_on is None and held_on != session.held_on:
        restart_clock(session.file, HEARING_MATERIAL, held_on, by, reason="会议改期", about=_clock_name(session))
    was = session.held_at
    session.held_at, session.place, session.moved_reason = held_at, place, reason.strip()
    session.notice_end, session.rule_basis = rule.notice_end, rule.basis[:200]
    session.save(update_fields=["held_at", "place", "moved_reason", "notice_end", "rule_basis"])
    record(MOVED, by=by, file=session.file, summary=f"{session.title}：{_said(was)} 改为 {_said(held_at)}。{reason}")
    return session


@transaction.atomic
def cancel_session(session: Session, *, by, reason: str) -> Session:
    """Call it off; its address goes on showing the reason.

    :raises SessionRefused: no reason, cancelled already, or its record is complete.
    """
    session = _live(session)
    if not reason.strip():
        raise SessionRefused("请填写取消的理由。")
    if session.record_sealed_at:
        raise SessionRefused("会议笔录已经完成，不能取消。")
    session.cancelled_at, session.cancelled_by, session.cancelled_reason = now(), by, reason.strip()
    session.save(update_fields=["cancelled_at", "cancelled_by", "cancelled_reason"])
    if session.file.deadlines.filter(
        code=HEARING_MATERIAL, about=_clock_name(session), state__in=("running", "suspended")
    ).exists():
        cancel_clock(session.file, HEARING_MATERIAL, by, reason="会议取消", about=_clock_name(session))
    record(CANCELLED, by=by, file=session.file, summary=f"{session.title}：{session.cancelled_reason}")
    return session


@transaction.atomic
def note_material_sent(session: Session, *, by, on: date) -> Session:
    """The material reached those who take part on that day.

    :raises SessionRefused: a day still to come, or before the announcement.
    """
    session = _live(session)
    if not session.announced_at.astimezone(SHANGHAI).date() <= on <= today():
        raise SessionRefused("送达日期应当在公告之日和今天之间。")
    session.material_sent_on = on
    session.save(update_fields=["material_sent_on"])
    stop_clock(session.file, HEARING_MATERIAL, on, by, about=_clock_name(session))
    record(MATERIAL_SENT, by=by, file=session.file, summary=f"{session.title}，{on:%Y-%m-%d} 送达")
    return session


def _open_record(session: Session) -> Session:
    session = _live(session)
    if not session.has_begun:
        raise SessionRefused("会议还没有举行，不能记录。")
    if session.record_sealed_at:
        raise SessionRefused("会议笔录已经完成，不能再改。")
    return session


@transaction.atomic
def keep_record(
    session: Session, *, by, host: str, recorder: str, observers_present: int | None, course: str, attended=()
) -> Session:
    """Keep what happened; may be kept again until the record is complete.

    :param attended: primary keys of the participants who came.
    :raises SessionRefused: before the session, or when the record is complete.
    """
    session = _open_record(session)
    session.host, session.recorder = host.strip(), recorder.strip()
    session.observers_present, session.course = observers_present, course.strip()
    session.save(update_fields=["host", "recorder", "observers_present", "course"])
    there = session.participants.filter(removed_at__isnull=True)
    there.filter(pk__in=attended).update(attended=True)
    there.exclude(pk__in=attended).update(attended=False)
    return session


@transaction.atomic
def voice(session: Session, *, participant: Participant, content: str) -> VoicedOpinion:
    """Write down an opinion that a participant voiced.

    :raises SessionRefused: before the session, when the record is complete, or of somebody who doesn't take part.
    """
    session = _open_record(session)
    if participant.session_id != session.pk or participant.removed_at is not None:
        raise SessionRefused("发言人不在参加人名单上。")
    if not content.strip():
        raise SessionRefused("请填写意见内容。")
    last = session.opinions.aggregate(last=Max("number"))["last"] or 0
    if participant.attended is not True:
        participant.attended = True
        participant.save(update_fields=["attended"])
    return VoicedOpinion.objects.create(
        session=session, number=last + 1, participant=participant, content=content.strip()
    )


@transaction.atomic
def strike_voice(session: Session, number: int) -> None:
    """Take an opinion out of the record that isn't complete yet; the later ones keep their numbers."""
    session = _open_record(session)
    session.opinions.filter(number=number).delete()


@transaction.atomic
def seal_record(session: Session, *, by, signed_record: File | None = None) -> Session:
    """Complete the record (笔录): what was said can't change any more.

    :param signed_record: the record as the participants signed it; a hearing needs it (国令713 第十六条).
    :raises SessionRefused: no host, no course, nobody there, or a hearing without its signed record.
    :raises FileRefused: the upload is not taken in.
    """
    session = _open_record(session)
    missing = [
        words
        for words, there in (
            ("主持人", session.host),
            ("会议经过", session.course),
            ("到会的参加人", session.participants.filter(attended=True).exists()),
        )
        if not there
    ]
    if missing:
        raise SessionRefused(f"笔录还缺：{'、'.join(missing)}。")
    if session.kind == SessionKind.HEARING and signed_record is None:
        raise SessionRefused("听证会的笔录应当由参加人签字。请上传签字的笔录。")
    if signed_record is not None:
        try:
            attach(session.file, SIGNED_RECORD.code, signed_record, by, title=f"{session.title}笔录")
        except FileRefused as refusal:
            raise SessionRefused(refusal.reason) from refusal
    session.record_sealed_at, session.record_sealed_by = now(), by
    session.save(update_fields=["record_sealed_at", "record_sealed_by"])
    session.opinions.update(is_sealed=True)
    record(RECORDED, by=by, file=session.file, summary=f"{session.title}，{session.opinions.count()} 条意见")
    return session


@transaction.atomic
def answer_voice(
    opinion: VoicedOpinion, *, outcome: str, answer: str, by, public_text: str | None = None, seen: str | None = None
) -> VoicedOpinion:
    """Answer one opinion of the record; may be corrected until the report is on file.

    :param public_text: the opinion as it will be published; ``None`` publishes it as it was recorded.
    :param seen: ``opinion.answer_seen`` as the person saw it; another answer since then is a conflict.
    :raises SessionRefused: record not complete, reported already, no reason, somebody was faster, or an identity or
        mobile number would be published.
    """
    session = _live(opinion.session)
    if session.record_sealed_at is None:
        raise SessionRefused("会议笔录完成后才能答复意见。")
    if session.reported_at:
        raise SessionRefused("会议报告已经入卷，不能再改答复。")
    opinion = VoicedOpinion.objects.select_for_update().get(pk=opinion.pk)
    if seen is not None and seen != opinion.answer_seen:
        raise SessionRefused("这条意见刚刚已由他人答复。现在的答复见下，您填写的内容没有保存，请核对后再改。")
    answer, public_text = answer.strip(), (opinion.content if public_text is None else public_text).strip()
    if not answer:
        raise SessionRefused("请填写采纳或者不采纳的理由。")
    if not public_text:
        raise SessionRefused("请填写公布的意见内容。")
    for where, text in (("公布的意见内容", public_text), ("答复理由", answer)):
        _refuse_personal(f"第 {opinion.number} 条意见的{where}", text)
    opinion.outcome, opinion.answer, opinion.public_text = outcome, answer, public_text
    opinion.answered_by, opinion.answered_at = by, now()
    opinion.save(update_fields=["outcome", "answer", "public_text", "answered_by", "answered_at"])
    record(
        ANSWERED, by=by, file=session.file,
        summary=f"{session.title}第 {opinion.number} 条意见：{opinion.get_outcome_display()}",
    )  # fmt: skip
    return opinion


def _refuse_personal(where: str, text: str) -> None:
    numbers = personal_numbers(text)
    if numbers:
        raise SessionRefused(f"{where}含有{'、'.join(numbers)}，请遮盖后再办。")


@transaction.atomic
def close_session(session: Session, *, by, report: str) -> Session:
    """Put the report on file; with it the session is done (``standing.session_reported``).

    The worker sets it as an official paper beside the signed record.

    :raises SessionRefused: record not complete, an opinion without answer, no report, or reported already.
    """
    session = _live(session)
    if session.record_sealed_at is None:
        raise SessionRefused("会议笔录还没有完成。")
    if session.reported_at:
        raise SessionRefused("会议报告已经入卷。")
    left = session.opinions.filter(outcome="").count()
    if left:
        raise SessionRefused(f"还有 {left} 条会上意见没有答复。")
    if not report.strip():
        raise SessionRefused("请填写会议报告。")
    _refuse_personal("会议报告", report)
    session.report, session.reported_at, session.reported_by = report.strip(), now(), by
    session.save(update_fields=["report", "reported_at", "reported_by"])
    record(REPORTED, by=by, file=session.file, summary=session.title)
    ask(REPORT_JOB, f"生成会议报告：{session.title}"[:200], by=by, key=str(session.pk), session_id=session.pk)
    return session


@transaction.atomic
def publish_report(session: Session, *, by) -> Session:
    """Show the report and what became of every opinion on the session's public page.

    :raises SessionRefused: the report is not on file yet, or is public already.
    """
    session = held(session)
    if session.is_cancelled:
        raise SessionRefused("这次会议已经取消。")
    if session.reported_at is None:
        raise SessionRefused("会议报告入卷后才能公布。")
    if session.report_published_at:
        raise SessionRefused("会议报告已经公布。")
    session.report_published_at, session.report_published_by = now(), by
    session.save(update_fields=["report_published_at", "report_published_by"])
    record(PUBLISHED, by=by, file=session.file, summary=session.title)
    return session
