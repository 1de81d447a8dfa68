"""听证与座谈 for every reader: what is announced, who takes part, what was said and what became of it."""

from django.db.models import Count, F, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views import View

from portal.consultation.masking import masked_name
from portal.consultation.models import Session, SessionKind, SignUp, VoicedOpinion
from portal.consultation.standing import newest
from portal.consultation.views.session_pages import notice_facts
from portal.consultation.views.tabs import kind_tabs
from portal.moment import SHANGHAI, now
from portal.web.display import public_page
from portal.web.keyset import KeysetPage
from portal.web.templatetags.portal import stamp

TABS = (("coming", "即将举行"), ("held", "已经举行"), ("reported", "已公布报告"))
EMPTY = {
    "coming": "现在没有即将举行的会议。",
    "held": "没有已经举行、等待公布报告的会议。",
    "reported": "还没有公布过会议报告。",
}


def in_state(state: str):
    """Sessions of one tab. A cancelled one stays among those to come until its day, so that nobody travels in vain."""
    sessions = Session.objects.public().select_related("file__organisation")
    if state == "coming":
        return sessions.filter(held_at__gte=now())
    if state == "reported":
        return sessions.filter(report_published_at__isnull=False)
    return sessions.not_cancelled().filter(held_at__lt=now(), report_published_at__isnull=True)


def public_session(public_id) -> Session:
    """:raises Http404: there never was one, or it is not for the public (a written consultation without report)."""
    return get_object_or_404(
        Session.objects.public().select_related("file__organisation", "file__handling_unit", "draw__result"),
        public_id=public_id,
    )


def session_line(session: Session) -> dict:
    """What a list says of a session; needs ``file__organisation``."""
    return {
        "title": session.title,
        "kind": session.get_kind_display(),
        "url": reverse("consultation:public-session", kwargs={"public_id": session.public_id}),
        "body": session.file.organisation.short_name,
        "held_at": session.held_at,
        "place": session.place,
        "state": session.state_label,
        "sign_up_until": session.sign_up_until if session.sign_up_is_open else None,
        "days_left": session.days_left,
        "is_cancelled": session.is_cancelled,
    }


@method_decorator(public_page(60), name="dispatch")
class SessionListView(View):
    """``/consultations/sessions/``"""

    def get(self, request):
        state = request.GET.get("tab", "coming")
        if state not in dict(TABS):
            state = "coming"
        order = [(F("held_at"), state != "coming"), (F("id"), state != "coming")]
        page = KeysetPage(in_state(state), request, order=order, sizes=(20, 50))
        here = reverse("consultation:public-sessions")
        context = {
            "title": "听证与座谈",
            "crumbs": [("首页", "/"), ("意见征集", reverse("consultation:public-list")), ("听证与座谈", "")],
            "column": {
                "name": "听证与座谈",
                "type": "公众参与",
                "description": "本地区乡镇（街道）听证会、论证会、座谈会的公告、报名和报告",
                "keywords": "听证会,论证会,座谈会,报名,旁听",
            },
            "kinds": kind_tabs("public-sessions"),
            "tabs": [
                {"label": label, "url": f"{here}?tab={code}", "current": code == state, "count": None}
                for code, label in TABS
            ],
            "state_label": dict(TABS)[state],
            "sessions": [session_line(session) for session in page.rows],
            "empty": EMPTY[state],
            "pager": page.pager,
            "count_text": page.count_text,
        }
        return render(request, "consultation/public_sessions.html", context)


