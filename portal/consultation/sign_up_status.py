"""What the holder of a sign-up's receipt may know."""

from django.urls import reverse

from portal.consultation.models import SignUp
from portal.consultation.taking_part import place_in_waiting
from portal.moment import SHANGHAI
from portal.receipts.registry import StatusView, Step

_STATES_OF_LISTENERS = (SignUp.State.SEATED, SignUp.State.WAITING)


def describe(receipt) -> StatusView:
    """Signed up, list published, held, report published; and where this sign-up stands in it."""
    signed_up = SignUp.objects.select_related("session", "group").get(public_id=receipt.subject_uuid)
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
    if signed_up.state not in _STATES_OF_LISTENERS:
        steps.append(Step("公布参加人名单", "done" if published else "now", _day(published)))
    waiting_for_list = signed_up.state not in _STATES_OF_LISTENERS and not published
    held_state = "done" if session.has_begun else ("todo" if waiting_for_list else "now")
    steps.append(Step("举行会议", held_state, session.held_on))
    steps.append(Step("公布会议报告", "done" if report else ("now" if session.has_begun else "todo"), _day(report)))
    return tuple(steps)


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
    if session.participants_published_at is None:
        return "报名已收到。参加人按公告的方式确定，名单公布后可凭回执查询。"
    if state == SignUp.State.CHOSEN:
        return "您已确定为参加人。会议材料将在会前送达，请按公告的时间到会。"
    return "参加人名单已经公布，您没有入选。对草案的意见仍可在征求意见期间提出。"
