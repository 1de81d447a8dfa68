"""Drawing those who speak from those who signed up, where the notice promised it; and calling up the reserves.

Law: 重大行政决策程序暂行条例 art. 17 (participants chosen openly by a published method, their list made public).
"""

from collections import Counter
from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse

from portal.audit import verbs
from portal.audit.record import record
from portal.consultation.models import InterestGroup, Participant, Session, SignUp
from portal.consultation.session_notice import SessionRefused
from portal.consultation.taking_part import CHOSEN, before_it, capacity_of
from portal.draws import drawing
from portal.draws.drawing import DrawRefused, Entrant
from portal.draws.models import DrawnPlace
from portal.moment import now

DRAW_KIND = "session_participants"
CALLED_UP = verbs.declare("session.called_up", "递补会议参加人")
FILLED_REASON = "报名不多于名额，不用抽取"
WITHOUT_SIDES = "参加人"

State, Wish, Outcome = SignUp.State, SignUp.Wish, DrawnPlace.Outcome


@dataclass(frozen=True)
class Side:
    """One side of a session with those who want to speak for it. Without sides (利益方) all stand in one."""

    group: InterestGroup | None
    name: str
    seats: int
    applicants: list[SignUp]

    @property
    def is_contested(self) -> bool:
        return len(self.applicants) > self.seats


@dataclass(frozen=True)
class Vacancy:
    """Free seats of a side after the draw, and who is next of its reserves (``None``: nobody is left)."""

    name: str
    free: int
    next: SignUp | None


def sides_of(session: Session) -> list[Side]:
    """The sides of a session and who waits for the draw; two queries."""
    groups = list(session.groups.all())
    applicants = list(
        session.sign_ups.filter(wish=Wish.SPEAK, state=State.APPLIED).select_related("group").order_by("number")
    )
    if not groups:
        return [Side(None, WITHOUT_SIDES, session.speaker_seats, applicants)]
    return [
        Side(group, group.name, group.seats, [each for each in applicants if each.group_id == group.pk])
        for group in groups
    ]


def _drawable(session: Session) -> Session:
    """Locked, with sign-up over and the session still to come."""
    session = before_it(session)
    if not session.draws_participants:
        raise SessionRefused("这次会议公布的参加人产生方式不是公开抽取。")
    if session.sign_up_is_open:
        raise SessionRefused("报名还没有截止，截止后才能抽取。")
    if session.has_begun:
        raise SessionRefused("会议已经开始，不能再抽取。")
    return session


@transaction.atomic
def freeze_pool(session: Session, *, by) -> Session:
    """Fix and publish the pool (名册): everybody who signed up to speak and has not taken it back.

    :raises SessionRefused: not the time, fixed already, nobody signed up, or no side with more people than seats.
    """
    session = _drawable(session)
    if session.draw_id:
        raise SessionRefused("名册已经固定，不能再改。")
    sides = _with_applicants(session)
    if not any(side.is_contested for side in sides):
        raise SessionRefused("各利益方报名都不多于名额，不用抽取，直接确定即可。")
    session.draw = _told(
        drawing.freeze, by=by, kind=DRAW_KIND, organisation=session.file.organisation, file=session.file,
        purpose=f"{session.title}参加人",
        sides=[
            drawing.Side(
                side.name, side.seats,
                tuple(Entrant(each.number, str(each), str(each.public_id)) for each in side.applicants),
            )
            for side in sides
        ],
    )  # fmt: skip
    session.save(update_fields=["draw"])
    return session


def _with_applicants(session: Session) -> list[Side]:
    sides = sides_of(session)
    if not any(side.applicants for side in sides):
        raise SessionRefused("没有待确定的报名。")
    return sides


def _told(act, *args, **fields):
    """A refusal of the draw as one of the session, so that a page sets it beside its input."""
    try:
        return act(*args, **fields)
    except DrawRefused as refusal:
        raise SessionRefused(refusal.message, refusal.field) from refusal


@transaction.atomic
def draw_participants(session: Session, *, by, spoken: str, witness_name: str, witness_post: str) -> Session:
    """Draw before a witness: the first of each side take part, the others are its reserves in the order drawn.

    Whoever took the sign-up back since the pool was fixed keeps the place in the draw, which nobody can change, and
    leaves the seat to the reserves.

    :raises SessionRefused: not the time, no pool yet, drawn already, or nothing said of the witness.
    """
    session = _drawable(session)
    if session.draw_id is None:
        raise SessionRefused("请先固定名册。")
    result = _told(
        drawing.draw, session.draw, by=by, spoken=spoken, witness_name=witness_name, witness_post=witness_post
    )
    sign_ups = {
        str(each.public_id): each
        for each in session.sign_ups.select_for_update(of=("self",)).select_related("group").filter(wish=Wish.SPEAK)
    }
    taking_part = []
    for place in result.places.select_related("entry"):
        signed_up = sign_ups[place.entry.reference]
        if place.outcome != Outcome.FILLED:
            signed_up.drawn_rank = place.rank
        if signed_up.state != State.APPLIED:
            continue
        signed_up.state = State.NOT_CHOSEN if place.outcome == Outcome.RESERVE else State.CHOSEN
        if signed_up.state == State.CHOSEN:
            taking_part.append((signed_up, FILLED_REASON if signed_up.drawn_rank is None else _drawn(place.rank)))
    SignUp.objects.bulk_update(sign_ups.values(), ["state", "drawn_rank"])
    _list(session, taking_part, by)
    return session


