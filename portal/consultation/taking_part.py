"""Who takes part in a session: sign-ups of the public, seats for listeners, those who are chosen or invited.

Law: 重大行政决策程序暂行条例 art. 17 (participants chosen openly by a published method, their list made public).
"""

from collections import Counter

from django.db import transaction
from django.db.models import Max

from portal.audit import verbs
from portal.audit.record import record
from portal.consultation.models import Participant, Session, SignUp
from portal.consultation.session_notice import SessionRefused
from portal.consultation.sessions import held
from portal.moment import now
from portal.receipts.issue import issue_receipt

RECEIPT_KIND = "session_sign_up"

SIGN_UP_WITHDRAWN = verbs.declare("session.sign_up_withdrawn", "取消会议报名")
CHOSEN = verbs.declare("session.chosen", "确定会议参加人")
INVITED = verbs.declare("session.invited", "邀请会议参加人")
REMOVED = verbs.declare("session.participant_removed", "移出会议参加人")
LIST_PUBLISHED = verbs.declare("session.list_published", "公布会议参加人名单")
CONTACTS_SEEN = verbs.declare("session.contacts_seen", "查看报名人姓名和联系方式")
EXPORTED = verbs.declare("session.exported", "导出会议报名")

State, Wish = SignUp.State, SignUp.Wish


@transaction.atomic
def sign_up(session: Session, *, wish: str, name: str, contact: str, group=None, **fields):
    """Take a sign-up: numbered, with a receipt; a listener gets the lowest free seat or the next place in waiting.

    The receipt is what the file's history records of it.

    :param fields: ``sent_from``, ``represents``, ``views``.
    :returns: ``(sign_up, receipt, code)``; the code is shown once and stored only as a hash.
    :raises SessionRefused: sign-up is over, this person has signed up already, or nobody is sought for that.
    """
    session = held(session)
    if not session.sign_up_is_open:
        raise SessionRefused("报名已经截止，不再接受报名。")
    name, contact = name.strip(), contact.strip()
    _require_possible(session, wish, name, contact, group)
    last = session.sign_ups.aggregate(last=Max("number"))["last"] or 0
    state, seat = State.APPLIED, None
    if wish == Wish.LISTEN:
        seat = _free_seat(session)
        state = State.SEATED if seat else State.WAITING
    signed_up = SignUp.objects.create(
        session=session, number=last + 1, wish=wish, name=name, contact=contact, group=group, state=state, seat=seat,
        submitted_at=now(), **fields,
    )  # fmt: skip
    receipt, code = issue_receipt(
        RECEIPT_KIND, signed_up.public_id, session.file.organisation, file=session.file
    )  # fmt: skip
    return signed_up, receipt, code


def _require_possible(session: Session, wish: str, name: str, contact: str, group) -> None:
    if wish == Wish.SPEAK and not session.speaker_seats:
        raise SessionRefused("这次会议不公开征集参加人，可以报名旁听。")
    if wish == Wish.LISTEN and not session.observer_seats:
        raise SessionRefused("这次会议没有设旁听席位。")
    if wish == Wish.SPEAK and group is None and session.draws_participants and session.groups.exists():
        raise SessionRefused("参加人按利益方抽取，请选择您代表的利益方。")
    if group is not None and group.session_id != session.pk:
        raise SessionRefused("请选择这次会议的利益方。")
    if session.sign_ups.filter(name=name, contact=contact).exclude(state=State.WITHDRAWN).exists():
        raise SessionRefused("您已经用这个姓名和联系方式报过名。要改报的，请先凭回执取消原来的报名。")


def _free_seat(session: Session) -> int | None:
    """The lowest free seat; none while anybody waits, so that nobody is passed over."""
    if session.sign_ups.filter(state=State.WAITING).exists():
        return None
    taken = set(session.sign_ups.filter(seat__isnull=False).values_list("seat", flat=True))
    return next((seat for seat in range(1, session.observer_seats + 1) if seat not in taken), None)


def place_in_waiting(signed_up: SignUp) -> int:
    """Which place of the waiting list this is, counted from 1; 0 for one that does not wait."""
    if signed_up.state != State.WAITING:
        return 0
    return SignUp.objects.filter(
        session_id=signed_up.session_id, state=State.WAITING, number__lte=signed_up.number
    ).count()  # fmt: skip


