"""What the law and the local rule ask of the announcement of a session.

Law: 重大行政决策程序暂行条例 art. 16 (material seven days before a hearing); for towns by reference. The days of the
public notice are a local rule; whoever shortens them says why in the notice.
"""

from dataclasses import dataclass
from datetime import date, datetime

from portal.consultation.conducting import ConsultationRefused
from portal.consultation.models import MethodKind, SessionKind
from portal.deadlines.forecast import reckon_for
from portal.deadlines.limits import LimitError
from portal.moment import SHANGHAI, now, today

HEARING_NOTICE = "mad_hearing_notice"
HEARING_MATERIAL = "mad_hearing_material"


class SessionRefused(ConsultationRefused):
    """The act on a session can't be done now; the message says why, in Chinese."""


@dataclass(frozen=True)
class NoticeRule:
    """Until when a session has to be announced.

    ``notice_end`` comes from a local rule and may be shortened with a reason, ``last_day`` is what the law leaves
    no room for; both ``None`` where no rule asks for anything.
    """

    notice_end: date | None
    last_day: date | None
    basis: str


def notice_rule(file, kind: str, held_on: date) -> NoticeRule:
    """What the rules ask of the announcement of such a session on that day."""
    if kind != SessionKind.HEARING:
        return NoticeRule(None, None, "")
    material = _reckoned(file, HEARING_MATERIAL, held_on)
    notice = _reckoned(file, HEARING_NOTICE, held_on)
    found = [reckoning for reckoning in (notice, material) if reckoning is not None]
    if not found:
        return NoticeRule(None, None, "")
    return NoticeRule(
        notice_end=min(reckoning.effective_end for reckoning in found),
        last_day=material.effective_end if material else None,
        basis="；".join(reckoning.basis for reckoning in found),
    )


def _reckoned(file, code: str, held_on: date):
    try:
        return reckon_for(file.organisation, code, held_on)
    except LimitError:
        # No number here on that day: a place without a local rule, or a day before the law.
        return None


def require_announceable(
    file, *, kind: str, held_at: datetime, place: str, sign_up_until: date | None, speaker_seats: int,
    observer_seats: int, groups, method_kind: str, method: str, shortened_reason: str,
) -> NoticeRule:  # fmt: skip
    """What the rules ask of this announcement, before anything is written.

    :raises SessionRefused: it can't be announced like this.
    """
    held_on = held_at.astimezone(SHANGHAI).date()
    rule = notice_rule(file, kind, held_on)
    require_notice(rule, held_at, shortened_reason)
    _require_seats(kind, place, held_on, sign_up_until, speaker_seats, observer_seats)
    _require_groups(groups, speaker_seats)
    if method_kind == MethodKind.DRAW:
        _require_draw(held_on, sign_up_until, speaker_seats, groups)
    elif method_kind == MethodKind.INVITED and speaker_seats:
        raise SessionRefused("参加人由邀请产生的，不设公开报名的参加人名额；旁听席位可以另设。", "speaker_seats")
    elif method_kind == MethodKind.CRITERIA and speaker_seats and not method.strip():
        raise SessionRefused("参加人按公布的条件遴选的，请写明条件。", "method")
    return rule


def require_notice(rule: NoticeRule, held_at: datetime, shortened_reason: str) -> None:
    """:raises SessionRefused: too little notice for that time, as the rule asks it of an announcement today."""
    if held_at <= now():
        raise SessionRefused("会议时间应当晚于现在。", "held_at")
    if rule.last_day is not None and today() > rule.last_day:
        raise SessionRefused(
            f"听证材料最迟应当在 {rule.last_day:%Y-%m-%d} 送达（{rule.basis}），这一天开会已来不及，请选择更晚的日期。",
            "held_at",
        )
    if rule.notice_end is not None and today() > rule.notice_end and not shortened_reason.strip():
        raise SessionRefused(
            f"最迟应当在 {rule.notice_end:%Y-%m-%d} 公告，迟于这一天的，须填写缩短公告时间的理由。", "shortened_reason"
        )


def _require_seats(kind, place, held_on, sign_up_until, speaker_seats, observer_seats) -> None:
    seats = speaker_seats or observer_seats
    if kind == SessionKind.WRITTEN:
        if sign_up_until or seats:
            raise SessionRefused("书面征求意见没有报名和席位。", "kind")
        return
    if not place.strip():
        raise SessionRefused("请填写会议地点。", "place")
    if seats and sign_up_until is None:
        raise SessionRefused("设有参加人名额或者旁听席位的，请填写报名截止日期。", "sign_up_until")
    if sign_up_until is not None:
        if not seats:
            raise SessionRefused("填写了报名截止日期的，请填写参加人名额或者旁听席位。", "speaker_seats")
        if not today() <= sign_up_until <= held_on:
            raise SessionRefused("报名截止日期应当在今天和会议当日之间。", "sign_up_until")


def _require_groups(groups, speaker_seats: int) -> None:
    if len({name for name, _ in groups}) < len(groups) or any(not name for name, _ in groups):
        raise SessionRefused("利益方的名称不能空着，也不能重复。", "groups")
    if sum(seats for _, seats in groups) > speaker_seats:
        raise SessionRefused("各利益方的名额加起来超过了参加人名额。", "groups")


def _require_draw(held_on, sign_up_until, speaker_seats: int, groups) -> None:
    """A draw has its time between the end of the sign-up and the session, and fills all the seats."""
    if not speaker_seats or sign_up_until is None:
        raise SessionRefused("参加人由公开抽取产生的，请填写参加人名额和报名截止日期。", "speaker_seats")
    if sign_up_until >= held_on:
        raise SessionRefused(
            "公开抽取在报名截止以后、会议举行以前进行，报名截止日期应当早于会议当日。", "sign_up_until"
        )
    if any(not seats for _, seats in groups):
        raise SessionRefused("公开抽取的，每个利益方的名额至少是 1 人。", "groups")
    if groups and sum(seats for _, seats in groups) != speaker_seats:
        raise SessionRefused("公开抽取的，各利益方的名额加起来应当等于参加人名额。", "groups")