@method_decorator(public_page(60), name="dispatch")
class SessionDetailView(View):
    """``…/sessions/<uuid>/``: notice, sign-up, participants, and on the same page report and answers."""

    def get(self, request, public_id):
        session = public_session(public_id)
        title = session.title
        seats = _seats(session) if session.takes_sign_ups else None
        context = {
            "title": title,
            "crumbs": [
                ("首页", "/"), ("意见征集", reverse("consultation:public-list")),
                ("听证与座谈", reverse("consultation:public-sessions")), (title, ""),
            ],
            "column": {"name": "听证与座谈", "type": "公众参与"},
            "article": {
                "title": title, "published_at": session.announced_at, "source": session.file.organisation.name,
                "description": session.purpose[:120], "url": request.build_absolute_uri(request.path),
            },
            "session": session,
            "facts": notice_facts(session),
            "sign_up_url": self._address("public-sign-up", session) if session.sign_up_is_open else "",
            "give_up_url": self._address("public-sign-up-withdraw", session)
            if session.takes_sign_ups and not session.has_begun and not session.is_cancelled
            else "",
            "seats": seats,
            "drawing": _drawing(session, seats) if session.draws_participants else None,
            "people": _people(session) if session.participants_published_at else None,
            "results": _results(session) if session.report_published_at else None,
            "draft_url": _draft_url(session),
        }  # fmt: skip
        return render(request, "consultation/public_session.html", context)

    @staticmethod
    def _address(name, session):
        return reverse(f"consultation:{name}", kwargs={"public_id": session.public_id})


def _seats(session) -> dict:
    """How full it is, truthfully: seats taken and how many wait."""
    return session.sign_ups.aggregate(
        applied=Count("pk", filter=Q(wish=SignUp.Wish.SPEAK) & ~Q(state=SignUp.State.WITHDRAWN)),
        seated=Count("pk", filter=Q(state=SignUp.State.SEATED)),
        waiting=Count("pk", filter=Q(state=SignUp.State.WAITING)),
        undecided=Count("pk", filter=Q(state=SignUp.State.APPLIED)),
        chosen=Count("pk", filter=Q(state=SignUp.State.CHOSEN)),
    )


def _drawing(session, seats) -> dict:
    """How far the draw of the participants is, in one sentence, and where it can be read and done again."""
    if session.draw_id:
        draw = session.draw
        words = (
            f"参加人已于 {stamp(draw.result.drawn_at)} 公开抽取，见证人：{draw.result.witness_post}。"
            if draw.is_drawn
            else f"抽取名册已于 {stamp(draw.frozen_at)} 固定并公布，等待抽取。"
        )
        return {"words": words, "url": reverse("draws:draw", kwargs={"public_id": draw.public_id})}
    if session.sign_up_is_open:
        words = "报名截止后公布抽取名册，由见证人在场抽取，名册、种子和结果都在网上公布，任何人可以重做一遍。"
    elif seats["undecided"]:
        words = "报名已经截止，等待公布抽取名册。"
    elif seats["chosen"]:
        words = "各利益方报名都不多于名额，不用抽取，报名的都确定为参加人。"
    else:
        words = "没有人报名作为参加人，不用抽取。"
    return {"words": words, "url": ""}


def _people(session) -> list[dict]:
    """The published list: names masked, sides in full; of a draw with the place drawn, to hold against its result."""
    return [
        {
            "name": masked_name(person.name),
            "capacity": person.capacity,
            "how": (person.reason if person.sign_up_id else "邀请") if session.draws_participants else "",
        }
        for person in session.participants.filter(removed_at__isnull=True)
    ]


def _results(session) -> dict:
    opinions = list(
        session.opinions.select_related("participant").only(
            "session", "number", "public_text", "outcome", "answer", "participant__capacity"
        )
    )
    return {
        "report": session.report.splitlines(),
        "opinions": opinions,
        "totals": [
            (label, sum(opinion.outcome == code for opinion in opinions))
            for code, label in VoicedOpinion.Outcome.choices
        ],
        "published_on": session.report_published_at.astimezone(SHANGHAI).date(),
    }


def _draft_url(session) -> str:
    """The draft that the session is about, where it is before the public."""
    consultation = newest(session.file)
    if consultation is None:
        return ""
    return reverse("consultation:public-detail", kwargs={"public_id": consultation.public_id})


def require_sign_up(session: Session) -> None:
    """:raises Http404: nobody could ever sign up for this session."""
    if not session.takes_sign_ups or session.kind == SessionKind.WRITTEN:
        raise Http404