@transaction.atomic
def withdraw_sign_up(signed_up: SignUp, *, by=None, reason: str = "") -> SignUp:
    """Take a sign-up back; a listener's seat goes to the first who waits, a participant leaves the list.

    :param by: the clerk who does it on somebody's word; ``None``: the holder of the receipt.
    :raises SessionRefused: taken back already, the session has begun, or a clerk gives no reason.
    """
    session = held(signed_up.session)
    signed_up = SignUp.objects.select_for_update().get(pk=signed_up.pk)
    if signed_up.state == State.WITHDRAWN:
        raise SessionRefused("这个报名已经取消。")
    if session.has_begun or session.is_cancelled:
        raise SessionRefused("会议已经开始或者取消，不用再取消报名。")
    if by is not None and not reason.strip():
        raise SessionRefused("请填写取消的理由。")
    seat = signed_up.seat
    signed_up.state, signed_up.seat, signed_up.withdrawn_at = State.WITHDRAWN, None, now()
    signed_up.save(update_fields=["state", "seat", "withdrawn_at"])
    why = reason.strip() or "报名人凭回执取消"
    session.participants.filter(sign_up=signed_up, removed_at__isnull=True).update(
        removed_at=now(), removed_reason=why[:300]
    )
    record(
        SIGN_UP_WITHDRAWN, by=by, file=session.file, summary=f"{session.title}第 {signed_up.number} 号：{why}"
    )  # fmt: skip
    if seat is not None:
        _move_up(session, seat)
    return signed_up


def _move_up(session: Session, seat: int) -> None:
    first = session.sign_ups.filter(state=State.WAITING).order_by("number").first()
    if first is not None:
        first.state, first.seat = State.SEATED, seat
        first.save(update_fields=["state", "seat"])


@transaction.atomic
def choose(session: Session, numbers: list[int], *, by, reason: str) -> list[Participant]:
    """Make these sign-ups participants, for one reason; all of them or none.

    :raises SessionRefused: more than the seats, of the session or of a side; no reason; one of them can't be chosen; or
        the notice promised a draw.
    """
    session = before_it(session)
    if session.draws_participants:
        raise SessionRefused("这次会议公布的是公开抽取，参加人不能直接选定。")
    if not reason.strip():
        raise SessionRefused("请填写确定为参加人的理由。")
    picked = list(
        session.sign_ups.select_for_update(of=("self",))
        .select_related("group")
        .filter(number__in=numbers, wish=Wish.SPEAK, state__in=(State.APPLIED, State.NOT_CHOSEN))
        .order_by("number")
    )
    if not picked:
        raise SessionRefused("没有选中待确定的报名。")
    if len(picked) < len(set(numbers)):
        raise SessionRefused("选中的报名中，有的已经确定、已经取消或者只报名旁听。请重新选择。")
    _require_free(session, picked)
    chosen = []
    for signed_up in picked:
        participant, is_new = Participant.objects.get_or_create(
            sign_up=signed_up,
            defaults={
                "session": session, "name": signed_up.name, "capacity": capacity_of(signed_up),
                "reason": reason.strip()[:300], "added_by": by, "added_at": now(),
            },
        )  # fmt: skip
        if not is_new:
            participant.removed_at, participant.removed_reason = None, ""
            participant.reason, participant.added_by, participant.added_at = reason.strip()[:300], by, now()
            participant.save(update_fields=["removed_at", "removed_reason", "reason", "added_by", "added_at"])
        chosen.append(participant)
    SignUp.objects.filter(pk__in=[signed_up.pk for signed_up in picked]).update(state=State.CHOSEN)
    shown = "、".join(str(signed_up.number) for signed_up in picked)
    record(CHOSEN, by=by, file=session.file, summary=f"{session.title}第 {shown} 号：{reason.strip()}"[:300])
    return chosen


def before_it(session: Session) -> Session:
    """The session, locked, while its list can still change. :raises SessionRefused: cancelled, or on record."""
    session = held(session)
    if session.is_cancelled:
        raise SessionRefused("这次会议已经取消。")
    if session.record_sealed_at:
        raise SessionRefused("会议笔录已经完成，参加人名单不能再改。")
    return session