def _drawn(rank: int) -> str:
    return f"公开抽取第 {rank} 位"


def _list(session: Session, taking_part: list[tuple[SignUp, str]], by) -> None:
    """Put these on the list of participants, each for its reason."""
    Participant.objects.bulk_create(
        Participant(
            session=session, sign_up=signed_up, name=signed_up.name, capacity=capacity_of(signed_up), reason=reason,
            added_by=by, added_at=now(),
        )
        for signed_up, reason in taking_part
    )  # fmt: skip
    shown = "、".join(str(signed_up.number) for signed_up, _ in taking_part)
    how = "公开抽取" if session.draw_id else FILLED_REASON
    record(CHOSEN, by=by, file=session.file, summary=f"{session.title}第 {shown} 号：{how}")


@transaction.atomic
def fill_without_draw(session: Session, *, by) -> Session:
    """Everybody takes part: no side has more people than seats.

    :raises SessionRefused: not the time, nobody signed up, or a side that has to be drawn.
    """
    session = _drawable(session)
    if session.draw_id:
        raise SessionRefused("名册已经固定，请抽取。")
    sides = _with_applicants(session)
    crowded = [side.name for side in sides if side.is_contested]
    if crowded:
        raise SessionRefused(f"“{'、'.join(crowded)}”报名多于名额，应当公开抽取。")
    applicants = [each for side in sides for each in side.applicants]
    SignUp.objects.filter(pk__in=[each.pk for each in applicants]).update(state=State.CHOSEN)
    _list(session, [(each, FILLED_REASON) for each in applicants], by)
    return session


def vacancies(session: Session) -> list[Vacancy]:
    """Sides with free seats after the draw, with the next reserve; three queries."""
    sides = [(group.pk, group.name, group.seats) for group in session.groups.all()]
    taken = Counter(session.sign_ups.filter(state=State.CHOSEN).values_list("group_id", flat=True))
    waiting = list(reserves(session))
    return [
        Vacancy(name, seats - taken[key], next((each for each in waiting if each.group_id == key), None))
        for key, name, seats in sides or [(None, WITHOUT_SIDES, session.speaker_seats)]
        if seats > taken[key]
    ]


def reserves(session: Session):
    """Those who were drawn behind the seats and still wait, in the order drawn. Who once was on the list does not."""
    return session.sign_ups.filter(
        state=State.NOT_CHOSEN, drawn_rank__isnull=False, participant__isnull=True
    ).select_related("group").order_by("drawn_rank")  # fmt: skip


def place_among_reserves(signed_up: SignUp) -> int:
    """Which place of its side's reserves this is now, counted from 1."""
    waiting = SignUp.objects.filter(
        session_id=signed_up.session_id, group_id=signed_up.group_id, state=State.NOT_CHOSEN, participant__isnull=True
    )
    return waiting.filter(drawn_rank__lte=signed_up.drawn_rank).count()


@transaction.atomic
def call_up(session: Session, *, by, number: int) -> Participant:
    """The next reserve of a side takes a seat that became free (递补).

    :param number: the sign-up that the clerk saw as next, so that a second click calls up nobody else.
    :raises SessionRefused: not the next reserve of any side with a free seat, or the record is complete.
    """
    session = before_it(session)
    signed_up = next((each.next for each in vacancies(session) if each.next and each.next.number == number), None)
    if session.draw_id is None or signed_up is None:
        raise SessionRefused("这个报名现在不是候补第一位，或者名额已经补满。请核对后再办。")
    signed_up.state = State.CHOSEN
    signed_up.save(update_fields=["state"])
    participant = Participant.objects.create(
        session=session, sign_up=signed_up, name=signed_up.name, capacity=capacity_of(signed_up),
        reason=f"{_drawn(signed_up.drawn_rank)}，依次递补", added_by=by, added_at=now(),
    )  # fmt: skip
    record(CALLED_UP, by=by, file=session.file, summary=f"{session.title}第 {number} 号：{participant.reason}")
    return participant


def notice_of_draw(draw) -> tuple[str, str] | None:
    """Title and address of the session that a draw is for."""
    session = Session.objects.filter(draw=draw).only("title", "public_id").first()
    if session is None:
        return None
    return session.title, reverse("consultation:public-session", kwargs={"public_id": session.public_id})
