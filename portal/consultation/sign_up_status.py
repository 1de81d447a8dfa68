"""What the holder of a sign-up's receipt may know."""

from django.urls import reverse

from portal.consultation.drawing_participants import FILLED_REASON, WITHOUT_SIDES, place_among_reserves
from portal.consultation.models import SignUp
from portal.consultation.taking_part import place_in_waiting
from portal.moment import SHANGHAI
from portal.receipts.registry import StatusView, Step

_STATES_OF_LISTENERS = (SignUp.State.SEATED, SignUp.State.WAITING)


def describe(receipt) -> StatusView:
    """Signed up, list published, held, report published; and where this sign-up stands in it."""
    signed_up = SignUp.objects.select_related("session__draw__result", "group", "participant").get(
        public_id=receipt.subject_uuid
    )
    session = signed_up.session
    facts = [
        ("报名序号", f"第 {signed_up.number} 号"),
        ("报名事项", signed_up.get_wish_display()),
        ("会议时间", f"{session.held_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"),
        ("会议地点", session.place),
    ]
    if signed_up.group_id:
        facts.append(("利益方", signed_up.group.name))
    links = [(f"查看会议公告：{session.title}", _page("public-session", session))]
    if session.draw_id and signed_up.wish == SignUp.Wish.SPEAK:
        links.append(("查看公开抽取的名册和结果", reverse("draws:draw", kwargs={"public_id": session.draw.public_id})))
    if signed_up.state != SignUp.State.WITHDRAWN and not session.has_begun and not session.is_cancelled:
        links.append(("不能参加的，取消报名", _page("public-sign-up-withdraw", session)))
    return StatusView(
        title=session.title,
        steps=_steps(signed_up, session),
        facts=tuple(facts),
        message=standing_words(signed_up),
        links=tuple(links),
    )


def _page(name: str, session) -> str:
    return reverse(f"consultation:{name}", kwargs={"public_id": session.public_id})


def _day(moment):
    return moment.astimezone(SHANGHAI).date() if moment else None


def _steps(signed_up: SignUp, session) -> tuple[Step, ...]:
    published, report = session.participants_published_at, session.report_published_at
    steps = [Step("收到报名", "done", _day(signed_up.submitted_at))]
    if signed_up.state == SignUp.State.WITHDRAWN:
        return (*steps, Step("取消报名", "done", _day(signed_up.withdrawn_at)))
    if session.is_cancelled:
        return (*steps, Step("会议取消", "done", _day(session.cancelled_at)))
    speaks = signed_up.state not in _STATES_OF_LISTENERS
    undrawn = speaks and session.draws_participants and signed_up.state == SignUp.State.APPLIED
    if speaks and session.draws_participants:
        steps.append(_draw_step(signed_up, session, undrawn))
    if speaks:
        steps.append(Step("公布参加人名单", "done" if published else "todo" if undrawn else "now", _day(published)))
    waiting_for_list = signed_up.state not in _STATES_OF_LISTENERS and not published
    held_state = "done" if session.has_begun else ("todo" if waiting_for_list else "now")
    steps.append(Step("举行会议", held_state, session.held_on))
    steps.append(Step("公布会议报告", "done" if report else ("now" if session.has_begun else "todo"), _day(report)))
    return tuple(steps)


def _draw_step(signed_up: SignUp, session, undrawn: bool) -> Step:
    if not undrawn and signed_up.drawn_rank is None:
        return Step("公开抽取参加人", "skipped", note=FILLED_REASON)
    drawn = session.draw_id and session.draw.is_drawn
    return Step("公开抽取参加人", "now" if undrawn else "done", _day(session.draw.result.drawn_at) if drawn else None)


def standing_words(signed_up: SignUp) -> str:
    """Where this sign-up stands, in one sentence that is true now. Who is chosen is said with the published list."""
    session, state = signed_up.session, signed_up.state
    if state == SignUp.State.WITHDRAWN:
        return "这个报名已经取消。"
    if session.is_cancelled:
        return f"这次会议已经取消：{session.cancelled_reason}"
    if state == SignUp.State.SEATED:
        return f"旁听报名成功，席号 {signed_up.seat}。请按公告的时间到场，凭回执入场。"
    if state == SignUp.State.WAITING:
        return f"旁听席位已满，您在候补第 {place_in_waiting(signed_up)} 位。有人取消时按顺序递补，可随时凭回执查询。"
    if session.draws_participants:
        return _drawn_words(signed_up, session)
    if session.participants_published_at is None:
        return "报名已收到。参加人按公告的方式确定，名单公布后可凭回执查询。"
    if state == SignUp.State.CHOSEN:
        return "您已确定为参加人。会议材料将在会前送达，请按公告的时间到会。"
    return "参加人名单已经公布，您没有入选。对草案的意见仍可在征求意见期间提出。"


def _drawn_words(signed_up: SignUp, session) -> str:
    """The same of a session that draws. A draw is public at once, so its holder need not wait for the list."""
    state, rank = signed_up.state, signed_up.drawn_rank
    if state == SignUp.State.APPLIED:
        if session.draw_id:
            return f"报名已经截止，抽取名册已经固定并公布，您是名册中的“{signed_up}”。抽取结果可凭回执查询。"
        return "报名已收到。参加人在报名截止后公开抽取，结果可凭回执查询。"
    if state == SignUp.State.CHOSEN:
        seats = signed_up.group.seats if signed_up.group_id else session.speaker_seats
        how = (
            f"您在公开抽取中排第 {rank} 位，已由候补递补为参加人。" if rank and rank > seats
            else f"您在公开抽取中排第 {rank} 位，已确定为参加人。" if rank
            else f"{FILLED_REASON}，您已确定为参加人。"
        )  # fmt: skip
        return f"{how}会议材料将在会前送达，请按公告的时间到会。"
    if hasattr(signed_up, "participant"):
        return (
            f"您曾确定为参加人，后来移出了名单。如有疑问，请联系{session.contact_unit}，电话 {session.contact_phone}。"
        )
    if rank is None:
        return "参加人名单已经公布，您没有入选。对草案的意见仍可在征求意见期间提出。"
    words = f"您在公开抽取中排第 {rank} 位，没有入选。"
    if session.has_begun:
        return words
    side = signed_up.group.name if signed_up.group_id else WITHOUT_SIDES
    return (
        f"{words}现在是“{side}”候补第 {place_among_reserves(signed_up)} 位，有参加人退出时依次递补，可随时凭回执查询。"
    )