def _require_free(session: Session, picked: list[SignUp]) -> None:
    already = list(session.sign_ups.filter(state=State.CHOSEN).values_list("group_id", flat=True))
    if len(already) + len(picked) > session.speaker_seats:
        left = session.speaker_seats - len(already)
        raise SessionRefused(f"参加人名额 {session.speaker_seats} 人，还剩 {left} 人，选了 {len(picked)} 人。")
    by_group = Counter(already)
    by_group.update(signed_up.group_id for signed_up in picked)
    for group in session.groups.all():
        if by_group[group.pk] > group.seats:
            raise SessionRefused(f"“{group.name}”的名额是 {group.seats} 人，选了 {by_group[group.pk]} 人。")


def capacity_of(signed_up: SignUp) -> str:
    """What the published list says of somebody: the side, never the words a stranger typed."""
    return signed_up.group.name if signed_up.group_id else signed_up.get_sent_from_display()


@transaction.atomic
def invite(session: Session, *, by, name: str, capacity: str, reason: str) -> Participant:
    """Put somebody on the list who did not sign up: an expert, a deputy, a body that is asked.

    :raises SessionRefused: nothing said of who or why, or the record is complete.
    """
    session = before_it(session)
    if not (name.strip() and capacity.strip() and reason.strip()):
        raise SessionRefused("请填写姓名或者单位、身份和邀请的理由。")
    participant = Participant.objects.create(
        session=session, name=name.strip(), capacity=capacity.strip(), reason=reason.strip(), added_by=by,
        added_at=now(),
    )  # fmt: skip
    record(INVITED, by=by, file=session.file, summary=f"{session.title}：{participant.capacity}")
    return participant


@transaction.atomic
def remove_participant(participant: Participant, *, by, reason: str) -> Participant:
    """Take somebody off the list; whoever signed up is not chosen any more.

    :raises SessionRefused: no reason, off the list already, or the record is complete.
    """
    session = before_it(participant.session)
    participant = Participant.objects.select_for_update(of=("self",)).get(pk=participant.pk)
    if not reason.strip():
        raise SessionRefused("请填写移出的理由。")
    if participant.removed_at is not None:
        raise SessionRefused("这位参加人已经移出名单。")
    if participant.opinions.exists():
        raise SessionRefused("笔录中已有这位参加人的发言，不能移出。")
    participant.removed_at, participant.removed_reason = now(), reason.strip()
    participant.save(update_fields=["removed_at", "removed_reason"])
    if participant.sign_up_id:
        SignUp.objects.filter(pk=participant.sign_up_id, state=State.CHOSEN).update(state=State.NOT_CHOSEN)
    record(REMOVED, by=by, file=session.file, summary=f"{session.title}：{participant.removed_reason}")
    return participant


@transaction.atomic
def publish_list(session: Session, *, by) -> Session:
    """Show the participants, with masked names, on the session's public page; the others learn it by their receipt.

    :raises SessionRefused: nobody on the list, sign-up still open, or shown already.
    """
    session = before_it(session)
    if session.participants_published_at:
        raise SessionRefused("参加人名单已经公布。")
    if session.sign_up_is_open and session.speaker_seats:
        raise SessionRefused("报名还没有截止，截止后再公布参加人名单。")
    if session.draws_participants and session.sign_ups.filter(wish=Wish.SPEAK, state=State.APPLIED).exists():
        raise SessionRefused("参加人由公开抽取产生，请先抽取，再公布名单。")
    there = session.participants.filter(removed_at__isnull=True).count()
    if not there:
        raise SessionRefused("还没有确定参加人。")
    session.participants_published_at = now()
    session.save(update_fields=["participants_published_at"])
    session.sign_ups.filter(state=State.APPLIED).update(state=State.NOT_CHOSEN)
    record(LIST_PUBLISHED, by=by, file=session.file, summary=f"{session.title}，{there} 人")
    return session


def note_contacts_seen(session: Session, *, by, count: int) -> None:
    """Record that a person looked at names and contacts of those who signed up."""
    record(CONTACTS_SEEN, by=by, file=session.file, summary=f"{session.title}，{count} 人")
